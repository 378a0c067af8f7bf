/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/typescript-estree';

/** An expression together with the scope that its names are looked up in. */
export interface Value {
  readonly node: TSESTree.Node;
  readonly scope: Scope;
}

/** What is known of a declared name: the values it may get, and whether it is `createRequire` itself. */
export interface Binding {
  readonly values: Value[];
  makesLoaders: boolean;
}

/** A block, function or program with the names that it declares. */
export class Scope {
  readonly #parent: Scope | null;
  readonly #holdsVars: boolean;
  readonly #names = new Map<string, Binding>();

  constructor(parent: Scope | null, holdsVars: boolean) {
    this.#parent = parent;
    this.#holdsVars = holdsVars;
  }

  lookup(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#parent?.lookup(name);
  }

  declare(name: string): Binding {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const binding = { values: [], makesLoaders: false };
    this.#names.set(name, binding);
    return binding;
  }

  /** The scope that a `var` of this scope belongs to. */
  function(): Scope {
    return this.#holdsVars || this.#parent === null ? this : this.#parent.function();
  }

  /** The program's own scope, where an assignment declares what nobody else did. */
  root(): Scope {
    return this.#parent?.root() ?? this;
  }

  isRoot(): boolean {
    return this.#parent === null;
  }
}

/** Follows the declarations of a program while its nodes are entered from the outside in. */
export class ScopeTracker {
  readonly #assignments: { readonly name: string; readonly value: Value }[] = [];
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
      default:
        this.#declare(node, scope);
        return scope;
    }
  }

  /** Gives every name the values that assignments give it. To be called once, after the last node. */
  settle(root: Scope): void {
    for (const { name, value } of this.#assignments) {
      const binding = value.scope.lookup(name);
      if (binding !== undefined) binding.values.push(value);
      else if (name !== 'require') root.declare(name).values.push(value);
    }
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
        for (const specifier of node.specifiers) declareImport(specifier, scope);
        break;
      case Type.TSImportEqualsDeclaration:
        scope.declare(node.id.name);
        break;
      case Type.AssignmentExpression:
        if (node.left.type === Type.Identifier) {
          this.#assignments.push({ name: node.left.name, value: { node: node.right, scope } });
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

function declareVariable(
  { id, init }: TSESTree.VariableDeclarator | TSESTree.UsingDeclarator,
  kind: TSESTree.VariableDeclaration['kind'],
  scope: Scope,
): void {
  const owner = kind === 'var' ? scope.function() : scope;
  // A second `var` of the module wrapper's own parameter leaves its value alone.
  if (kind === 'var' && init === null && owner.isRoot()) return;
  declarePattern(id, owner, init === null ? null : { node: init, scope });
}

function declareImport(specifier: TSESTree.ImportClause, scope: Scope): void {
  const binding = scope.declare(specifier.local.name);
  binding.makesLoaders ||=
    specifier.type === Type.ImportSpecifier && nameOf(specifier.imported) === 'createRequire';
}

function declarePattern(pattern: TSESTree.Node, scope: Scope, value: Value | null): void {
  switch (pattern.type) {
    case Type.Identifier: {
      const { values } = scope.declare(pattern.name);
      if (value !== null) values.push(value);
      break;
    }
    case Type.AssignmentPattern:
      declarePattern(pattern.left, scope, { node: pattern.right, scope });
      break;
    case Type.ArrayPattern:
      for (const element of pattern.elements) if (element !== null) declarePattern(element, scope, null);
      break;
    case Type.ObjectPattern:
      for (const property of pattern.properties) declareProperty(property, scope);
      break;
    case Type.RestElement:
      declarePattern(pattern.argument, scope, null);
      break;
    case Type.TSParameterProperty:
      declarePattern(pattern.parameter, scope, null);
      break;
    default:
      break;
  }
}

/** `{ createRequire: make }` takes the maker of loaders out of `node:module`. */
function declareProperty(property: TSESTree.Property | TSESTree.RestElement, scope: Scope): void {
  if (property.type === Type.RestElement) {
    declarePattern(property.argument, scope, null);
    return;
  }
  const { key, value } = property;
  if (value.type === Type.Identifier && nameOf(key) === 'createRequire') {
    scope.declare(value.name).makesLoaders = true;
  } else {
    declarePattern(value, scope, null);
  }
}

/** @returns The name that an identifier or a string is. */
function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === Type.Identifier) return node.name;
  return node.type === Type.Literal && typeof node.value === 'string' ? node.value : undefined;
}
