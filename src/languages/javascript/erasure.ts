/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import type { Source } from '../../model/language.ts';
import { isList } from './nodes.ts';
import { isNode } from './parsers/syntax.ts';

/** Tells of which imports of a TypeScript program nothing but types is used, so that the compiler drops them. */
export interface Erasure {
  /** @returns Whether no value is used of an import; an import that takes no name is for its effects. */
  readonly erases: (declaration: Erasable) => boolean;
}

/** A declaration that names a module, and may take nothing but types out of it. */
export type Erasable =
  TSESTree.ImportDeclaration | TSESTree.ExportNamedDeclaration | TSESTree.TSImportEqualsDeclaration;

/** Every import may be used. */
const nothingErased: Erasure = { erases: () => false };

/**
 * Looks for the names that a program uses as values; only TypeScript drops what has none. It knows no scopes: a name that stands for a value anywhere in the
 * program counts as used. Where names may be used that are not written (`eval`, `with`, the factory that a comment
 * `@jsx` names), nothing is erased.
 *
 * @see https://www.typescriptlang.org/docs/handbook/modules/reference.html#import-elision
 */
export function erasureOf(program: TSESTree.Program, { text, dialect }: Source): Erasure {
  if (!/^[cm]?tsx?$/.test(dialect) || text.includes('@jsx')) return nothingErased;
  const names = new ValueNames(program);
  const isUsed = ({ name }: TSESTree.Identifier) => names.has(name);
  return { erases: (declaration) => erases(declaration, isUsed) };
}

function erases(declaration: Erasable, isUsed: (local: TSESTree.Identifier) => boolean): boolean {
  switch (declaration.type) {
    case Type.ImportDeclaration:
      return (
        declaration.specifiers.length > 0 &&
        declaration.specifiers.every((specifier) => isOfType(specifier) || !isUsed(specifier.local))
      );
    case Type.ExportNamedDeclaration:
      return (
        declaration.specifiers.length > 0 &&
        declaration.specifiers.every(({ exportKind }) => exportKind === 'type')
      );
    case Type.TSImportEqualsDeclaration:
      return !isUsed(declaration.id);
  }
}

function isOfType(specifier: TSESTree.ImportClause): boolean {
  return specifier.type === Type.ImportSpecifier && specifier.importKind === 'type';
}

/** Members of nodes that hold types (https://typescript-eslint.io/packages/typescript-estree/ast-spec). */
const TYPES: ReadonlySet<string> = new Set([
  ...['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments'],
  ...['superTypeParameters', 'superTypeArguments', 'implements'],
]);

/** Statements of which nothing is left in JavaScript, and what names the imports themselves. */
const ERASED: ReadonlySet<string> = new Set([
  ...[
    Type.TSInterfaceDeclaration,
    Type.TSTypeAliasDeclaration,
    Type.TSDeclareFunction,
    Type.TSIndexSignature,
  ],
  Type.ImportDeclaration,
]);

/** What JSX becomes calls of, by default and where a setting says so: https://www.typescriptlang.org/tsconfig/#jsxFactory */
const JSX_NAMES = ['React', 'h', 'Fragment'];

/**
 * The names that a program may use as values. It is read up to the place that tells of the name that is asked for: most
 * imports are used, and used soon.
 */
class ValueNames {
  readonly #names = new Set<string>();
  /** Nodes that are still to be read: those in which types leave no trace, and those in which they do. */
  readonly #pending: TSESTree.Node[];
  readonly #pendingWithTypes: TSESTree.Node[] = [];
  /** May any name be used, because some are not written? */
  #hasUnwritten = false;

  constructor(program: TSESTree.Program) {
    this.#pending = [program];
  }

  has(name: string): boolean {
    while (!this.#names.has(name) && !this.#hasUnwritten) {
      const node = this.#pending.pop();
      const nodeWithTypes = node === undefined ? this.#pendingWithTypes.pop() : undefined;
      if (node !== undefined) this.#read(node, false);
      else if (nodeWithTypes !== undefined) this.#read(nodeWithTypes, true);
      else return false;
    }
    return true;
  }

  #read(node: TSESTree.Node, isOfDecorated: boolean): void {
    switch (node.type) {
      case Type.WithStatement:
        this.#hasUnwritten = true;
        break;
      case Type.Identifier:
      case Type.JSXIdentifier:
        this.#names.add(node.name);
        if (node.name === 'eval') this.#hasUnwritten = true;
        break;
      case Type.JSXOpeningElement:
      case Type.JSXOpeningFragment:
        for (const name of JSX_NAMES) this.#names.add(name);
        break;
      default:
        break;
    }
    // Types that stand in a class with decorators may become values: https://www.typescriptlang.org/tsconfig/#emitDecoratorMetadata
    const keepsTypes = isOfDecorated || (isClass(node) && isDecorated(node));
    const pending = keepsTypes ? this.#pendingWithTypes : this.#pending;
    for (const [key, member] of membersOf(node)) {
      if (typeof member !== 'object' || member === null) continue;
      if (isLabel(node, key) || (TYPES.has(key) && !keepsTypes)) continue;
      if (isNode(member) && !isErased(member)) pending.push(member);
      else if (isList(member))
        for (const element of member) if (isNode(element) && !isErased(element)) pending.push(element);
    }
  }
}

function membersOf(node: TSESTree.Node): readonly (readonly [string, unknown])[] {
  return Object.entries(node);
}

/** Is a member of a node a mere name, which stands for no value? */
function isLabel(node: TSESTree.Node, key: string): boolean {
  switch (key) {
    case 'key':
    case 'property':
      return !isComputed(node);
    case 'id':
      return node.type === Type.TSImportEqualsDeclaration;
    case 'exported':
      return node.type === Type.ExportSpecifier;
    case 'name':
      return node.type === Type.JSXAttribute;
    default:
      return false;
  }
}

/** `a[b]`, `{ [b]: c }`, and members of classes that are named so. */
function isComputed(node: TSESTree.Node): boolean {
  switch (node.type) {
    case Type.MemberExpression:
    case Type.Property:
    case Type.PropertyDefinition:
    case Type.MethodDefinition:
    case Type.AccessorProperty:
    case Type.TSAbstractPropertyDefinition:
    case Type.TSAbstractMethodDefinition:
    case Type.TSAbstractAccessorProperty:
      return node.computed;
    default:
      return false;
  }
}

function isErased(node: TSESTree.Node): boolean {
  if (ERASED.has(node.type) || ('declare' in node && node.declare)) return true;
  if (node.type === Type.ExportNamedDeclaration) return node.exportKind === 'type' || node.source !== null;
  if (node.type === Type.TSImportEqualsDeclaration) return node.importKind === 'type';
  return node.type === Type.ExportSpecifier && node.exportKind === 'type';
}

function isClass(node: TSESTree.Node): node is TSESTree.ClassDeclaration | TSESTree.ClassExpression {
  return node.type === Type.ClassDeclaration || node.type === Type.ClassExpression;
}

function isDecorated({ decorators, body }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): boolean {
  return [...decorators, ...body.body.flatMap(decoratorsOf)].length > 0;
}

/** @returns The decorators of a member of a class and of its parameters. */
function decoratorsOf(member: TSESTree.ClassElement): readonly unknown[] {
  const memberDecorators = 'decorators' in member ? member.decorators : [];
  if (!('value' in member) || member.value === null || !('params' in member.value)) return memberDecorators;
  return [...memberDecorators, ...member.value.params.flatMap((parameter) => parameter.decorators)];
}
