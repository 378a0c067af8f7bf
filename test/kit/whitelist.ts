/** Who decided, and when, in most whitelists of the tests. */
export const byAda = { by: 'Ada L <ada@example.org>', date: '2026-01-02' } as const;

/** The lines above the packages of a new whitelist. */
export const whitelistHeader = [
  '# What people decided about packages: one line each, in order, so that branches merge.',
  'covers: [npm, pypi, golang, cargo, commands]',
  '# prettier-ignore',
  'packages:',
  '',
].join('\n');

/** What an entry says by key, in the order in which it is to be written. */
export type WhitelistFields = Readonly<Record<string, string | boolean | readonly string[]>>;

/**
 * Writes a whitelist without the code that is tested.
 *
 * @param entries By key, `npm:lodash`; their lines stand in this order, the first is the fifth of the file.
 */
export function whitelistText(entries: Readonly<Record<string, WhitelistFields>>): string {
  const lines = Object.entries(entries).map(([key, fields]) => `${whitelistLine(key, fields)}\n`);
  return [whitelistHeader, ...lines].join('');
}

/** @returns The line of one entry, without its end. */
export function whitelistLine(key: string, fields: WhitelistFields): string {
  const members = Object.entries(fields).map(([field, value]) => `${field}: ${written(value)}`);
  return `  ${key}: { ${members.join(', ')} }`;
}

function written(value: string | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `[${value.map((item) => written(item)).join(', ')}]`;
  const isNumber = /^[\d.]+$/.test(value);
  return !isNumber && /^\w(?:[\w .@<>+/-]|:(?=[\w/]))*$/.test(value) ? value : quoted(value);
}

/** What nobody sees is only allowed escaped. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
