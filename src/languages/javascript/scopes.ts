/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';

/** A declared name: the values that it may get, and whether it is `createRequire` itself. */
export interface Binding {
  readonly name: string;
  readonly values: TSESTree.Node[];
  makesLoaders: boolean;
  /** What an import declares, or a pattern takes out of a value by name: the declaration or the value, and the name there. */
  source?: { readonly of: TSESTree.Node; readonly name: string };
}

/** What the names of a program stand for. */
export interface Bindings {
  readonly all: Iterable<Binding>;
  /** @returns What an identifier was declared as; undefined where the program does not declare it. */
  readonly of: (identifier: TSESTree.Identifier) => Binding | undefined;
}

/** A block, function or program with the names that it declares, and the identifiers that stand in it. */
export class Scope {
  readonly names = new Map<string, Binding>();
  readonly identifiers: TSESTree.Identifier[] = [];
  readonly inner: Scope[] = [];
  /** The scope that a `var` of this one belongs to. */
  readonly function: Scope;
  readonly isRoot: boolean;

  constructor(outer: Scope | null, holdsVars: boolean) {
    this.isRoot = outer === null;
    this.function = holdsVars || outer === null ? this : outer.function;
    outer?.inner.push(this);
  }

  declare(name: string): Binding {
    const binding = this.names.get(name) ?? { name, values: [], makesLoaders: false };
    this.names.set(name, binding);
    return binding;
  }
}

/** Follows the declarations of a program while its nodes are entered from the outside in. */
export class ScopeTracker {
  readonly root = new Scope(null, true);
  readonly #assignments: { readonly target: TSESTree.Identifier; readonly value: TSESTree.Node }[] = [];
  /** Functions whose parameter `require` is the real one. */
  readonly #wrappers = new Set<TSESTree.Node>();

  /** Declares what a node declares. @returns The scope of the node's children. */
  enter(node: TSESTree.Node, scope: Scope): Scope {
    switch (node.type) {
      case Type.FunctionDeclaration:
      case Type.FunctionExpression:
      case Type.ArrowFunctionExpression:
        return this.#enterFunction(node, scope);
      case Type.BlockStatement:
      case Type.ForStatement:
      case Type.ForInStatement:
      case Type.ForOfStatement:
      case Type.SwitchStatement:
        return new Scope(scope, false);
      case Type.StaticBlock:
      case Type.TSModuleBlock:
        return new Scope(scope, true);
      case Type.CatchClause: {
        const inner = new Scope(scope, false);
        if (node.param !== null) declarePattern(node.param, inner, null);
        return inner;
      }
      case Type.CallExpression:
        this.#noteWrappers(node);
        return scope;
      case Type.Identifier:
        scope.identifiers.push(node);
        return scope;
      default:
        this.#declare(node, scope);
        return scope;
    }
  }

  /**
   * Looks up every identifier, and gives every name the values that assignments give it. An assignment declares what
   * nobody else did. To be called once, after the last node.
   */
  bindings(): Bindings {
    const resolved = resolve(this.root);
    const undeclared = new Map<string, Binding>();
    for (const { target, value } of this.#assignments) {
      const { name } = target;
      const binding = resolved.get(target) ??
        undeclared.get(name) ?? { name, values: [], makesLoaders: false };
      binding.values.push(value);
      if (!resolved.has(target) && name !== 'require') undeclared.set(name, binding);
    }
    return {
      all: new Set([...resolved.values(), ...undeclared.values()]),
      of: (identifier) => resolved.get(identifier) ?? undeclared.get(identifier.name),
    };
  }

  #declare(node: TSESTree.Node, scope: Scope): void {
    switch (node.type) {
      case Type.VariableDeclaration:
        if (!node.declare) for (const each of node.declarations) declareVariable(each, node.kind, scope);
        break;
      case Type.ClassDeclaration:
        if (node.id !== null && !node.declare) scope.declare(node.id.name);
        break;
      case Type.ImportDeclaration:
        for (const specifier of node.specifiers) declareImport(specifier, node, scope);
        break;
      case Type.TSImportEqualsDeclaration:
        scope.declare(node.id.name);
        break;
      case Type.AssignmentExpression:
        if (node.left.type === Type.Identifier) {
          this.#assignments.push({ target: node.left, value: node.right });
        }
        break;
      default:
        break;
    }
  }

  #enterFunction(
    node: TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression,
    scope: Scope,
  ): Scope {
    const inner = new Scope(scope, true);
    if (node.type === Type.FunctionDeclaration && node.id !== null) scope.declare(node.id.name);
    if (node.type === Type.FunctionExpression && node.id !== null) inner.declare(node.id.name);
    for (const parameter of node.params) {
      const isRequire = parameter.type === Type.Identifier && parameter.name === 'require';
      if (!isRequire || !this.#wrappers.has(node)) declarePattern(parameter, inner, null);
    }
    return inner;
  }

  /**
   * `define(function (require) {…})` (https://github.com/amdjs/amdjs-api/blob/master/AMD.md) and the wrappers
   * of UMD hand over a loader, and so does `(function (require) {…})(require)`. A bundle that holds its
   * modules in an array or object hands over its own.
   */
  #noteWrappers({ callee, arguments: values }: TSESTree.CallExpression): void {
    for (const value of values) this.#wrappers.add(value);
    if (values.some((value) => value.type === Type.Identifier && value.name === 'require')) {
      this.#wrappers.add(callee);
    }
  }
}

