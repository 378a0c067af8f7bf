import { AST_TOKEN_TYPES, parse, TSError } from '@typescript-eslint/typescript-estree';
import type { Request, Syntax } from './syntax.ts';

/**
 * Parses a text with TypeScript's parser. Errors of meaning are let pass: a program that another tool
 * runs after a transformation is still a program.
 *
 * @see https://typescript-eslint.io/packages/typescript-estree
 */
export function parseWithTypeScript({ text, dialect, comments }: Request): Syntax {
  try {
    const program = parse(text, {
      filePath: `file.${dialect}`,
      range: true,
      comment: comments,
      allowInvalidAST: true,
      suppressDeprecatedPropertyWarnings: true,
      loggerFn: false,
    });
    const blocks = (program.comments ?? []).filter(({ type }) => type === AST_TOKEN_TYPES.Block);
    return {
      kind: 'tree',
      program,
      comments: blocks.map(({ range: [start, end] }) => ({ start, end })),
    };
  } catch (error) {
    if (error instanceof TSError)
      return { kind: 'rejected', message: error.message, offset: error.index, cause: 'errors' };
    // A parser that stumbles over its own tree, or runs out of stack, has rejected the text as well.
    if (error instanceof Error)
      return { kind: 'rejected', message: `the parser failed: ${error.message}`, offset: 0, cause: 'errors' };
    throw error;
  }
}
