/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { REQUIRE_OWNERS } from './loaders.ts';
import { GLOBAL_ROLES, rolesOfMember, rolesOfOwner, type Role } from './roles.ts';
import { isModuleOfModules, type Binding, type Bindings, type FunctionNode } from './scopes.ts';
import { valueOf, type Value } from './targets.ts';
import { memberName, ownerName, partsOf, propertyName, unwrap, type KnownParts } from './values.ts';

/** A declared name, with everything that its value may be. */
interface Named {
  readonly binding: Binding;
  readonly values: readonly Value[];
  /** The names among these values. */
  readonly sources: readonly Binding[];
}

/** Of how many operands the member of a choice, `(a || b).c`, may be. */
const MOST_OPERANDS = 16;
/** How many members and calls of one expression are followed. */
const LONGEST_CHAIN = 8;
/** How many roles one name may have: there are few, but those of the members of objects. */
const MOST_ROLES = 64;

/**
 * Tells which expressions are Node's `require`, or a function that `createRequire` made, as far as the program itself
 * tells. A name that it does not declare is the global one.
 *
 * What each name may stand for is worked out once, from what is certain to the names that take their value from it: so
 * no chain of names is followed twice, and none by recursion.
 */
export class Loaders {
  readonly #bindings: Bindings;
  /** Hears of each name that an expression takes its value from. */
  #listener: (source: Binding) => void = () => undefined;
  readonly #cyclic: ReadonlySet<Binding>;
  readonly #parts: KnownParts = new Map();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
    const named = [...bindings.all].map((binding) => {
      const values = binding.values.flatMap(simpleValues);
      return { binding, values, sources: values.flatMap((value) => this.#sourceOf(value) ?? []) };
    });
    this.#cyclic = cyclicIn(named);
    this.#spread(named);
  }

  /** @returns Whether the value of an expression is a loader, or may be one. */
  isLoader(node: TSESTree.Node): boolean {
    return this.#is(node, 'loader');
  }

  /** @returns Whether the value of an expression is `import.meta`. */
  isMeta(node: TSESTree.Node): boolean {
    return this.#is(node, 'meta');
  }

  #is(node: TSESTree.Node, role: Role): boolean {
    return partsOf(node, this.#parts).some((part) => this.#rolesOf(part, LONGEST_CHAIN).has(role));
  }

  /** Gives each name the roles of its values, until no name gets another one. */
  #spread(named: readonly Named[]): void {
    const all = named.flatMap(({ binding, values }) => values.map((value) => ({ binding, value })));
    const takers = new Map<Binding, (typeof all)[number][]>();
    const first = new Set<unknown>(all);
    const pending = [...all];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const taker = next;
      const { binding, value } = taker;
      if (first.delete(taker))
        this.#listener = (source) => {
          const list = takers.get(source) ?? [];
          list.push(taker);
          takers.set(source, list);
        };
      const size = binding.roles.size;
      for (const role of this.#rolesOfValue(value, binding))
        if (binding.roles.size < MOST_ROLES) binding.roles.add(role);
      this.#listener = () => undefined;
      if (binding.roles.size > size) for (const each of takers.get(binding) ?? []) pending.push(each);
    }
  }

  #rolesOfValue({ node, path, key }: Value, binding: Binding): readonly Role[] {
    let roles: readonly Role[] = node === null ? [] : [...this.#rolesOf(node, LONGEST_CHAIN)];
    if (node !== null && this.#cyclic.has(binding) && this.#isOwnRequire(node)) roles = [...roles, 'loader'];
    for (const name of path) roles = rolesOfMember(roles, name);
    return key === null ? roles : rolesOfOwner(roles, key);
  }

  /** @returns What one part of an expression may be. */
  #rolesOf(node: TSESTree.Node, length: number): ReadonlySet<Role> {
    switch (node.type) {
      case Type.Identifier:
        return this.#rolesOfName(node);
      case Type.MemberExpression:
        return new Set(this.#rolesOfMember(node, length));
      case Type.CallExpression:
        return new Set(this.#rolesOfCall(node, length));
      case Type.MetaProperty:
        return new Set(node.property.name === 'meta' ? ['meta'] : []);
      case Type.ImportExpression:
        return new Set(isModuleOfModules(valueOfLiteral(node.source)) ? ['class'] : []);
      case Type.ArrowFunctionExpression:
      case Type.FunctionExpression:
      case Type.FunctionDeclaration:
        return new Set(rolesOfOwner(this.#rolesOfReturned(node, length), '()'));
      case Type.ObjectExpression:
      case Type.ArrayExpression:
        return new Set(
          simpleValues({ node, path: [], key: null }).flatMap((value) => this.#rolesOfKey(value, length)),
        );
      default:
        return new Set();
    }
  }

  #rolesOfReturned(node: FunctionNode, length: number): readonly Role[] {
    const values = this.#bindings.returnedBy(node).slice(0, MOST_OPERANDS);
    return values.flatMap((value) => this.#rolesOfAny(value, length));
  }

  #rolesOfKey({ node, key }: Value, length: number): readonly Role[] {
    const roles = node === null || key === null ? [] : this.#rolesOfAny(node, length);
    return rolesOfOwner(roles, key ?? '');
  }

  #rolesOfName(node: TSESTree.Identifier): ReadonlySet<Role> {
    const binding = this.#bindings.of(node);
    if (binding !== undefined) this.#listener(binding);
    if (binding !== undefined) return binding.roles;
    const role = GLOBAL_ROLES.get(node.name);
    return new Set(role === undefined ? [] : [role]);
  }

  /** `module.require`, `Module.createRequire`, `import.meta.resolve`. */
  #rolesOfMember(node: TSESTree.MemberExpression, length: number): readonly Role[] {
    const name = memberName(node);
    const roles = rolesOfMember(this.#rolesOfAny(node.object, length), name);
    const isOwned = name === 'require' && REQUIRE_OWNERS.has(ownerName(node.object) ?? '');
    return isOwned ? [...roles, 'loader'] : roles;
  }

  /** `createRequire(…)`, `require('node:module')`, `process.getBuiltinModule('node:module')`, `(() => …)()`. */
  #rolesOfCall({ callee, arguments: [argument] }: TSESTree.CallExpression, length: number): readonly Role[] {
    const roles = this.#rolesOfAny(callee, length);
    const loads =
      isModuleOfModules(valueOfLiteral(argument)) &&
      (roles.includes('loader') || memberName(unwrap(callee)) === 'getBuiltinModule');
    return [
      ...(roles.includes('maker') ? ['loader'] : []),
      ...(loads ? ['class'] : []),
      ...rolesOfMember(roles, '()'),
    ];
  }

  #rolesOfAny(node: TSESTree.Node, length: number): readonly Role[] {
    if (length === 0) return [];
    return partsOf(node, this.#parts)
      .slice(0, MOST_OPERANDS)
      .flatMap((part) => [...this.#rolesOf(part, length - 1)]);
  }

  /** `var require = require || …` reads the module's own `require`, whatever else it may be. */
  #isOwnRequire(node: TSESTree.Node): boolean {
    if (node.type !== Type.Identifier || node.name !== 'require') return false;
    const binding = this.#bindings.of(node);
    return binding !== undefined && this.#cyclic.has(binding);
  }

  #sourceOf({ node, path, key }: Value): Binding | undefined {
    return node?.type === Type.Identifier && path.length === 0 && key === null
      ? this.#bindings.of(node)
      : undefined;
  }
}

function valueOfLiteral(node: TSESTree.Node | undefined): unknown {
  return node?.type === Type.Literal ? node.value : undefined;
}

/** @returns What a value may be, without choices; objects and lists by their members. */
function simpleValues({ node, path, key }: Value): readonly Value[] {
  if (node === null) return [{ node, path, key }];
  return partsOf(node).flatMap((part) => valuesIn(part, { path, key }));
}

function valuesIn(part: TSESTree.Node, { path, key }: Pick<Value, 'path' | 'key'>): readonly Value[] {
  const isWhole = path.length === 0 && key === null;
  if (isWhole && part.type === Type.ArrayExpression)
    return part.elements.map((element, at) => ({ node: element, path, key: String(at) }));
  if (isWhole && part.type === Type.ObjectExpression) return part.properties.flatMap(valuesOfProperty);
  return [{ node: part, path, key }];
}

function valuesOfProperty(property: TSESTree.ObjectLiteralElement): readonly Value[] {
  if (property.type === Type.SpreadElement) return valueOf(property.argument);
  const key = propertyName(property);
  return key === undefined ? [] : [{ node: property.value, path: [], key }];
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
