import type { Span } from '../../../model/text.ts';
import { constantTruth } from './constant-conditions.ts';

const definition = /^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/;

/** Statements of the top level behind which nothing runs. */
const exit = /^(?:raise\b|(?:sys\.)?exit\(|quit\(|os\._exit\()/;

/** Functions that are called by name from outside: hooks of pytest, Sphinx and unittest, and special methods. */
const hook = /^(?:__\w+__|pytest_\w+|setup\w*|tear_?down\w*)$/i;

/** Statements that go wrong in no program. */
const harmless = /^(?:pass|\.\.\.|[ "']*|\d+|None|True|False)$/;

/** More blocks than Python lets stand within each other (`MAXINDENT` of its tokenizer). */
const MOST_BLOCKS = 100;

/** Longer than the condition of any real block. */
const LONGEST_CONDITION = 500;

/** A line of a program, and where it begins. */
interface Line {
  readonly statement: string;
  readonly indentation: number;
  readonly start: number;
}

/** A program up to an expression in it. */
interface Part {
  readonly code: string;
  readonly lines: readonly Line[];
  /** Where the expression begins. */
  readonly end: number;
}

/**
 * Looks at the blocks around an expression, at what stands before it, and at the operators beside it: a condition that
 * never holds, a function that nothing in the file mentions, the end of the program.
 *
 * @param code The text without what comments and strings hold.
 * @returns Whether an expression of it never runs, as far as this tells.
 */
export function deadCodeIn(code: string): (expression: Span) => boolean {
  const lines = linesOf(code);
  return (expression) => {
    const lastAt = lines.findLastIndex(({ start }) => start <= expression.start);
    const last = lines[lastAt];
    if (last === undefined) return false;
    const program = { code, lines, end: expression.start };
    if (isSkipped(code, expression, last) || neverEnters(program, lastAt)) return true;
    let depth = last.indentation;
    let blocks = 0;
    for (let at = lastAt - 1; at >= 0; at -= 1) {
      const { statement = '', indentation = 0 } = lines[at] ?? {};
      if (statement === '' || /^[)\]}]/.test(statement)) continue;
      if (indentation === 0 && exit.test(statement)) return true;
      if (indentation >= depth) continue;
      depth = indentation;
      blocks += 1;
      if (blocks <= MOST_BLOCKS && neverEnters(program, at)) return true;
    }
    return false;
  };
}

function linesOf(code: string): Line[] {
  let start = 0;
  return code.split('\n').map((line) => {
    const statement = line.trim();
    const at = start;
    start += line.length + 1;
    return { statement, indentation: line.length - line.trimStart().length, start: at };
  });
}

/** @returns Whether nothing gets into the block that a line begins; false where it begins none. */
function neverEnters(program: Part, at: number): boolean {
  const { code, lines } = program;
  const line = lines[at];
  if (line === undefined) return false;
  const { statement } = line;
  const [keyword = ''] = /^\w+/.exec(statement) ?? [];
  switch (keyword) {
    case 'if':
    case 'while':
      return constantTruth(headOf(line, program)) === false;
    case 'elif':
      return constantTruth(headOf(line, program)) === false || followsCertainty(program, at);
    case 'else':
      return followsCertainty(program, at);
    case 'for': {
      const [, items = ''] = /\bin\b([^]*)$/.exec(headOf(line, program)) ?? [];
      return constantTruth(items) === false || /^\s*range\(\s*0\s*\)\s*$/.test(items);
    }
    case 'except':
      return followsHarmlessness(lines, at);
  }
  const [, name] = definition.exec(statement) ?? [];
  const isDecorated = lines[at - 1]?.statement.startsWith('@') === true;
  return name !== undefined && !isDecorated && !isMentioned(name, code);
}

/** @returns What stands between the first word of a block and the colon that begins it; empty where that is not found. */
function headOf({ start, indentation }: Line, { code, end }: Part): string {
  const from = start + indentation;
  const text = code.slice(from, Math.min(end, from + LONGEST_CONDITION));
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    else if (letter === ':' && depth === 0) return text.slice(0, at).replace(/^\w+/, '');
  }
  return '';
}

/** The branches before one, the nearest first, up to the line that begins their statement. */
function* branchesBefore(lines: readonly Line[], at: number): Generator<number, void, undefined> {
  const depth = lines[at]?.indentation ?? 0;
  for (let branch = at - 1; branch >= 0; branch -= 1) {
    const { statement = '', indentation = 0 } = lines[branch] ?? {};
    if (statement === '' || /^[)\]}]/.test(statement) || indentation > depth) continue;
    const isBranch = /^(?:elif|else|except|finally)\b/.test(statement);
    if (indentation < depth || !(isBranch || /^(?:if|for|while|try)\b/.test(statement))) return;
    yield branch;
    if (!isBranch) return;
  }
}

