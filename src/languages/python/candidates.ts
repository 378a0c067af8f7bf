import type { Span } from '../../model/text.ts';

/** A place where an import statement may stand: in code, or in a string or comment that looks like code. */
export interface Candidate {
  /** Offset of the keyword `import` or `from`. */
  readonly offset: number;
  readonly keyword: 'import' | 'from';
  readonly modules: readonly CandidateModule[];
  /** The statement goes on in a way that this reader does not follow: a backslash at the line's end. */
  readonly unfinished: boolean;
  /** Offset behind what was read. */
  readonly end: number;
}

/** A module's name in a candidate, as written: it may hold blanks around its dots. */
export interface CandidateModule {
  readonly text: string;
  readonly span: Span;
}

/**
 * A statement can start at the start of a line, after `;` or `:`, and, in templates of Jinja, after a tag;
 * `lazy` may stand before it (PEP 810). Only `\n` and `\r` end a line: `^` would begin one behind U+2028 as well, which
 * to Python is part of the line, so that every such start would read on to the line's end.
 * The keyword comes first, so that the engine can search for it; the look-behind is bounded by the blanks.
 */
const keyword =
  /(?:import|from)(?=[ \t\f\v.\\])(?<=(?:(?<![^\n\r])|[;:]|[%}]\})[ \t\f\v\ufeff]*(?:lazy[ \t\f]+)?(?:import|from))/g;
const name = /[ \t\f\v]*[\w\u0080-\uffff]+/y;
const furtherName = /[ \t\f\v]*\.[ \t\f\v]*[\w\u0080-\uffff]+/y;
const afterModule = /(?:[ \t\f\v]+as[ \t\f\v]+[\w\u0080-\uffff]+)?[ \t\f\v]*(,?)/y;
/** What ends a statement: a line break, `;`, a comment, a tag of a template, the text's end. */
const statementEnd = /[ \t\f\v]*(?:[;#\r\n]|\{[%{#]|$(?![^]))/y;
const beforeModule = /from(?:[ \t\f\v]+|(?=\.))/y;
const dot = /[ \t\f\v]*\./y;
const importKeyword = /[ \t\f\v]*import(?![\w\u0080-\uffff])/y;
const continued = /(?:import|from)[\w\u0080-\uffff \t\f\v.,]*\\(?:[\r\n]|$(?![^]))/y;

/**
 * Finds everything that may be an import statement, in one pass over a text with `\n`, `\r\n` or `\r` line
 * ends: all that Python's grammar takes for one, and lines of strings and comments that look the same.
 * Linear: no match goes beyond the end of its line.
 */
export function* candidatesOf(text: string): Generator<Candidate, void, undefined> {
  for (const match of text.matchAll(keyword)) {
    const candidate =
      match[0] === 'import' ? importStatement(text, match.index) : fromStatement(text, match.index);
    if (candidate !== undefined) yield candidate;
  }
}

/** @returns A module's name without the blanks that Python allows around dots. */
export function withoutBlanks(moduleName: string): string {
  return moduleName.replace(/[ \t\f\v]+/g, '');
}

/** @returns The candidate, or undefined where no statement can go on like this, as in prose. */
function importStatement(text: string, offset: number): Candidate | undefined {
  const modules: CandidateModule[] = [];
  const unfinished = matchAt(continued, text, offset) !== null;
  let at = offset + 'import'.length;
  for (;;) {
    const end = endOfNames(text, at);
    if (end === at) break;
    modules.push(moduleBetween(text, at, end));
    at = end;
    const suffix = matchAt(afterModule, text, at);
    at += suffix?.[0].length ?? 0;
    if (suffix?.[1] !== ',') break;
  }
  const ends = modules.length > 0 && matchAt(statementEnd, text, at) !== null;
  return ends || unfinished ? { offset, keyword: 'import', modules, unfinished, end: at } : undefined;
}

function fromStatement(text: string, offset: number): Candidate | undefined {
  const start = endOf(beforeModule, text, offset);
  const module = start === offset ? undefined : fromModule(text, start);
  if (module === undefined) {
    if (matchAt(continued, text, offset) === null) return undefined;
    return { offset, keyword: 'from', modules: [], unfinished: true, end: offset };
  }
  const end = endOf(importKeyword, text, module.span.end);
  return { offset, keyword: 'from', modules: [module], unfinished: false, end };
}

/** @returns The module whose names a `from` import takes, if `import` stands behind it. */
function fromModule(text: string, start: number): CandidateModule | undefined {
  let end = start;
  for (let next = endOf(dot, text, end); next > end; next = endOf(dot, text, end)) end = next;
  const isRelative = end > start;
  // Behind the dots, the keyword looks like a name.
  if (!isRelative || matchAt(importKeyword, text, end) === null) end = endOfNames(text, end);
  return end > start && matchAt(importKeyword, text, end) !== null
    ? moduleBetween(text, start, end)
    : undefined;
}

/** @returns The offset behind the dotted names that begin at an offset, which is the offset where none do. */
function endOfNames(text: string, start: number): number {
  let end = endOf(name, text, start);
  if (end === start) return start;
  for (let next = endOf(furtherName, text, end); next > end; next = endOf(furtherName, text, end)) end = next;
  return end;
}

function endOf(expression: RegExp, text: string, at: number): number {
  return at + (matchAt(expression, text, at)?.[0].length ?? 0);
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** @returns The module between two offsets, without the blanks before it. */
function moduleBetween(text: string, from: number, end: number): CandidateModule {
  const source = text.slice(from, end);
  const start = from + source.search(/[^ \t\f\v]/);
  return { text: text.slice(start, end), span: { start, end } };
}
