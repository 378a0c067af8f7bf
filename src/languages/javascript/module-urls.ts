/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { textOf } from './literal-parts.ts';
import { isNode } from './parsers/syntax.ts';
import { OWN_URL, pathOfUrl } from './url-paths.ts';
import { ownerName } from './values.ts';

/** How the parts of a program are known that URLs are read from. */
export interface UrlContext {
  readonly text: string;
  /** Is a callee the class of that name, and no other of the program? */
  readonly isUrlClass: (callee: TSESTree.Node) => boolean;
}

/**
 * Reads the module that a call runs where its URL is written in the call itself, as bundlers demand it too
 * (https://webpack.js.org/guides/web-workers/, https://vite.dev/guide/features#web-workers). A file that is read, fetched or
 * written may be one that the program makes.
 *
 * @returns The literal that a URL names the module by; undefined for every other call.
 */
export function urlGivenTo(
  node: TSESTree.CallExpression | TSESTree.NewExpression,
  context: UrlContext,
): TSESTree.Node | undefined {
  const [argument] = node.arguments;
  if (argument === undefined || !isTaker(node, context)) return undefined;
  return opensDirectly(context.text.slice(node.callee.range[1], argument.range[0]))
    ? literalOfUrl(argument, context)
    : undefined;
}

/** Names count as they are written: a quick look resolves no escape in them. */
function isTaker(
  { type, callee }: TSESTree.CallExpression | TSESTree.NewExpression,
  { text }: UrlContext,
): boolean {
  const isMember = callee.type === Type.MemberExpression;
  const named = isMember && !callee.computed ? callee.property : callee;
  const name = text.slice(...named.range);
  if (type === Type.NewExpression) return name === 'Worker' || name === 'SharedWorker';
  if (!isMember) return false;
  return name === 'addModule' || (name === 'register' && ownerName(callee.object) === 'serviceWorker');
}

/**
 * @param node An expression that is a URL, or the text of one.
 * @returns The literal in `new URL("./x", import.meta.url)`, also with `.href` and the like, that names a module.
 */
export function literalOfUrl(node: TSESTree.Node, context: UrlContext): TSESTree.Node | undefined {
  for (let part: TSESTree.Node | undefined = node; isNode(part); part = ownerOf(part)) {
    if (part.type === Type.NewExpression) return literalOfNew(part, context);
  }
  return undefined;
}

/** @returns What an expression takes the text of a URL from. What stands before a URL, as `<any>` does, hides it. */
function ownerOf(node: TSESTree.Node): TSESTree.Node | undefined {
  switch (node.type) {
    case Type.TSAsExpression:
    case Type.TSSatisfiesExpression:
    case Type.TSNonNullExpression:
      return node.expression;
    case Type.MemberExpression:
      return /^(?:href|pathname)$/.test(ownerName(node) ?? '') ? node.object : undefined;
    case Type.CallExpression:
      return node.callee.type === Type.MemberExpression && ownerName(node.callee) === 'toString'
        ? node.callee.object
        : undefined;
    default:
      return undefined;
  }
}

function literalOfNew(
  { range: [start], callee, arguments: [target, base] }: TSESTree.NewExpression,
  { text, isUrlClass }: UrlContext,
): TSESTree.Node | undefined {
  if (target === undefined || base === undefined) return undefined;
  const path = pathOfUrl(textOf(target) ?? '');
  if (path === undefined || text.slice(...base.range) !== OWN_URL) return undefined;
  const isDirect =
    !text.slice(start, callee.range[0]).includes('(') &&
    opensDirectly(text.slice(callee.range[1], target.range[0])) &&
    !text.slice(target.range[1], base.range[0]).includes('(');
  return isDirect && text.slice(...callee.range) === 'URL' && isUrlClass(callee) ? target : undefined;
}

/** Does one parenthesis stand between a callee and its argument, and no type? Then a quick look sees the same. */
function opensDirectly(between: string): boolean {
  return /^[^()<?]*\([^()<?]*$/.test(between);
}
