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
 * `lazy` may stand before it (PEP 810).
 * The keyword comes first, so that the engine can search for it; the look-behind is bounded by the blanks.
 */
const keyword =
  /(?:import|from)(?=[ \t\f\v.\\])(?<=(?:^|[;:]|[%}]\})[ \t\f\v\ufeff]*(?:lazy[ \t\f]+)?(?:import|from))/gm;
const module = /[ \t\f\v]*([\w\u0080-\uffff]+(?:[ \t\f\v]*\.[ \t\f\v]*[\w\u0080-\uffff]+)*)/y;
const afterModule = /(?:[ \t\f\v]+as[ \t\f\v]+[\w\u0080-\uffff]+)?[ \t\f\v]*(,?)/y;
/** What ends a statement: a line break, `;`, a comment, a tag of a template, the text's end. */
const statementEnd = /[ \t\f\v]*(?:[;#\r\n]|\{[%{#]|$(?![^]))/y;
/** Blanks belong to one part only, so that a long row of them is read once. */
const fromModule =
  /from(?:[ \t\f\v]+|(?=\.))(\.(?:[ \t\f\v]*\.)*(?:[ \t\f\v]*[\w\u0080-\uffff]+(?:[ \t\f\v]*\.[ \t\f\v]*[\w\u0080-\uffff]+)*)?|[\w\u0080-\uffff]+(?:[ \t\f\v]*\.[ \t\f\v]*[\w\u0080-\uffff]+)*)[ \t\f\v]*import(?![\w\u0080-\uffff])/y;
const continued = /(?:import|from)[\w\u0080-\uffff \t\f\v.,]*\\(?:[\r\n]|$(?![^]))/y;

/**
 * Finds everything that may be an import statement, in one pass over a text with `\n`, `\r\n` or `\r` line
 * ends: all that Python's grammar takes for one, and lines of strings and comments that look the same.
 * Linear: no match goes beyond the end of its line.
 */
export function* candidatesOf(text: string): Generator<Candidate, void, undefined> {
  for (const found of text.matchAll(keyword)) {
    const candidate =
      found[0] === 'import' ? importStatement(text, found.index) : fromStatement(text, found.index);
    if (candidate !== undefined) yield candidate;
  }
}

/** @returns A module's name without the blanks that Python allows around dots. */
export function withoutBlanks(written: string): string {
  return written.replace(/[ \t\f\v]+/g, '');
}

/** @returns The candidate, or undefined where no statement can go on like this, as in prose. */
function importStatement(text: string, offset: number): Candidate | undefined {
  const modules: CandidateModule[] = [];
  const unfinished = matchAt(continued, text, offset) !== null;
  let at = offset + 'import'.length;
  for (;;) {
    const name = matchAt(module, text, at);
    if (name === null) break;
    at += name[0].length;
    modules.push(moduleOf(name[1] ?? '', at));
    const after = matchAt(afterModule, text, at);
    at += after?.[0].length ?? 0;
    if (after?.[1] !== ',') break;
  }
  const ends = modules.length > 0 && matchAt(statementEnd, text, at) !== null;
  return ends || unfinished ? { offset, keyword: 'import', modules, unfinished, end: at } : undefined;
}

function fromStatement(text: string, offset: number): Candidate | undefined {
  const found = matchAt(fromModule, text, offset);
  if (found === null) {
    if (matchAt(continued, text, offset) === null) return undefined;
    return { offset, keyword: 'from', modules: [], unfinished: true, end: offset };
  }
  const written = found[1] ?? '';
  const start = text.indexOf(written, offset + 'from'.length);
  const modules = [{ text: written, span: { start, end: start + written.length } }];
  return { offset, keyword: 'from', modules, unfinished: false, end: offset + found[0].length };
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

function moduleOf(text: string, end: number): CandidateModule {
  return { text, span: { start: end - text.length, end } };
}