/** `else` behind `if True`. */
function followsCertainty(program: Part, at: number): boolean {
  for (const branch of branchesBefore(program.lines, at)) {
    const line = program.lines[branch];
    if (line === undefined || !/^(?:if|elif)\b/.test(line.statement)) continue;
    if (constantTruth(headOf(line, program)) === true) return true;
  }
  return false;
}

/** `except` behind a `try` in which nothing can go wrong. */
function followsHarmlessness(lines: readonly Line[], at: number): boolean {
  const branches = [at, ...branchesBefore(lines, at)];
  const [first = at, next = at] = branches.toReversed();
  const [, statement] = /^try[ \t]*:(.*)$/.exec(lines[first]?.statement ?? '') ?? [];
  if (statement === undefined) return false;
  const body = lines.slice(first + 1, next).map((line) => line.statement);
  return [statement.trim(), ...body].every((text) => harmless.test(text));
}

/** @returns Whether an operator, a condition or a function without a name keeps an expression from being evaluated. */
function isSkipped(code: string, { start, end: expressionEnd }: Span, { start: lineStart }: Line): boolean {
  const prefix = code.slice(Math.max(lineStart, start - LONGEST_CONDITION), start).replace(/^.*;/, '');
  const [suffix = ''] = code.slice(expressionEnd, expressionEnd + LONGEST_CONDITION).split('\n', 1);
  const [, left = '', operator] = /(?<![^:,(])([^:,(]*)\b(and|or)[ \t]*$/.exec(prefix) ?? [];
  const truth = constantTruth(left.replace(/^[ \t]*[\w.]+[ \t]*=(?!=)/, ''));
  if (operator !== undefined && truth === (operator === 'or')) return true;
  const [, condition] = /^\)?[ \t]*if\b(.*?)\belse\b/.exec(suffix) ?? [];
  if (condition !== undefined && constantTruth(condition) === false) return true;
  const [, certainty] = /\bif\b([^:]*)\belse[ \t(]*$/.exec(prefix) ?? [];
  if (certainty !== undefined && constantTruth(certainty) === true) return true;
  if (/^\)?[ \t]*for[ \t]+\w+[ \t]+in[ \t]*(?:\(\)|\[\]|\{\}|""|'')/.test(suffix)) return true;
  return isUncalled(code, prefix, suffix);
}

/** A function without a name, that stands for itself or has a name that nothing mentions; others are handed on. */
function isUncalled(code: string, prefix: string, suffix: string): boolean {
  const text = prefix.replaceAll(/[ \t]+/g, '');
  const [lambda, name, bracket] = /^(?:(\w+)=)?(\()?lambda[^:]*:$/.exec(text) ?? [];
  if (lambda === undefined) return false;
  if (name !== undefined) return !isMentioned(name, code);
  return bracket === undefined || !/^\)[ \t]*\)[ \t]*\(/.test(suffix);
}

function isMentioned(name: string, code: string): boolean {
  return hook.test(name) || code.split(new RegExp(String.raw`\b${name}\b`), 3).length > 2;
}
