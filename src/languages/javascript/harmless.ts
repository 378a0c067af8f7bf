import type { Reader } from './reader.ts';

/** What a keyword would begin: a declaration, which only stands at a module's top level, or a call. */
export type KeywordForm = 'from' | 'bare' | 'call';

/** Ends of a string, a template, JSX text: beyond them, a line that looks like a comment may not be one. */
const BARRIERS = '\'"`<';

/**
 * Proves from its line alone that the keyword at `offset` is no code, whatever stands on other lines:
 *
 * - On a line that starts with `//`, code begins a comment there; and a string, a template, JSX text or a
 *   block comment, if the line starts within one, goes on, because nothing before the keyword ends it.
 * - A line that starts with `*` continues a block comment, a string, a template or JSX text in the same
 *   way; or it is code that multiplies, where a statement's keyword or two names in a row are errors.
 *
 * A brace may lead into the expression of a template or of JSX; no import declaration stands there, and
 * for calls the braces have to be balanced. `@import` tags of JSDoc are references, so a text with one
 * gets no proof for declarations.
 */
export function isHarmless(reader: Reader, offset: number, form: KeywordForm): boolean {
  const line = reader.lineBefore(offset, BARRIERS);
  const match = line === undefined ? null : /^\s*(\/\/|\*(?!\/))/.exec(line);
  if (line === undefined || match === null) return false;
  const content = line.slice(match[0].length);
  if (content.includes('*/') || (form === 'call' && !closesBraces(content))) return false;
  return match[1] === '//' || isProse(`${content}${reader.wordAt(offset)}`, form);
}

/** Is each brace that opens closed behind it? One that closes what another line opened makes up for none. */
function closesBraces(content: string): boolean {
  if (!content.includes('{')) return true;
  let depth = 0;
  for (const [brace] of content.matchAll(/[{}]/g)) depth = brace === '{' ? depth + 1 : Math.max(0, depth - 1);
  return depth === 0 && !content.includes('/');
}

/** Is a line that starts with `*` no code? `words` are what follows, up to and with the keyword. */
function isProse(words: string, form: KeywordForm): boolean {
  switch (form) {
    case 'from':
      return /^\s*(?:import|export)\b[\w$\s{},*-]*$/.test(words) || isNoClause(words);
    case 'bare':
      return /^[\w$\s-]*$/.test(words);
    case 'call':
      return /^\s*(?:var|let|const)\s+[\w${]/.test(words) || startsWithTwoNames(words);
  }
}

/** In `import * as name from "x"`, nothing but `as name` stands between the asterisk and `from`. */
function isNoClause(words: string): boolean {
  return !/\b(?:import|export)\b/.test(words) && !/^\s*(?:as\s+\S+\s+)?from$/.test(words);
}

const OPERATORS = new Set(
  `await typeof void delete new yield as async function class import keyof readonly unique infer
  in of instanceof satisfies is extends implements`.split(/\s+/),
);

function startsWithTwoNames(words: string): boolean {
  const [, first = '', second = ''] = /^\s*([A-Za-z]\w*)[ \t]+([A-Za-z]\w*)\b/.exec(words) ?? [];
  return first !== '' && !OPERATORS.has(first) && !OPERATORS.has(second);
}
