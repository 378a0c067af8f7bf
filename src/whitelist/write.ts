import type { Entry } from '../model/status.ts';
import { isDate } from './date.ts';
import { isPlain } from './line.ts';

/** What an entry says besides its section and name. What is left out is not written. */
export type EntryContent = Partial<Omit<Entry, 'section' | 'ecosystem' | 'name' | 'file' | 'line'>>;

/** Words that YAML 1.1 or 1.2 (section 10.3.2) reads as something else than text. */
const typed = /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?\.(?:inf|nan)|[-+.]?\d[\d_.:a-fox+-]*)$/i;

/** Control, format and bidirectional characters: nobody sees them, so the file shows them escaped. */
const invisible =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\0-\x1f\x7f-\xa0\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/u;

/** @returns An entry's value on one line: `{ reason: arrays, by: Ada L <ada@example.org> }`. */
export function writeContent(content: EntryContent): string {
  const imports = content.imports ?? [];
  const fields = [
    ...(imports.length > 0 ? [`imports: [${imports.map(writeScalar).join(', ')}]`] : []),
    ...text('source', content.source),
    ...text('reason', content.reason),
    ...text('use', content.use),
    ...text('by', content.by),
    ...text('date', content.date),
    ...text('expires', content.expires),
    ...text('created', content.created),
    ...text('repository', content.repository),
    ...text('despite', content.despite),
    ...(content.unverified === true ? ['unverified: true'] : []),
  ];
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** @returns A package's name as a key, in quotation marks where YAML, or a reader of YAML, needs them. */
export function writeKey(name: string): string {
  return /^[a-z0-9_][a-z0-9._~-]*$/i.test(name) && !typed.test(name) ? name : escape(name);
}

function text(key: string, value: string | null | undefined): string[] {
  if (value === undefined || value === null) return [];
  return [`${key}: ${isDate(value) ? value : writeScalar(value)}`];
}

function writeScalar(value: string): string {
  return isPlain(value) && !typed.test(value) && !invisible.test(value) ? value : escape(value);
}

/** YAML's double-quoted style, with JSON's escapes. */
function escape(value: string): string {
  const everywhere = new RegExp(invisible.source, 'gu');
  return JSON.stringify(value).replace(
    everywhere,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
