import type { ParserOptions } from 'oxc-parser';
import type { Binding } from './binding.ts';
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
  for (const reading of readingsOf(dialect)) {
    const result = binding.parseSync(`file.${dialect}`, wellFormed, { ...OPTIONS, ...reading });
    const [error] = result.errors;
    if (error === undefined) return treeOf(result.program, comments ? result.comments : []);
    const offset = error.labels[0]?.start ?? 0;
    rejection ??= { kind: 'rejected', message: error.message, offset };
  }
  return rejection ?? { kind: 'rejected', message: 'no reading fits', offset: 0 };
}

const OPTIONS = { astType: 'ts', range: true, preserveParens: false, showSemanticErrors: false } as const;

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
