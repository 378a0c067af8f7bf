import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { candidates } from './candidates.ts';
import type { Visit } from './nodes.ts';

/** A statement that names a module. */
type Declaration =
  TSESTree.ImportDeclaration | TSESTree.ExportNamedDeclarationWithSource | TSESTree.ExportAllDeclaration;

/**
 * Most programs import by declarations alone, and these stand at the top: no expression has to be looked at. The quick look
 * finds every import that there can be, so where each thing that it finds is one of these declarations, there is no other.
 *
 * @param text What was parsed, or a text of the same length that it was rewritten from.
 * @returns The declarations of a program that name a module; undefined where it may import anything by other means, or
 *   elsewhere.
 */
export function soleDeclarations(program: TSESTree.Program, text: string): readonly Visit[] | undefined {
  const declarations = program.body.filter(namesModule);
  const starts = new Set(declarations.map(({ source }) => source.range[0]));
  for (const candidate of candidates(text)) {
    const isDeclared = candidate.found === 'specifier' && starts.has(candidate.span.start - 1);
    if (!isDeclared) return undefined;
  }
  const root: Visit = { node: program, guarded: false, parent: null };
  return declarations.map((node) => ({ node, guarded: false, parent: root }));
}

function namesModule(statement: TSESTree.ProgramStatement): statement is Declaration {
  return (
    statement.type === Type.ImportDeclaration ||
    statement.type === Type.ExportAllDeclaration ||
    (statement.type === Type.ExportNamedDeclaration && statement.source !== null)
  );
}
