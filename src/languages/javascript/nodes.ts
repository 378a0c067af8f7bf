/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { isNode } from './parsers/syntax.ts';
import { ScopeTracker, type Bindings, type Scope } from './scopes.ts';

/** A node with its circumstances. `guarded` says that a `try` of the same function catches its errors. */
export interface Visit {
  readonly node: TSESTree.Node;
  readonly guarded: boolean;
  readonly parent: Visit | null;
}

/**
 * Walks a program without recursion, so that no depth of nesting overflows the stack.
 *
 * @returns Every node for which `predicate` holds, in no particular order, and what the names of the program stand for.
 */
export function walk(
  program: TSESTree.Program,
  predicate: (node: TSESTree.Node) => boolean,
): { readonly visits: readonly Visit[]; readonly bindings: Bindings } {
  const tracker = new ScopeTracker();
  const visits: Visit[] = [];
  const pending: { readonly visit: Visit; readonly scope: Scope }[] = [
    { visit: { node: program, guarded: false, parent: null }, scope: tracker.root },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { visit } = next;
    if (predicate(visit.node)) visits.push(visit);
    const scope = tracker.enter(visit.node, next.scope);
    for (const node of childrenOf(visit.node))
      pending.push({ visit: { node, guarded: isGuarded(visit, node), parent: visit }, scope });
  }
  return { visits, bindings: tracker.bindings() };
}

/** @returns The nodes directly below a node, in the order of its members. */
export function childrenOf(node: TSESTree.Node): readonly TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  for (const value of Object.values(node)) {
    const member: unknown = value;
    if (isNode(member)) children.push(member);
    else if (isList(member)) for (const element of member) if (isNode(element)) children.push(element);
  }
  return children;
}

/** @returns Whether a member of a node is a list, of nodes or of whatever else. */
export function isList(member: unknown): member is readonly unknown[] {
  return Array.isArray(member);
}

function isGuarded({ node: parent, guarded }: Visit, child: TSESTree.Node): boolean {
  switch (parent.type) {
    case Type.TryStatement:
      return guarded || (child === parent.block && parent.handler !== null);
    case Type.FunctionDeclaration:
    case Type.FunctionExpression:
    case Type.ArrowFunctionExpression:
    case Type.PropertyDefinition:
      return false;
    default:
      return guarded;
  }
}
