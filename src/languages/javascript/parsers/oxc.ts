import type { OxcError, ParserOptions } from 'oxc-parser';
import type { Binding } from './binding.ts';
import { isShort, shortPieces } from '../pieces.ts';
import { isProgram, type Rejection, type Request, type Syntax } from './syntax.ts';

/**
 * Parses a text with oxc. Errors of meaning are let pass, as they are no matter of syntax.
 *
 * @param binding Machine code or WebAssembly: both are built from the same source.
 * @returns The tree of the first reading that has no errors; else why the first one was rejected.
 * @see https://github.com/oxc-project/oxc/blob/main/napi/parser/README.md
 */
export function parseWithOxc(binding: Binding, { text, dialect, comments }: Request): Syntax {
  const wellFormed = withoutHalves(text);
  const pieces = isShort(wellFormed) ? [] : shortPieces(wellFormed);
  if (pieces === undefined) return TOO_LONG;
  let rejection: Rejection | undefined;
  for (const reading of readingsOf(dialect)) {
    const parse = (part: string) => binding.parseSync(`file.${dialect}`, part, { ...OPTIONS, ...reading });
    const syntax = rejectionOfPieces(pieces, parse) ?? syntaxOf(parse(wellFormed), comments);
    if (syntax.kind === 'tree' || syntax.cause === 'many errors') return syntax;
    rejection ??= syntax;
  }
  return rejection ?? TOO_LONG;
}

type Result = ReturnType<Binding['parseSync']>;

/** @returns Why the first piece that has errors is rejected. Where it stands in the whole is not known. */
function rejectionOfPieces(
  pieces: readonly string[],
  parse: (piece: string) => Result,
): Rejection | undefined {
  for (const piece of pieces) {
    const [error, ...remainingErrors] = parse(piece).errors;
    if (error !== undefined) return { ...rejectionFor(error, remainingErrors.length), offset: 0 };
  }
  return undefined;
}

/** @param result Hands over its errors once. */
function syntaxOf(result: Result, comments: boolean): Syntax {
  const [error, ...remainingErrors] = result.errors;
  return error === undefined
    ? treeOf(result.program, comments ? result.comments : [])
    : rejectionFor(error, remainingErrors.length);
}

function rejectionFor({ message, labels }: OxcError, remainingCount: number): Rejection {
  const cause = remainingCount < MOST_ERRORS ? 'errors' : 'many errors';
  return { kind: 'rejected', message, offset: labels[0]?.start ?? 0, cause };
}

const OPTIONS = { astType: 'ts', range: true, preserveParens: false, showSemanticErrors: false } as const;

/** Each error takes time, so where there are more, no other reading is tried. */
const MOST_ERRORS = 100;

/** What can't be looked at in pieces first. */
const TOO_LONG: Rejection = {
  kind: 'rejected',
  message: 'too long for one statement',
  offset: 0,
  cause: 'bound',
};

const UNREADABLE: Rejection = {
  kind: 'rejected',
  message: 'a name is written with an escape where none is allowed',
  offset: 0,
  cause: 'errors',
};

type Reading = Pick<ParserOptions, 'lang' | 'sourceType'>;

/**
 * A module allows most. What only the wrapper of CommonJS allows (`return` outside of functions, `with`, octal
 * numbers, HTML-like comments, https://nodejs.org/api/modules.html#the-module-wrapper) comes next, and declarations
 * without values as in a `.d.ts` file. Types in plain JavaScript are those of Flow or of somebody's mistake.
 */
function readingsOf(dialect: string): readonly Reading[] {
  switch (dialect) {
    case 'ts':
    case 'mts':
    case 'cts':
      return [...inBothFormats('ts'), { lang: 'dts', sourceType: 'module' }];
    case 'tsx':
      return inBothFormats('tsx');
    default:
      return [...inBothFormats('jsx'), ...inBothFormats('tsx')];
  }
}

function inBothFormats(lang: 'jsx' | 'ts' | 'tsx'): readonly Reading[] {
  return [
    { lang, sourceType: 'module' },
    { lang, sourceType: 'commonjs' },
  ];
}

/** Half of a surrogate pair has no place in UTF-8, which oxc reads; WebAssembly would take the next character for the other half. */
function withoutHalves(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/**
 * The tree comes as JSON, because that is the fastest way out of machine code. The name of an element with an escape is an
 * error (https://facebook.github.io/jsx/#prod-JSXIdentifier) that oxc 0.156 lets pass; it stands in the JSON as written.
 */
function treeOf(json: string, comments: Result['comments']): Syntax {
  const parsed = valueOf(json);
  if (parsed === undefined) return UNREADABLE;
  const program = typeof parsed === 'object' && parsed !== null && 'node' in parsed ? parsed.node : undefined;
  if (!isProgram(program)) throw new Error('oxc-parser gave no program: its versions do not fit together');
  const blocks = comments.filter(({ type }) => type === 'Block');
  return { kind: 'tree', program, comments: blocks.map(({ start, end }) => ({ start, end })) };
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
