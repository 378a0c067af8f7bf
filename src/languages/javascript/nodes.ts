/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/typescript-estree';
import { Scope, ScopeTracker } from './scopes.ts';

/** A node with its circumstances. `guarded` says that a `try` of the same function catches its errors. */
export interface Visit {
  readonly node: TSESTree.Node;
  readonly scope: Scope;
  readonly guarded: boolean;
  readonly parent: Visit | null;
}

/**
 * Walks a program without recursion, so that no depth of nesting overflows the stack.
 *
 * @returns Every node for which `wanted` holds, in no particular order. Their scopes are complete.
 */
export function visitsOf(
  program: TSESTree.Program,
  wanted: (node: TSESTree.Node) => boolean,
): readonly Visit[] {
  const tracker = new ScopeTracker();
  const root = new Scope(null, true);
  const visits: Visit[] = [];
  const pending: Visit[] = [{ node: program, scope: root, guarded: false, parent: null }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    if (wanted(visit.node)) visits.push(visit);
    const scope = tracker.enter(visit.node, visit.scope);
    for (const value of Object.values(visit.node)) {
      const children: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const node of children) {
        if (isNode(node)) pending.push({ node, scope, guarded: isGuarded(visit, node), parent: visit });
      }
    }
  }
  tracker.settle(root);
  return visits;
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

/** @returns Whether a value in the parser's tree is a node. */
export function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
