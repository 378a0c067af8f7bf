import { callCandidate, doubt, type Candidate } from './candidate.ts';
import { isHarmless } from './harmless.ts';
import { LOADER_WORDS } from './loaders.ts';
import { mockCandidates } from './mock-candidates.ts';
import { Reader } from './reader.ts';
import { requireCandidate } from './require-candidates.ts';
import { urlCandidates } from './url-candidates.ts';

/** Every keyword of an import; a keyword is never written with an escape (ECMAScript §12.7). */
const KEYWORD =
  /(?:from(?=[\s\u0085\u200b]*["'/])|import(?=[\s\u0085\u200b]*["'(./])|(?:createR|r)equire)(?![\w$])/g;

/**
 * An escape of an ASCII letter or digit, `$` or `_`, and what may follow it in an identifier, as far as it may spell a
 * loader.
 */
const ESCAPED_WORD = /\\u(?:00|\{0*)[2-7][0-9a-f](?:[\w$}]|\\u[0-9a-f{]){0,500}/gi;

const COMMENTS = 'a comment without an end';

/**
 * Everything in a text that looks like an import, whether it is code or not: a superset of what the
 * parser finds, up to doubts. Yields in no particular order. Linear in the text's length.
 */
export function* candidates(text: string): Generator<Candidate> {
  const reader = new Reader(text);
  for (const { 0: keyword, index } of text.matchAll(KEYWORD)) {
    const candidate = candidateAt(reader, keyword, index);
    if (candidate !== undefined) yield candidate;
  }
  yield* mockCandidates(reader);
  yield* urlCandidates(reader);
  // `Module._load` is what Node's own `require` calls.
  for (const { index } of text.matchAll(/\b_load(?![\w$])/g)) yield doubt(index, 'a loader within Node');
  if (text.includes('///')) yield* directives(reader);
  if (text.includes('\\u')) yield* escapedWords(reader);
}

function candidateAt(reader: Reader, keyword: string, at: number): Candidate | undefined {
  if (isWordChar(reader.text[at - 1])) return undefined;
  if (keyword === 'from') return fromCandidate(reader, at);
  if (keyword === 'import') return importCandidate(reader, at);
  return isHarmless(reader, at, 'call') ? undefined : requireCandidate(reader, keyword, at);
}

/** `import … from "x"`, `export … from "x"`. */
function fromCandidate(reader: Reader, at: number): Candidate | undefined {
  const previous = reader.preceding(at);
  if (previous.certain && !/[\w$}*"'\u0080-\uffff]/.test(previous.char)) return undefined;
  if (isString(reader, at)) return undefined;
  return declaration(reader, at, { form: 'from', next: reader.skipTrivia(at + 'from'.length) });
}

/** `'from'`; not the end of `export * as "name"from"x"`. */
function isString(reader: Reader, at: number): boolean {
  const { text } = reader;
  const quote = text[at - 1] ?? '';
  if ((quote !== '"' && quote !== "'") || text[at + 'from'.length] !== quote) return false;
  const opening = text.lastIndexOf(quote, at - 2);
  const previous = opening < 0 ? undefined : reader.preceding(opening);
  return previous === undefined || (previous.certain && previous.char !== 's' && previous.char !== '\\');
}

/** `import "x"`, `import("x")`, `import.meta.resolve("x")`, `import.defer("x")`. */
function importCandidate(reader: Reader, at: number): Candidate | undefined {
  const { text } = reader;
  if (text[at - 1] === '#' || (text[at - 1] === '.' && text[at - 2] !== '.')) return undefined;
  const next = reader.skipTrivia(at + 'import'.length);
  const char = text[next];
  if (char === '"' || char === "'") {
    return text[at - 1] === char ? undefined : declaration(reader, at, { form: 'bare', next });
  }
  if (next >= 0 && char !== '(' && char !== '.') return undefined;
  if (isHarmless(reader, at, 'call')) return undefined;
  if (next < 0) return doubt(at, COMMENTS);
  return char === '('
    ? callCandidate(reader, { at, kind: 'dynamic', opening: next })
    : importProperty(reader, at, next);
}

function importProperty(reader: Reader, at: number, dot: number): Candidate | undefined {
  const property = propertyAt(reader, dot);
  if (property === undefined) return doubt(at, COMMENTS);
  const { path, end } = property;
  const char = reader.text[end] ?? '';
  const isMethod = ['meta.resolve', 'meta.require', 'defer', 'source'].includes(path);
  if (isMethod && char === '(') return callCandidate(reader, { at, kind: 'dynamic', opening: end });
  if (path === 'meta' && char === '[') return doubt(at, 'a computed name');
  const isProse =
    /[\w$]/.test(char) && !reader.hasLineEnd(at, end) && !/^(?:as|satisfies)$/.test(reader.wordAt(end));
  if (isProse || !(path === 'meta' || (isMethod && path !== 'source'))) return undefined;
  return doubt(at, 'another name for `import.meta` or its methods');
}

/** @returns The members that are named behind `import`, up to two, and where the next part starts; undefined in an endless comment. */
function propertyAt(
  reader: Reader,
  dot: number,
): { readonly path: string; readonly end: number } | undefined {
  const path: string[] = [];
  let at = dot;
  while (path.length < 2 && (reader.text[at] === '.' || reader.text.startsWith('?.', at))) {
    at = reader.skipTrivia(at + (reader.text[at] === '.' ? 1 : 2));
    if (at < 0) return undefined;
    if (reader.text[at] === '(' || reader.text[at] === '[') break;
    const word = reader.wordAt(at);
    path.push(word);
    at = reader.skipTrivia(at + word.length);
    if (at < 0) return undefined;
  }
  if (reader.text.startsWith('?.(', at)) at += 2;
  return { path: path.join('.'), end: at };
}

/**
 * `/// <reference types="x" />`, and `path` where it leads to a package; other paths are those of files. Capitals
 * are small letters (https://www.typescriptlang.org/docs/handbook/triple-slash-directives.html). A line is read once.
 */
function* directives({ text }: Reader): Generator<Candidate> {
  const lines = /\/\/\/[^\S\r\n]*(?=<reference\s)[^\r\n]*/gi;
  const parts = /<reference(?=\s)|\s(types|path)\s*=\s*(["'])([^"'\r\n]*)\2/dgi;
  for (const { 0: line, index } of text.matchAll(lines)) {
    let at = index;
    for (const part of line.matchAll(parts)) {
      const { 1: name, 3: specifier = '', indices } = part;
      if (name === undefined) at = index + part.index;
      else if (name.toLowerCase() === 'types' || /(?:^|[\\/])node_modules[\\/]/i.test(specifier)) {
        const [start, end] = indices?.[3] ?? [0, 0];
        const span = { start: index + start, end: index + end };
        yield { found: 'specifier', form: 'bare', kind: 'type', at, specifier, span };
      }
    }
  }
}

interface DeclarationTail {
  readonly form: 'from' | 'bare';
  readonly next: number;
}

function declaration(reader: Reader, at: number, { form, next }: DeclarationTail): Candidate | undefined {
  const literal = reader.literal(next);
  if (next >= 0 && (literal.kind === 'none' || reader.text[next] === '`')) return undefined;
  if (!reader.hasImportTag() && isHarmless(reader, at, form)) return undefined;
  if (literal.kind !== 'plain') return doubt(at, next < 0 ? COMMENTS : 'an escape in a specifier');
  return {
    found: 'specifier',
    form,
    kind: 'static',
    at,
    specifier: literal.specifier,
    span: literal.span,
  };
}

/** Identifiers that spell a loader's name with escapes: `\u0072equire("x")`. */
function* escapedWords(reader: Reader): Generator<Candidate> {
  for (const { 0: suffix, index } of reader.text.matchAll(ESCAPED_WORD)) {
    const word = `${reader.wordEndingAt(index - 1)}${suffix}`;
    if (word.length <= LONGEST_ESCAPED_WORD && LOADER_WORDS.has(unescape(word))) {
      yield doubt(index, 'an escape in an identifier');
    }
  }
}

/** Every character of the longest loader's name as an escape with some leading zeros. */
const LONGEST_ESCAPED_WORD = 500;

function unescape(word: string): string {
  return word.replace(/\\u(?:\{([0-9a-f]+)\}|([0-9a-f]{4}))/gi, (_, braced?: string, plain?: string) =>
    String.fromCodePoint(Math.min(Number.parseInt(braced ?? plain ?? '', 16), 0x10ffff)),
  );
}

function isWordChar(char: string | undefined): boolean {
  return char !== undefined && /[\w$]/.test(char);
}
