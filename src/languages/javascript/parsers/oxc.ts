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
  let rejection: Rejection | undefined;
  const wellFormed = withoutHalves(text);
  const pieces = isShort(wellFormed) ? [] : shortPieces(wellFormed);
  if (pieces === undefined) return UNREAD;
  for (const reading of readingsOf(dialect)) {
    const parse = (part: string) => binding.parseSync(`file.${dialect}`, part, { ...OPTIONS, ...reading });
    const inPiece = firstErrors(pieces, parse);
    const result = inPiece.length === 0 ? parse(wellFormed) : undefined;
    // They are handed over once.
    const errors = result?.errors ?? inPiece;
    const [error] = errors;
    if (result !== undefined && error === undefined)
      return treeOf(result.program, comments ? result.comments : []);
    const offset = result === undefined ? 0 : (error?.labels[0]?.start ?? 0);
    rejection ??= { kind: 'rejected', message: error?.message ?? '', offset };
    if (errors.length > MOST_ERRORS) return { ...rejection, hasManyErrors: true };
  }
  return rejection ?? { kind: 'rejected', message: 'no reading fits', offset: 0 };
}

/** @returns The errors of the first piece that has some. */
function firstErrors(
  pieces: readonly string[],
  parse: (piece: string) => ReturnType<Binding['parseSync']>,
): readonly OxcError[] {
  for (const piece of pieces) {
    const { errors } = parse(piece);
    if (errors.length > 0) return errors;
  }
  return [];
}

const OPTIONS = { astType: 'ts', range: true, preserveParens: false, showSemanticErrors: false } as const;

/** Each error takes time, so where there are more, no other reading is tried. */
const MOST_ERRORS = 100;

/** What can't be looked at in pieces first. */
const UNREAD: Rejection = {
  kind: 'rejected',
  message: 'too long for one statement',
  offset: 0,
  isUnread: true,
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

/** The tree comes as JSON, because that is the fastest way out of machine code. */
function treeOf(json: string, comments: ReturnType<Binding['parseSync']>['comments']): Syntax {
  const parsed: unknown = JSON.parse(json);
  const program = typeof parsed === 'object' && parsed !== null && 'node' in parsed ? parsed.node : undefined;
  if (!isProgram(program)) throw new Error('oxc-parser gave no program: its versions do not fit together');
  const blocks = comments.filter(({ type }) => type === 'Block');
  return { kind: 'tree', program, comments: blocks.map(({ start, end }) => ({ start, end })) };
}
