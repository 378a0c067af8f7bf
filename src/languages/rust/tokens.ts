import { endOfInterpreterLine } from './interpreter-line.ts';

/** Names and signs of a program, without comments and literals (https://doc.rust-lang.org/reference/tokens.html). */
export interface Tokens {
  readonly text: string;
  /** Names without `r#`, `::`, or one sign. */
  readonly words: readonly string[];
  /** The offset of each in the text. */
  readonly starts: readonly number[];
  /** Nothing is left open: no comment, and no string. */
  readonly isComplete: boolean;
}

const token =
  /\/\/|\/\*|[bc]?r#*"|[bc]?"|b?'|(?:r#)?[A-Za-z_\x80-\uffff][\w\x80-\uffff]*|\d[\w\x80-\uffff]*|::|[{}()[\];,*<>!$#=]/g;
const stringTail = /[^"\\]*(?:\\[^][^"\\]*)*"/y;
const escapedCharacter = /\\(?:u\{[^}'\n]*\}|[^][^'\n]{0,2})'/y;
const plainCharacter = /(?:[^\\'\n\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])'/y;
const lifetime = /(?:r#)?[A-Za-z_\x80-\uffff][\w\x80-\uffff]*/y;
const commentSign = /\/\*|\*\//g;

/**
 * Reads the tokens of a part of a program. Linear.
 *
 * @param text UTF-16 offsets count in it.
 */
export function tokensOf(text: string, from = startOfCode(text), to = text.length): Tokens {
  const [words, starts]: [string[], number[]] = [[], []];
  let isComplete = true;
  token.lastIndex = from;
  for (let match = token.exec(text); match !== null && match.index < to; match = token.exec(text)) {
    const [word] = match;
    const end = endOfLiteral(text, match.index, word);
    if (end === undefined) {
      words.push(word.startsWith('r#') ? word.slice(2) : word);
      starts.push(match.index);
      continue;
    }
    isComplete &&= end >= 0;
    if (end < 0) break;
    token.lastIndex = end;
  }
  return { text, words, starts, isComplete };
}

/** @returns Where a literal or comment ends; -1 where nothing ends it, and undefined for what is a token. */
function endOfLiteral(text: string, start: number, word: string): number | undefined {
  const end = start + word.length;
  if (word === '//') return endOfLine(text, end);
  if (word === '/*') return endOfComment(text, end);
  if (word.endsWith("'")) return endOfCharacter(text, end);
  if (!word.endsWith('"')) return /^\d/.test(word) ? end : undefined;
  const hashes = /r(#*)"$/.exec(word)?.[1];
  if (hashes === undefined) return endOf(stringTail, text, end);
  const close = text.indexOf(`"${hashes}`, end);
  return close < 0 ? -1 : close + 1 + hashes.length;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Comments hold others. */
function endOfComment(text: string, from: number): number {
  commentSign.lastIndex = from;
  let depth = 1;
  for (let sign = commentSign.exec(text); sign !== null; sign = commentSign.exec(text)) {
    depth += sign[0] === '/*' ? 1 : -1;
    if (depth === 0) return commentSign.lastIndex;
  }
  return -1;
}

/** A character, or the name of a lifetime or label. */
function endOfCharacter(text: string, from: number): number {
  const expression = text[from] === '\\' ? escapedCharacter : plainCharacter;
  const end = endOf(expression, text, from);
  if (end >= 0) return end;
  const name = endOf(lifetime, text, from);
  return name < 0 ? from : name;
}

function endOf(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from;
  return expression.test(text) ? expression.lastIndex : -1;
}

const frontMatter = /^\s*(-{3,})(?:[^-\n][^\n]*)?\n/;

/** @returns Where a program begins, behind the line of its interpreter and the manifest of a script. */
export function startOfCode(text: string): number {
  const line = endOfInterpreterLine(text);
  const fence = frontMatter.exec(text.slice(line, line + 1000));
  if (fence === null) return line;
  const from = line + fence[0].length;
  const close = text.indexOf(`\n${fence[1] ?? '---'}`, from - 1);
  return close < 0 ? text.length : endOfLine(text, close + 1);
}

/** @returns How long a name is as written: `r#` may stand before it. */
export function writtenLength(text: string, start: number, name: string): number {
  return text.startsWith('r#', start) ? name.length + 2 : name.length;
}

/** @returns Whether a word is a name or keyword, and no sign. */
export function isName(word: string): boolean {
  return /^[\w\x80-\uffff]/.test(word);
}
