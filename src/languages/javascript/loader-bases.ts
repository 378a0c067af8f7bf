import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import type { Bindings } from './scopes.ts';
import { memberName, ownerName, unwrap } from './values.ts';

/** Names are followed to what they stand for this often. */
const LONGEST_CHAIN = 4;

/** Members of a loader or a module that take paths from the same folder; those of `require.main` take them from another. */
const LOADING: ReadonlySet<string> = new Set(['resolve', 'require']);

/**
 * Tells whether the paths that a loader takes start from the program's own folder: those of a `require` that was made for
 * another file start there (https://nodejs.org/api/module.html#modulecreaterequirefilename), and those of `require.resolve`
 * where its options say (https://nodejs.org/api/modules.html#requireresolverequest-options).
 */
export class LoaderBases {
  readonly #bindings: Bindings;

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** @returns Whether a call of a loader, or of a method that resolves for it, takes paths from the program's folder. */
  startsHere({ callee, arguments: values }: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
    const called = unwrap(callee);
    const isRedirected = memberName(called) === 'resolve' && values.length > 1;
    return !isRedirected && this.#isHere(called, LONGEST_CHAIN);
  }

  #isHere(node: TSESTree.Node, length: number): boolean {
    if (length === 0) return false;
    if (node.type === Type.MetaProperty) return true;
    if (node.type === Type.MemberExpression)
      return LOADING.has(memberName(node) ?? '') && this.#isHere(unwrap(node.object), length - 1);
    if (node.type === Type.CallExpression)
      return ownerName(node.callee) === 'createRequire' && isOwnFile(node.arguments[0]);
    return node.type === Type.Identifier && this.#isNameHere(node, length);
  }

  #isNameHere(node: TSESTree.Identifier, length: number): boolean {
    const binding = this.#bindings.of(node);
    if (binding === undefined) return node.name === 'require' || node.name === 'module';
    const [value, ...furtherValues] = binding.values;
    if (value === undefined || furtherValues.length > 0 || value.key !== null) return false;
    return value.node !== null && this.#isHere(unwrap(value.node), length - 1);
  }
}

/** `import.meta.url`, `import.meta.filename`, `__filename`. */
function isOwnFile(node: TSESTree.Node | undefined): boolean {
  if (node === undefined) return false;
  const name = ownerName(node);
  return name === '__filename' || ((name === 'url' || name === 'filename') && isOfMeta(unwrap(node)));
}

function isOfMeta(node: TSESTree.Node): boolean {
  return node.type === Type.MemberExpression && unwrap(node.object).type === Type.MetaProperty;
}
