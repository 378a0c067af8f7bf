/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import type { Role } from './roles.ts';
import { targetsOf, valueOf, type Target, type Value } from './targets.ts';
import { unwrap } from './values.ts';

/** What a name stands for: a part of the value of a node, or of what a declaration imports. */
export interface NameSource {
  readonly of: TSESTree.Node;
  /** `*` where it is the whole. */
  readonly name: string;
}

/** A declared name: the values that it may get, and what it is as far as its declaration tells. */
export interface Binding {
  readonly name: string;
  readonly values: Value[];
  readonly roles: Set<Role>;
  /** What an import declares: the declaration, and the name there. */
  source?: NameSource;
}

/** What the names of a program stand for. */
export interface Bindings {
  readonly all: Iterable<Binding>;
  /** @returns What an identifier was declared as; undefined where the program does not declare it. */
  readonly of: (identifier: TSESTree.Identifier) => Binding | undefined;
  /** @returns What a function may give to its caller. */
  readonly returnedBy: (node: FunctionNode) => readonly TSESTree.Node[];
}

/** Of a program whose names nobody asks for. */
export const noBindings: Bindings = { all: [], of: () => undefined, returnedBy: () => [] };

/** A block, function or program with the names that it declares, and the identifiers that stand in it. */
export class Scope {
  readonly names = new Map<string, Binding>();
  readonly identifiers: TSESTree.Identifier[] = [];
  readonly inner: Scope[] = [];
  /** What the function of this scope gives to its caller. */
  readonly returned: TSESTree.Node[] = [];
  /** The scope that a `var` of this one belongs to. */
  readonly function: Scope;
  readonly isRoot: boolean;

  constructor(outer: Scope | null, holdsVars: boolean) {
    this.isRoot = outer === null;
    this.function = holdsVars || outer === null ? this : outer.function;
    outer?.inner.push(this);
  }

  declare(name: string): Binding {
    const binding = this.names.get(name) ?? newBinding(name);
    this.names.set(name, binding);
    return binding;
  }
}

/** Follows the declarations of a program while its nodes are entered from the outside in. */
export class ScopeTracker {
  readonly root = new Scope(null, true);
  readonly #assignments: Target[] = [];
  /** Functions whose parameter `require` is the real one. */
  readonly #wrappers = new Set<TSESTree.Node>();
  /** What is handed to functions that are called where they stand, and to those that are called by their name. */
  readonly #handed = new Map<TSESTree.Node, readonly TSESTree.Node[]>();
  readonly #calls: { readonly callee: TSESTree.Identifier; readonly values: readonly TSESTree.Node[] }[] = [];
  readonly #functions = new Map<TSESTree.Node, ScopedFunction>();

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
    for (const { identifier, values } of this.#assignments) {
      const { name } = identifier;
      const binding = resolved.get(identifier) ?? undeclared.get(name) ?? newBinding(name);
      for (const value of values) binding.values.push(value);
      if (!resolved.has(identifier) && name !== 'require') undeclared.set(name, binding);
    }
    this.#handOver(resolved);
    return {
      all: new Set([...resolved.values(), ...undeclared.values()]),
      of: (identifier) => resolved.get(identifier) ?? undeclared.get(identifier.name),
      returnedBy: (node) =>
        node.body.type === Type.BlockStatement
          ? (this.#functions.get(node)?.scope.returned ?? [])
          : [node.body],
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
        declareEquals(node, scope);
        break;
      case Type.ReturnStatement:
        if (node.argument !== null) scope.function.returned.push(node.argument);
        break;
      case Type.AssignmentExpression:
        for (const target of targetsOf(node.left, valueOf(node.right))) this.#assignments.push(target);
        break;
      default:
        break;
    }
  }

  #enterFunction(node: FunctionNode, scope: Scope): Scope {
    const inner = new Scope(scope, true);
    if (node.type === Type.FunctionDeclaration && node.id !== null) {
      const { values } = scope.declare(node.id.name);
      if (values.length === 0) values.push({ node, path: [], key: null });
    }
    if (node.type === Type.FunctionExpression && node.id !== null) inner.declare(node.id.name);
    const handed = this.#handed.get(node) ?? [];
    for (const [at, parameter] of node.params.entries()) {
      const isRequire = parameter.type === Type.Identifier && parameter.name === 'require';
      if (!isRequire || !this.#wrappers.has(node)) declarePattern(parameter, inner, handed[at] ?? null);
    }
    this.#functions.set(node, { scope: inner, node });
    return inner;
  }

