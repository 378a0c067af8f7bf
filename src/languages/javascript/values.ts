/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';

/** The parts of expressions that were asked about. */
export type KnownParts = Map<TSESTree.Node, readonly TSESTree.Node[]>;

/**
 * @param cache - Remembers the links of a chain, so that asking about each of them follows it once.
 * @returns What the value of an expression may be: the expression itself, or the operands of those that choose among
 *   them; without casts, and without what `bind` adds to a function.
 */
export function partsOf(node: TSESTree.Node, cache: KnownParts = new Map()): readonly TSESTree.Node[] {
  const parts: TSESTree.Node[] = [];
  const links: TSESTree.Node[] = [];
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const inner = unwrap(next);
    const isLink = parts.length === 0 && pending.length === 0;
    const operands = cache.get(inner) ?? operandsOf(inner);
    if (operands === undefined || operands.includes(inner)) parts.push(inner);
    else for (const operand of operands) pending.push(operand);
    if (isLink && operands?.length === 1) links.push(inner);
  }
  for (const link of links) cache.set(link, parts);
  return parts;
}

/** @returns The expressions of which one is the value of this one; undefined where it is a value of its own. */
function operandsOf(node: TSESTree.Node): readonly TSESTree.Node[] | undefined {
  switch (node.type) {
    case Type.ConditionalExpression:
      return [node.consequent, node.alternate];
    case Type.LogicalExpression:
      return [node.left, node.right];
    case Type.SequenceExpression:
      return node.expressions.slice(-1);
    case Type.AwaitExpression:
      return [node.argument];
    case Type.AssignmentExpression:
      // What is assigned to a name is among that name's values: a chain of assignments is not followed from each link.
      return [node.left.type === Type.Identifier && node.left.name !== 'require' ? node.left : node.right];
    case Type.CallExpression:
      // With a second argument, a bound function takes none of its calls for the name of a module.
      return node.callee.type === Type.MemberExpression &&
        memberName(node.callee) === 'bind' &&
        node.arguments.length < 2
        ? [node.callee.object]
        : undefined;
    default:
      return undefined;
  }
}

/** @returns The expression without casts, assertions and optional chains. */
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

/** @returns The name of a member: `resolve` for `require.resolve`, for `require["resolve"]` and with a template. */
export function memberName(node: TSESTree.Node): string | undefined {
  if (node.type !== Type.MemberExpression) return undefined;
  const { property, computed } = node;
  if (computed) return literalName(property);
  return property.type === Type.Identifier ? property.name : undefined;
}

/** @returns The name of a property that is written as an identifier or as a literal. */
export function propertyName({ key, computed }: Pick<TSESTree.Property, 'key' | 'computed'>) {
  return key.type === Type.Identifier && !computed ? key.name : literalName(key);
}

/** @returns What a literal says: a string, a template without substitution, a number. */
function literalName(node: TSESTree.Node): string | undefined {
  if (node.type === Type.TemplateLiteral)
    return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
  if (node.type !== Type.Literal) return undefined;
  return typeof node.value === 'string' || typeof node.value === 'number' ? String(node.value) : undefined;
}

/** @returns The last name of `a`, `a.b`, `(a as any)`. */
export function ownerName(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  return inner.type === Type.Identifier ? inner.name : memberName(inner);
}
