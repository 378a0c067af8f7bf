/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { leadingPart, literalText, textOf } from './literal-parts.ts';
import { memberName, unwrap } from './values.ts';
import type { Binding, Bindings, NameSource } from './scopes.ts';

/** Expressions within expressions are followed this far. */
const DEEPEST = 16;

/**
 * Tells which expressions are paths that start from the program's own folder: what they come to can be no name of a
 * package. Names count for what the program declares them as; what it does not declare is Node's or the browser's.
 */
export class OwnPaths {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** @returns The path as far as it is known, beginning with a dot or a slash; undefined where the value may be something else. */
  pathOf(node: TSESTree.Node): string | undefined {
    return this.#pathOf(unwrap(node), DEEPEST);
  }

  #pathOf(node: TSESTree.Node, depth: number): string | undefined {
    const path = relativePath(node) ?? this.#pathOfUrl(node, depth) ?? this.#pathOfResolver(node);
    if (path !== undefined || depth === 0) return path;
    if (this.#isAbsolute(node, depth)) return this.#pathBehind(node) ?? './';
    const isPath = (value: TSESTree.Node) => this.#pathOf(value, depth - 1) !== undefined;
    return this.#holds(node, isPath) ? './' : undefined;
  }

  /** `path.join(__dirname, "x")` is `./x`. */
  #pathBehind(node: TSESTree.Node): string | undefined {
    if (node.type !== Type.CallExpression) return undefined;
    const [folder, ...values] = node.arguments;
    const isOwn = folder?.type === Type.Identifier && folder.name === '__dirname';
    const parts = values.map((value) => textOf(unwrap(value)));
    return isOwn && !parts.includes(undefined) ? `./${parts.join('/')}` : undefined;
  }

  /** `new URL("./x", import.meta.url)`, also `.href` or `.pathname` of it: https://url.spec.whatwg.org/#concept-basic-url-parser */
  #pathOfUrl(node: TSESTree.Node, depth: number): string | undefined {
    if (depth === 0) return undefined;
    switch (node.type) {
      case Type.NewExpression:
        return this.isUrlClass(node.callee) ? pathBelow(node.arguments) : undefined;
      case Type.MemberExpression:
        return isMeta(node, 'url') ? './' : this.#pathOfPart(node, ['href', 'pathname'], depth);
      case Type.CallExpression: {
        const callee = unwrap(node.callee);
        const [path] = node.arguments;
        if (callee.type === Type.MemberExpression && node.arguments.length === 0)
          return this.#pathOfPart(callee, ['toString'], depth);
        const isUrl = path !== undefined && this.#isOf(callee, 'url', ['pathToFileURL']);
        return isUrl && this.#isAbsolute(unwrap(path), depth - 1) ? './' : undefined;
      }
      case Type.Identifier:
        return this.#holds(node, (value) => this.#pathOfUrl(value, depth - 1) !== undefined)
          ? './'
          : undefined;
      default:
        return undefined;
    }
  }

  #pathOfPart(
    member: TSESTree.MemberExpression,
    names: readonly string[],
    depth: number,
  ): string | undefined {
    return names.includes(memberName(member) ?? '')
      ? this.#pathOfUrl(unwrap(member.object), depth - 1)
      : undefined;
  }

  /** `import.meta.resolve("./x")`, `require.resolve("./x")`. */
  #pathOfResolver(node: TSESTree.Node): string | undefined {
    if (node.type !== Type.CallExpression) return undefined;
    const callee = unwrap(node.callee);
    const [target] = node.arguments;
    if (callee.type !== Type.MemberExpression || memberName(callee) !== 'resolve' || !target)
      return undefined;
    const owner = unwrap(callee.object);
    const isOwn = owner.type === Type.Identifier && owner.name === 'require' && this.#isUndeclared(owner);
    return isOwn || isMetaItself(owner) ? relativePath(unwrap(target)) : undefined;
  }

  /** Is the value the path of the program or of its folder, or one that starts with it? */
  #isAbsolute(node: TSESTree.Node, depth: number): boolean {
    if (depth === 0) return false;
    const isAbsolute = (value: TSESTree.Node) => this.#isAbsolute(unwrap(value), depth - 1);
    switch (node.type) {
      case Type.Identifier:
        return this.#isUndeclared(node)
          ? node.name === '__dirname' || node.name === '__filename'
          : this.#holds(node, isAbsolute);
      case Type.MemberExpression:
        return isMeta(node, 'dirname') || isMeta(node, 'filename');
      case Type.CallExpression:
        return this.#isAbsoluteCall(node, depth);
      case Type.TemplateLiteral:
      case Type.BinaryExpression: {
        const { first, suffix } = leadingPart(node);
        return first !== undefined && suffix.startsWith('/') && isAbsolute(first);
      }
      default:
        return false;
    }
  }

  #isAbsoluteCall({ callee, arguments: [first] }: TSESTree.CallExpression, depth: number): boolean {
    if (first === undefined) return false;
    const called = unwrap(callee);
    if (this.#isOf(called, 'url', ['fileURLToPath']))
      return this.#pathOfUrl(unwrap(first), depth - 1) !== undefined;
    const joins = this.#isOf(called, 'path', ['join', 'resolve', 'dirname']);
    return joins && this.#isAbsolute(unwrap(first), depth - 1);
  }

  /** Does a predicate hold for the one value that a name may stand for? */
  #holds(node: TSESTree.Node, predicate: (value: TSESTree.Node) => boolean): boolean {
    const binding = node.type === Type.Identifier ? this.#bindings.of(node) : undefined;
    if (binding === undefined || binding.source !== undefined) return false;
    const [value, ...otherValues] = binding.values;
    if (value === undefined || otherValues.length > 0) return false;
    const { node: valueNode, path, key } = value;
    return valueNode !== null && path.length === 0 && key === null && predicate(unwrap(valueNode));
  }

  /** Is an expression one of the functions of a module of Node, `path.join` or `join`? */
  #isOf(node: TSESTree.Node, module: string, names: readonly string[]): boolean {
    if (node.type === Type.Identifier) {
      const source = this.#sourceOf(this.#bindings.of(node));
      return source !== undefined && names.includes(source.name) && this.#isModule(source.of, module);
    }
    if (node.type !== Type.MemberExpression || !names.includes(memberName(node) ?? '')) return false;
    const owner = unwrap(node.object);
    return this.#isModule(owner, module) || this.#isNameOf(owner, module);
  }

  #isNameOf(owner: TSESTree.Node, module: string): boolean {
    const source = owner.type === Type.Identifier ? this.#sourceOf(this.#bindings.of(owner)) : undefined;
    if (source !== undefined)
      return ['*', 'default', 'posix'].includes(source.name) && this.#isModule(source.of, module);
    return this.#holds(owner, (value) => this.#isModule(value, module));
  }

  /** @returns Where a name comes from, unless something else is assigned to it as well. */
  #sourceOf(binding: Binding | undefined): NameSource | undefined {
    const [value, ...otherValues] = binding?.values ?? [];
    if (value === undefined) return binding?.source;
    const [name, ...innerNames] = value.path;
    const isPart = otherValues.length === 0 && innerNames.length === 0 && value.key === null;
    if (binding?.source !== undefined || !isPart || value.node === null || name === undefined)
      return undefined;
    return { of: unwrap(value.node), name };
  }

  /** `require("path")`, `import … from "node:path"`. */
  #isModule(node: TSESTree.Node, module: string): boolean {
    const isName = (source: TSESTree.Node | undefined) =>
      source !== undefined && [module, `node:${module}`].includes(textOf(source) ?? '');
    if (node.type === Type.ImportDeclaration) return isName(node.source);
    if (node.type !== Type.CallExpression || node.callee.type !== Type.Identifier) return false;
    return node.callee.name === 'require' && this.#isUndeclared(node.callee) && isName(node.arguments[0]);
  }

  /** @returns Whether a callee is the `URL` of Node and browsers, be it imported or not. */
  isUrlClass(callee: TSESTree.Node): boolean {
    return this.#isGlobal(unwrap(callee), 'URL', 'url');
  }

  #isGlobal(callee: TSESTree.Node, name: string, module: string): boolean {
    if (callee.type !== Type.Identifier) return false;
    return this.#isUndeclared(callee) ? callee.name === name : this.#isOf(callee, module, [name]);
  }

  #isUndeclared(identifier: TSESTree.Identifier): boolean {
    return this.#bindings.of(identifier) === undefined;
  }
}

/** @returns The path that a URL takes from that of the program; undefined where it may be one of another host or scheme. */
function pathBelow([target, base]: readonly TSESTree.Node[]): string | undefined {
  if (target === undefined || base === undefined || !isMeta(unwrap(base), 'url')) return undefined;
  const whole = textOf(unwrap(target));
  const path = relativePath(unwrap(target));
  if (path !== undefined || whole === undefined) return path;
  if (/^[a-z][a-z\d+.-]*:|^[\\/]{2}|\s/i.test(whole)) return undefined;
  return /^[\\/]/.test(whole) ? whole : `./${whole}`;
}

/** `import.meta.dirname` and the like: https://nodejs.org/api/esm.html#importmeta */
function isMeta(node: TSESTree.Node, name: string): boolean {
  return (
    node.type === Type.MemberExpression && memberName(node) === name && isMetaItself(unwrap(node.object))
  );
}

function isMetaItself(node: TSESTree.Node): boolean {
  return node.type === Type.MetaProperty && node.property.name === 'meta';
}

function relativePath(node: TSESTree.Node): string | undefined {
  const text = literalText(node) ?? '';
  return /^\.{1,2}\//.test(text) ? text : undefined;
}
