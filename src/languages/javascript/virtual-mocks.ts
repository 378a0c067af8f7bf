import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { textOf } from './literal-parts.ts';
import { memberName, unwrap } from './values.ts';
import type { Bindings } from './scopes.ts';

/**
 * Knows the mocks by which a program tells Jest that it needs no module of that name:
 * https://jestjs.io/docs/jest-object#jestmockmodulename-factory-options
 */
export class VirtualMocks {
  readonly #bindings: Bindings;
  /** What the whole program gets a mock for, since Jest makes those that are statements of it before all imports. */
  readonly #names: ReadonlySet<string>;

  constructor(program: TSESTree.Program, bindings: Bindings) {
    this.#bindings = bindings;
    this.#names = new Set(
      program.body.flatMap((statement) =>
        statement.type === Type.ExpressionStatement ? (this.#nameOf(statement.expression) ?? []) : [],
      ),
    );
  }

  /** @returns Whether every import of a specifier gets a mock. */
  has(specifier: string): boolean {
    return this.#names.has(specifier);
  }

  /** @returns Whether a call makes such a mock, and so loads nothing. */
  isMadeBy(call: TSESTree.Node): boolean {
    return this.#nameOf(call) !== undefined;
  }

  #nameOf(node: TSESTree.Node): string | undefined {
    if (node.type !== Type.CallExpression || !this.#isMock(unwrap(node.callee))) return undefined;
    const [name, factory, options] = node.arguments;
    if (name === undefined || factory === undefined || options?.type !== Type.ObjectExpression)
      return undefined;
    return options.properties.some(isVirtual) ? textOf(name) : undefined;
  }

  /** `jest.mock`, `jest.doMock`, `jest.unstable_mockModule`, where no other thing bears the name `jest`. */
  #isMock(callee: TSESTree.Node): boolean {
    if (
      !['mock', 'doMock', 'unstable_mockModule'].includes(memberName(callee) ?? '') ||
      callee.type !== Type.MemberExpression
    )
      return false;
    const { object } = callee;
    if (object.type !== Type.Identifier || object.name !== 'jest') return false;
    const binding = this.#bindings.of(object);
    if (binding === undefined) return true;
    const declaration = binding.source?.of;
    return declaration?.type === Type.ImportDeclaration && declaration.source.value === '@jest/globals';
  }
}

function isVirtual(property: TSESTree.ObjectLiteralElement): boolean {
  if (property.type !== Type.Property || property.computed || property.value.type !== Type.Literal)
    return false;
  const { key, value } = property;
  const name = key.type === Type.Identifier ? key.name : textOf(key);
  return name === 'virtual' && value.value === true;
}
