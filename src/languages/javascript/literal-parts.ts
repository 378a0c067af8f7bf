import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { childrenOf } from './nodes.ts';
import type { Bindings } from './scopes.ts';

/** @returns The value of a string or of a template literal without substitution; undefined for all else. */
export function textOf(node: TSESTree.Node): string | undefined {
  if (node.type === Type.Literal) return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== Type.TemplateLiteral || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** @returns What a string, a template literal or a sum begins with; undefined where that is no text. */
export function literalText(node: TSESTree.Node): string | undefined {
  const first = firstOperand(node);
  return first.type === Type.TemplateLiteral ? (first.quasis[0]?.value.cooked ?? undefined) : textOf(first);
}

/**
 * @returns The expression that a template literal or a sum begins with, and the text that follows it; without an
 *   expression where it begins with text.
 */
export function leadingPart(node: TSESTree.Node): {
  readonly first: TSESTree.Node | undefined;
  readonly suffix: string;
} {
  let first = node;
  let operand: TSESTree.Node | undefined;
  while (first.type === Type.BinaryExpression && first.operator === '+') {
    operand = first.right;
    first = first.left;
  }
  if (first.type !== Type.TemplateLiteral) return { first, suffix: (operand && literalText(operand)) ?? '' };
  if (first.quasis[0]?.value.cooked !== '') return { first: undefined, suffix: '' };
  return { first: first.expressions[0], suffix: first.quasis[1]?.value.cooked ?? '' };
}

/** More of an expression and of what its names stand for is not looked at: then anything may be in it. */
const MOST_NODES = 500;

/**
 * @returns All literal text in an expression, and in the values of the names in it, in the order of the text;
 *   undefined where there is too much of it.
 */
export function textWithin(node: TSESTree.Node, bindings: Bindings): readonly string[] | undefined {
  const texts: string[] = [];
  const visited = new Set<TSESTree.Node>();
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visited.has(next)) continue;
    visited.add(next);
    if (next.type === Type.Literal && typeof next.value === 'string') texts.push(next.value);
    if (next.type === Type.TemplateElement) texts.push(next.value.cooked ?? next.value.raw);
    const values = next.type === Type.Identifier ? (bindings.of(next)?.values ?? []) : [];
    const parts = [...inTextOrder(next), ...values.flatMap(({ node: valueNode }) => valueNode ?? [])];
    if (visited.size + pending.length + parts.length > MOST_NODES) return undefined;
    for (const part of parts.reverse()) pending.push(part);
  }
  return texts;
}

function inTextOrder(node: TSESTree.Node): TSESTree.Node[] {
  return [...childrenOf(node)].sort((left, right) => left.range[0] - right.range[0]);
}

function firstOperand(node: TSESTree.Node): TSESTree.Node {
  let first = node;
  while (first.type === Type.BinaryExpression && first.operator === '+') first = first.left;
  return first;
}
