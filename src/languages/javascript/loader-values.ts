/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { REQUIRE_OWNERS } from './loaders.ts';
import type { Binding, Bindings } from './scopes.ts';

/** A declared name, with everything that its value may be. */
interface Named {
  readonly binding: Binding;
  readonly parts: readonly TSESTree.Node[];
  /** The names among these parts. */
  readonly sources: readonly Binding[];
}

/**
 * Tells which expressions are Node's `require`, or a function that `createRequire` made, as far as the program itself
 * tells. A name that it does not declare is the global one.
 *
 * What each name may stand for is worked out once, from what is certain to the names that take their value from it: so
 * no chain of names is followed twice, and none by recursion.
 */
export class Loaders {
  readonly #bindings: Bindings;
  readonly #makers: ReadonlySet<Binding>;
  readonly #loaders: ReadonlySet<Binding>;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
    const named = [...bindings.all].map((binding) => {
      const parts = binding.values.flatMap(partsOf);
      return { binding, parts, sources: parts.flatMap((part) => this.#bindingOf(part) ?? []) };
    });
    this.#makers = spread(
      named,
      ({ binding, parts }) => binding.makesLoaders || parts.some((part) => this.#isMaker(part)),
    );
    const cyclic = cyclicIn(named);
    this.#loaders = spread(named, ({ binding, parts }) =>
      parts.some(
        (part) => this.#isRequire(part) || (cyclic.has(binding) && this.#isOwnRequire(part, cyclic)),
      ),
    );
  }

  /** @returns Whether the value of an expression is a loader, or may be one. */
  isLoader(node: TSESTree.Node): boolean {
    return partsOf(node).some((part) => this.#isRequire(part) || this.#isIn(this.#loaders, part));
  }

  /** `require`, `module.require`, `createRequire(…)`. */
  #isRequire(node: TSESTree.Node): boolean {
    switch (node.type) {
      case Type.Identifier:
        return node.name === 'require' && this.#bindingOf(node) === undefined;
      case Type.MemberExpression:
        return memberName(node) === 'require' && REQUIRE_OWNERS.has(ownerName(node.object) ?? '');
      case Type.CallExpression:
        return partsOf(node.callee).some((part) => this.#isMaker(part) || this.#isIn(this.#makers, part));
      default:
        return false;
    }
  }

  /** `var require = require || …` reads the module's own `require`, whatever else it may be. */
  #isOwnRequire(node: TSESTree.Node, cyclic: ReadonlySet<Binding>): boolean {
    return node.type === Type.Identifier && node.name === 'require' && this.#isIn(cyclic, node);
  }

  #isMaker(node: TSESTree.Node): boolean {
    if (node.type === Type.Identifier)
      return node.name === 'createRequire' && this.#bindingOf(node) === undefined;
    return memberName(node) === 'createRequire';
  }

  #isIn(bindings: ReadonlySet<Binding>, node: TSESTree.Node): boolean {
    const binding = this.#bindingOf(node);
    return binding !== undefined && bindings.has(binding);
  }

  #bindingOf(node: TSESTree.Node): Binding | undefined {
    return node.type === Type.Identifier ? this.#bindings.of(node) : undefined;
  }
}

/** @returns The names for which something is certain, and those that take a value from them, directly or not. */
function spread(named: readonly Named[], isCertain: (each: Named) => boolean): ReadonlySet<Binding> {
  const takers = takersOf(named);
  const reached = new Set<Binding>();
  const pending = named.filter(isCertain).map(({ binding }) => binding);
  for (let binding = pending.pop(); binding !== undefined; binding = pending.pop()) {
    if (reached.has(binding)) continue;
    reached.add(binding);
    for (const taker of takers.get(binding) ?? []) pending.push(taker);
  }
  return reached;
}

/** @returns The names that take a value from themselves, over others or not, and those that take one from such. */
function cyclicIn(named: readonly Named[]): ReadonlySet<Binding> {
  const takers = takersOf(named);
  const left = new Map(named.map(({ binding, sources }) => [binding, sources.length]));
  const pending = named.filter(({ sources }) => sources.length === 0).map(({ binding }) => binding);
  for (let binding = pending.pop(); binding !== undefined; binding = pending.pop()) {
    left.delete(binding);
    for (const taker of takers.get(binding) ?? []) {
      const sources = (left.get(taker) ?? 0) - 1;
      left.set(taker, sources);
      if (sources === 0) pending.push(taker);
    }
  }
  return new Set(left.keys());
}

/** For each name those that take a value from it, as often as they do. */
function takersOf(named: readonly Named[]): ReadonlyMap<Binding, readonly Binding[]> {
  const takers = new Map<Binding, Binding[]>();
  for (const { binding, sources } of named) {
    for (const source of sources) {
      const list = takers.get(source) ?? [];
      list.push(binding);
      takers.set(source, list);
    }
  }
  return takers;
}

/**
 * @returns What the value of an expression may be: the expression itself, or the operands of those that choose among
 *   them; without casts, and without what `bind` adds to a function.
 */
function partsOf(node: TSESTree.Node): readonly TSESTree.Node[] {
  const parts: TSESTree.Node[] = [];
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const inner = unwrap(next);
    switch (inner.type) {
      case Type.ConditionalExpression:
        pending.push(inner.consequent, inner.alternate);
        break;
      case Type.LogicalExpression:
        pending.push(inner.left, inner.right);
        break;
      case Type.AssignmentExpression:
        // What is assigned to a name is among that name's values: a chain of assignments is not followed from each link.
        pending.push(
          inner.left.type === Type.Identifier && inner.left.name !== 'require' ? inner.left : inner.right,
        );
        break;
      case Type.CallExpression:
        if (inner.callee.type === Type.MemberExpression && memberName(inner.callee) === 'bind')
          pending.push(inner.callee.object);
        else parts.push(inner);
        break;
      default:
        parts.push(inner);
        break;
    }
  }
  return parts;
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

/** @returns The last name of `a`, `a.b`, `(a as any)`. */
export function ownerName(node: TSESTree.Node): string | undefined {
  const inner = unwrap(node);
  return inner.type === Type.Identifier ? inner.name : memberName(inner);
}
