import { AST_TOKEN_TYPES, parse, TSError } from '@typescript-eslint/typescript-estree';
import type { Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { importsOf } from './imports.ts';

/** A source as the parser is given it: with some text rewritten, or in another dialect. */
export interface Attempt {
  readonly source: Source;
  /** Of the same length as the source's text; the spelling of the specifiers is its own. */
  readonly text: string;
  readonly dialect: string;
}

/** What one attempt at parsing brought. `final` says that no other attempt can do better. */
export type Outcome =
  | {
      readonly kind: 'program';
      readonly imports: readonly ParsedImport[];
      /** Where the first statement starts; directives stand before it. */
      readonly firstStatement: number;
      /** The JSDoc comments, without their delimiters. */
      readonly documentation: readonly Span[];
    }
  | { readonly kind: 'rejected'; readonly message: string; readonly offset: number; readonly final: boolean };

/**
 * Parses a text with TypeScript's parser. Errors of meaning are let pass: a program that another tool
 * runs after a transformation is still a program.
 *
 * @see https://typescript-eslint.io/packages/typescript-estree
 */
export function readProgram(attempt: Attempt): Outcome {
  const { source, text } = attempt;
  const program = programOf(attempt);
  if (program.kind === 'rejected') return program;
  const { ast } = program;
  return {
    kind: 'program',
    imports: importsOf(ast, source.text),
    firstStatement: ast.body[0]?.range[0] ?? text.length,
    documentation: (ast.comments ?? [])
      .filter(({ type, value }) => type === AST_TOKEN_TYPES.Block && value.startsWith('*'))
      .map(({ range: [start, end] }) => ({ start: start + 3, end: end - 2 })),
  };
}

function programOf({ source, text, dialect }: Attempt) {
  try {
    const ast = parse(text, {
      filePath: `file.${dialect}`,
      range: true,
      comment: mayHoldJsDocImports(source),
      allowInvalidAST: true,
      suppressDeprecatedPropertyWarnings: true,
      loggerFn: false,
    });
    return { kind: 'program' as const, ast };
  } catch (error) {
    return rejection(error);
  }
}

/** In TypeScript, types in JSDoc comments mean nothing. */
function mayHoldJsDocImports({ text, dialect }: Source): boolean {
  return /^[mc]?jsx?$/.test(dialect) && text.includes('/**') && /@import\b|\bimport\s*\(/.test(text);
}

/** A parser that runs out of stack or stumbles over its own tree has rejected the text as well. */
function rejection(error: unknown) {
  const outcome = { kind: 'rejected' as const, offset: 0, final: false };
  if (error instanceof RangeError)
    return { ...outcome, message: 'nested too deeply to be parsed', final: true };
  if (error instanceof TSError) return { ...outcome, message: error.message, offset: error.index };
  if (error instanceof Error) return { ...outcome, message: `the parser failed: ${error.message}` };
  throw error;
}
