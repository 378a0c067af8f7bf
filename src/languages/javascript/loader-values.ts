/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/typescript-estree';
import { REQUIRE_OWNERS } from './loaders.ts';
import type { Binding, Scope } from './scopes.ts';

/**
 * Is the value of an expression Node's `require`, or a function that `createRequire` made, as far as the
 * file itself tells? A name that the file does not declare is the global one.
 */
export function isLoader(node: TSESTree.Node, scope: Scope): boolean {
  return hasValue({ node, scope }, isOwnLoader, new Set());
}

/** @returns The expression without casts, assertions, optional chains and `(0, …)`. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case Type.TSAsExpression:
      case Type.TSSatisfiesExpression:
      case Type.TSTypeAssertion:
      case Type.TSNonNullExpression:
      case Type.TSInstantiationExpression:
      case Type.ChainExpression:
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

/** @returns The name of a member: `resolve` for `require.resolve` and for `require["resolve"]`. */
export function memberName(node: TSESTree.Node): string | undefined {
  if (node.type !== Type.MemberExpression) return undefined;
  const { property, computed } = node;
  if (!computed) return property.type === Type.Identifier ? property.name : undefined;
  return property.type === Type.Literal && typeof property.value === 'string' ? property.value : undefined;
}

interface Located {
  readonly node: TSESTree.Node;
  readonly scope: Scope;
}

/** Decides a single node; undefined leaves the decision to what the node is made of. */
type Test = (located: Located, binding: Binding | undefined, seen: Set<Binding>) => boolean | undefined;

function hasValue({ node: wrapped, scope }: Located, test: Test, seen: Set<Binding>): boolean {
  const node = unwrap(wrapped);
  const either = (...parts: TSESTree.Node[]) =>
    parts.some((part) => hasValue({ node: part, scope }, test, seen));
  const binding = node.type === Type.Identifier ? scope.lookup(node.name) : undefined;
  const decided = test({ node, scope }, binding, seen);
  if (decided !== undefined) return decided;
  switch (node.type) {
    case Type.Identifier:
      if (binding === undefined || seen.has(binding)) return false;
      seen.add(binding);
      return binding.values.some((value) => hasValue(value, test, seen));
    case Type.ConditionalExpression:
      return either(node.consequent, node.alternate);
    case Type.LogicalExpression:
      return either(node.left, node.right);
    case Type.AssignmentExpression:
      return either(node.right);
    default:
      return false;
  }
}

function isOwnLoader({ node, scope }: Located, binding: Binding | undefined, seen: Set<Binding>) {
  switch (node.type) {
    case Type.Identifier:
      // `var require = require || …` reads the module's own `require`, whatever else it may be.
      if (node.name === 'require' && (binding === undefined || seen.has(binding))) return true;
      return undefined;
    case Type.MemberExpression:
      return memberName(node) === 'require' && REQUIRE_OWNERS.has(ownerName(node.object) ?? '');
    case Type.CallExpression:
      return memberName(node.callee) === 'bind' && node.callee.type === Type.MemberExpression
        ? hasValue({ node: node.callee.object, scope }, isOwnLoader, seen)
        : hasValue({ node: node.callee, scope }, isMakerOfLoaders, new Set());
    default:
      return undefined;
  }
}

function isMakerOfLoaders({ node }: Located, binding: Binding | undefined): boolean | undefined {
  switch (node.type) {
    case Type.Identifier:
      if (binding === undefined) return node.name === 'createRequire';
      return binding.makesLoaders ? true : undefined;
    case Type.MemberExpression:
      return memberName(node) === 'createRequire';
    default:
      return undefined;
  }
}

/** @returns The last name of `a`, `a.b`, `(a as any)`. */
export function ownerName(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  return inner.type === Type.Identifier ? inner.name : memberName(inner);
}