/**
 * Walks the scopes from the outside in. For each name it knows the declaration that holds at the moment, so that no
 * depth of scopes makes a look-up longer.
 */
function resolve(root: Scope): ReadonlyMap<TSESTree.Identifier, Binding> {
  const resolved = new Map<TSESTree.Identifier, Binding>();
  const declared = new Map<string, Binding[]>();
  const pending: { readonly scope: Scope; readonly isLeft: boolean }[] = [{ scope: root, isLeft: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { scope, isLeft } = next;
    for (const [name, binding] of scope.names) {
      const stack = declared.get(name) ?? [];
      if (isLeft) stack.pop();
      else stack.push(binding);
      declared.set(name, stack);
    }
    if (isLeft) continue;
    for (const identifier of scope.identifiers) {
      const binding = declared.get(identifier.name)?.at(-1);
      if (binding !== undefined) resolved.set(identifier, binding);
    }
    pending.push({ scope, isLeft: true });
    for (const inner of scope.inner) pending.push({ scope: inner, isLeft: false });
  }
  return resolved;
}

function declareVariable(
  { id, init }: TSESTree.VariableDeclarator | TSESTree.UsingDeclarator,
  kind: TSESTree.VariableDeclaration['kind'],
  scope: Scope,
): void {
  const owner = kind === 'var' ? scope.function : scope;
  // A second `var` of the module wrapper's own parameter leaves its value alone.
  if (kind === 'var' && init === null && owner.isRoot) return;
  declarePattern(id, owner, init);
}

function declareImport(
  specifier: TSESTree.ImportClause,
  declaration: TSESTree.ImportDeclaration,
  scope: Scope,
): void {
  const binding = scope.declare(specifier.local.name);
  const name = specifier.type === Type.ImportSpecifier ? nameOf(specifier.imported) : '*';
  binding.source = { of: declaration, name: name ?? '*' };
  binding.makesLoaders ||=
    specifier.type === Type.ImportSpecifier && nameOf(specifier.imported) === 'createRequire';
}

/** Declares every name of a pattern. Only a name alone gets the value; those within patterns get parts of it. */
function declarePattern(pattern: TSESTree.Node, scope: Scope, value: TSESTree.Node | null): void {
  const pending = [{ pattern, value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pattern: part, value } = next;
    const declare = (inner: TSESTree.Node | null) => {
      if (inner !== null) pending.push({ pattern: inner, value: null });
    };
    switch (part.type) {
      case Type.Identifier: {
        const { values } = scope.declare(part.name);
        if (value !== null) values.push(value);
        break;
      }
      case Type.AssignmentPattern:
        pending.push({ pattern: part.left, value: part.right });
        break;
      case Type.ArrayPattern:
        part.elements.forEach(declare);
        break;
      case Type.ObjectPattern:
        for (const property of part.properties) {
          if (!declaresMaker(property, scope)) declare(property);
          noteSource(property, value, scope);
        }
        break;
      case Type.Property:
        declare(part.value);
        break;
      case Type.RestElement:
        declare(part.argument);
        break;
      case Type.TSParameterProperty:
        declare(part.parameter);
        break;
      default:
        break;
    }
  }
}

/** `{ createRequire: make }` takes the maker of loaders out of `node:module`. */
function declaresMaker(property: TSESTree.Property | TSESTree.RestElement, scope: Scope): boolean {
  if (property.type === Type.RestElement || property.value.type !== Type.Identifier) return false;
  if (nameOf(property.key) !== 'createRequire') return false;
  scope.declare(property.value.name).makesLoaders = true;
  return true;
}

/** `const { join } = require("path")`: the name stands for a part of that value. */
function noteSource(
  property: TSESTree.Property | TSESTree.RestElement,
  value: TSESTree.Node | null,
  scope: Scope,
): void {
  if (value === null || property.type === Type.RestElement || property.computed) return;
  const name = nameOf(property.key);
  if (property.value.type !== Type.Identifier || name === undefined) return;
  scope.declare(property.value.name).source = { of: value, name };
}

/** @returns The name that an identifier or a string is. */
function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === Type.Identifier) return node.name;
  return node.type === Type.Literal && typeof node.value === 'string' ? node.value : undefined;
}