  /**
   * `define(function (require) {…})` (https://github.com/amdjs/amdjs-api/blob/master/AMD.md) and the wrappers
   * of UMD hand over a loader, and so does `(function (require) {…})(require)`. A bundle that holds its
   * modules in an array or object hands over its own.
   */
  #noteWrappers({ callee, arguments: values }: TSESTree.CallExpression): void {
    for (const value of values) this.#wrappers.add(value);
    const inner = unwrap(callee);
    if (values.some(isHandedOver)) {
      if (inner.type === Type.Identifier) this.#calls.push({ callee: inner, values });
      else this.#handed.set(inner, values);
    }
    if (values.some((value) => value.type === Type.Identifier && value.name === 'require')) {
      this.#wrappers.add(callee);
    }
  }

  /** The parameters of a function get what it is called with by its name. */
  #handOver(resolved: ReadonlyMap<TSESTree.Identifier, Binding>): void {
    const functions = new Map<Binding, readonly ScopedFunction[]>();
    for (const { callee, values } of this.#calls) {
      const binding = resolved.get(callee);
      if (binding === undefined) continue;
      const called =
        functions.get(binding) ??
        binding.values
          .slice(0, MOST_FUNCTIONS)
          .flatMap(({ node }) => (node === null ? [] : (this.#functions.get(node) ?? [])));
      functions.set(binding, called);
      for (const { scope, node } of called)
        for (const [at, parameter] of node.params.entries())
          declarePattern(parameter, scope, values[at] ?? null);
    }
  }
}

export type FunctionNode =
  TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

interface ScopedFunction {
  readonly node: FunctionNode;
  readonly scope: Scope;
}

/** Of how many functions one name may stand for the parameters are followed. */
const MOST_FUNCTIONS = 4;

function newBinding(name: string): Binding {
  return { name, values: [], roles: new Set() };
}

/** May an argument be something that loads modules? */
function isHandedOver(value: TSESTree.Node): boolean {
  const { type } = unwrap(value);
  return type === Type.Identifier || type === Type.MemberExpression || type === Type.MetaProperty;
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

/** `import Module from 'node:module'` is the class; of `createRequire`, its name alone tells. */
function declareImport(
  specifier: TSESTree.ImportClause,
  declaration: TSESTree.ImportDeclaration,
  scope: Scope,
): void {
  const binding = scope.declare(specifier.local.name);
  const isNamed = specifier.type === Type.ImportSpecifier;
  binding.source = { of: declaration, name: isNamed ? (nameOf(specifier.imported) ?? '*') : '*' };
  const imported = isNamed ? (nameOf(specifier.imported) ?? '') : 'default';
  if (imported === 'createRequire') binding.roles.add('maker');
  const isModule = isModuleOfModules(declaration.source.value);
  if (isModule && (imported === 'default' || imported === 'Module')) binding.roles.add('class');
}

/** `import Module = require('node:module')`. */
function declareEquals({ id, moduleReference }: TSESTree.TSImportEqualsDeclaration, scope: Scope): void {
  const { roles } = scope.declare(id.name);
  const isModule =
    moduleReference.type === Type.TSExternalModuleReference &&
    isModuleOfModules(moduleReference.expression.value);
  if (isModule) roles.add('class');
}

/** @returns Whether a name is that of https://nodejs.org/api/module.html. */
export function isModuleOfModules(source: unknown): boolean {
  return source === 'module' || source === 'node:module';
}

/** Declares every name of a pattern, with what the pattern takes out of a value for it. */
function declarePattern(pattern: TSESTree.Node, scope: Scope, value: TSESTree.Node | null): void {
  for (const { identifier, values } of targetsOf(pattern, valueOf(value))) {
    const binding = scope.declare(identifier.name);
    for (const each of values) binding.values.push(each);
  }
}

/** @returns The name that an identifier or a string is. */
function nameOf(node: TSESTree.Node): string | undefined {
  if (node.type === Type.Identifier) return node.name;
  return node.type === Type.Literal && typeof node.value === 'string' ? node.value : undefined;
}
