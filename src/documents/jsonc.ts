import { LONGEST_DATA } from '../text/longest.ts';

/**
 * Reads JSON, and where it is not JSON, JSON with comments and trailing commas as TypeScript and Deno
 * read their configuration (https://jsonc.org).
 *
 * @returns The value, or undefined where the text is neither.
 */
export function readJson(source: string): unknown {
  if (source.length > LONGEST_DATA) return undefined;
  const strict = readStrictJson(source);
  if (strict.kind === 'value') return strict.value;
  const plain = readStrictJson(withoutExtras(source));
  return plain.kind === 'value' ? plain.value : undefined;
}

/** @returns The text with a space for each character of a comment and each trailing comma: offsets stay. */
export function withoutExtras(source: string): string {
  return withoutTrailingCommas(withoutComments(source));
}

/** Reads JSON as `package.json` is written: no comments. `message` is the parser's. */
export function readStrictJson(
  source: string,
):
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly message: string } {
  try {
    const value: unknown = JSON.parse(withoutMark(source));
    return { kind: 'value', value };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @returns The 1-based line on which a key first stands in quotes; null where it stands nowhere. Good
 *   enough to show a person where to look.
 */
export function lineOfKey(source: string, key: string): number | null {
  const at = source.indexOf(JSON.stringify(key));
  return at === -1 ? null : source.slice(0, at).split('\n').length;
}

function withoutMark(source: string): string {
  return source.startsWith('\uFEFF') ? source.slice(1) : source;
}

/** Strings are matched so that what they hold is left alone; what is not closed runs to the end. */
function withoutComments(source: string): string {
  return source.replace(/"(?:[^"\\]|\\[^])*"?|\/\/[^\n\r]*|\/\*[^]*?(?:\*\/|$)/g, (match) =>
    match.startsWith('/') ? match.replace(/[^\n\r]/g, ' ') : match,
  );
}

function withoutTrailingCommas(source: string): string {
  return source.replace(/"(?:[^"\\]|\\[^])*"?|,(?=\s*[}\]])/g, (match) => (match === ',' ? ' ' : match));
}
