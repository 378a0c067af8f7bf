import type { Node, Tree } from 'web-tree-sitter';
import type { FileNames, Scope } from './scopes.ts';
import { isName, tokensOf, writtenLength } from './tokens.ts';
import { addMentions, walk } from './walk.ts';
import { EXPRESSION_MACROS, mayBeCrate, OWN_PATHS } from './words.ts';

/** A part of a text whose tree is still to be made: the body of a macro that may hold items. */
export interface ItemMacro {
  readonly start: number;
  readonly end: number;
  readonly scope: Scope;
}

/** A tree of a part of a text, which begins at an offset of it. */
export interface TreePart {
  readonly tree: Tree;
  readonly text: string;
  readonly offset: number;
  readonly scope: Scope;
}

/** Nodes that have a name which paths may begin with. */
const TYPE_ITEMS: readonly string[] = ['struct_item', 'enum_item', 'union_item', 'trait_item', 'type_item'];
const VALUE_ITEMS: readonly string[] = [
  ...['function_item', 'function_signature_item', 'const_item', 'static_item', 'macro_definition'],
];
/** Nodes that are read token by token, as far as their text goes. */
const TOKEN_NODES: ReadonlySet<string> = new Set([
  ...['use_declaration', 'extern_crate_declaration', 'attribute_item', 'inner_attribute_item'],
]);
const PATHS: ReadonlySet<string> = new Set(['scoped_identifier', 'scoped_type_identifier']);
/** Nodes in which names are seen that are bound there. */
const BLOCKS: ReadonlySet<string> = new Set(['block', 'declaration_list']);
/** Nodes whose names and type parameters hold for all of them. */
const ITEMS: ReadonlySet<string> = new Set([...TYPE_ITEMS, ...VALUE_ITEMS, 'impl_item']);

const READ: string[] = [
  ...['mod_item', 'macro_invocation', 'type_parameter', 'visibility_modifier', 'impl_item'],
  ...TYPE_ITEMS,
  ...VALUE_ITEMS,
  ...TOKEN_NODES,
  ...PATHS,
  ...BLOCKS,
];

/** Items of a file, and what may stand between them (https://doc.rust-lang.org/reference/items.html). */
const OF_ITEMS =
  /^(?:\w+_item|use_declaration|extern_crate_declaration|macro_(?:invocation|definition)|(?:line|block)_comment|empty_statement)$/;

/** @returns Whether a tree is one of items alone, as the file of a module is. */
export function holdsItems({ rootNode }: Tree): boolean {
  return !rootNode.hasError && rootNode.namedChildren.every(({ type }) => OF_ITEMS.test(type));
}

/**
 * Reads the crates that a tree names, and the names that it binds.
 *
 * @returns The macros whose bodies may hold items.
 */
export function readTree(part: TreePart, names: FileNames): readonly ItemMacro[] {
  const reader = new TreeReader(part, names);
  for (const node of part.tree.rootNode.descendantsOfType(READ)) reader.read(node);
  return reader.itemMacros;
}

interface OpenScope {
  readonly scope: Scope;
  readonly end: number;
}

class TreeReader {
  readonly itemMacros: ItemMacro[] = [];
  readonly #text: string;
  readonly #offset: number;
  readonly #names: FileNames;
  readonly #open: OpenScope[];
  /** What was read token by token ends here: its nodes are passed over. */
  #readTo = 0;
  #lastPath = -1;
  /** Where the body of the module begins that was met last. */
  #moduleBody = -1;

  constructor({ text, offset, scope }: TreePart, names: FileNames) {
    this.#text = text;
    this.#offset = offset;
    this.#names = names;
    this.#open = [{ scope, end: Infinity }];
  }

  /** Nodes come in the order in which they begin, the outer ones first. */
  read(node: Node): void {
    const { type } = node;
    const start = node.startIndex + this.#offset;
    if (start < this.#readTo) return;
    while ((this.#open.at(-1)?.end ?? Infinity) <= start) this.#open.pop();
    if (PATHS.has(type)) this.#path(start);
    else if (TOKEN_NODES.has(type)) this.#tokens(start, this.#passOver(node), false);
    else if (BLOCKS.has(type)) this.#enter(node, start === this.#moduleBody ? 'module' : 'block');
    else if (type === 'visibility_modifier') this.#passOver(node);
    else if (type === 'macro_invocation') this.#macro(node);
    else this.#named(node);
  }

  get #scope(): Scope {
    return this.#open.at(-1)?.scope ?? this.#names.root;
  }

  #enter(node: Node, kind: 'module' | 'block'): void {
    this.#open.push({ scope: this.#scope.inner(kind), end: this.#endOf(node) });
  }

  #endOf(node: Node): number {
    return node.endIndex + this.#offset;
  }

  #passOver(node: Node): number {
    return (this.#readTo = this.#endOf(node));
  }

  #named(node: Node): void {
    const { type } = node;
    const name = (node.childForFieldName('name')?.text ?? '').replace(/^r#/, '');
    if (VALUE_ITEMS.includes(type)) this.#names.values.add(name);
    else if (type !== 'impl_item') this.#scope.bindItem(name);
    if (type === 'mod_item')
      this.#moduleBody = (node.childForFieldName('body')?.startIndex ?? -1) + this.#offset;
    else if (type === 'macro_definition')
      this.#tokens(node.startIndex + this.#offset, this.#passOver(node), true);
    else if (ITEMS.has(type)) this.#enter(node, 'block');
  }

  #tokens(start: number, end: number, isInMacro: boolean): void {
    const options = { scope: this.#scope, isInMacro, readsItemMacros: false };
    walk(tokensOf(this.#text, start, end), this.#names, options);
  }

  /** The first segment of a path; longer paths that begin with it begin at the same place. */
  #path(start: number): void {
    if (start === this.#lastPath) return;
    this.#lastPath = start;
    const { words, starts } = tokensOf(this.#text, start, start + LONGEST_START);
    const first = words[0] === '::' ? 1 : 0;
    const [name = '', , member = null] = words.slice(first, first + 3);
    // A crate takes no parameters, as `parse::<T>()` does.
    if (starts[0] !== start || !isName(name) || OWN_PATHS.has(name) || member === '<') return;
    if (first === 0 && !mayBeCrate(name)) return;
    const at = starts[first] ?? start;
    const span = { start: at, end: at + writtenLength(this.#text, at, name) };
    const form = first === 1 ? ('rooted' as const) : ('path' as const);
    this.#names.places.push({ name, span, form, scope: this.#scope, isInMacro: false, member });
  }

  /** What a macro takes is whatever it makes of it; those of the standard library take expressions. */
  #macro(node: Node): void {
    const macro = node.childForFieldName('macro')?.text ?? '';
    const name = macro.slice(macro.lastIndexOf(':') + 1).trim();
    const body = node.namedChildren.at(-1);
    if (body?.type !== 'token_tree') return;
    const [start, end] = [body.startIndex + this.#offset, this.#endOf(body)];
    const isBesideItems = !EXPRESSION_MACROS.has(name) && this.#scope.isModule;
    if (isBesideItems) this.itemMacros.push({ start: start + 1, end: end - 1, scope: this.#scope });
    else this.#macroBody(start, end, EXPRESSION_MACROS.has(name));
  }

  #macroBody(start: number, end: number, isExpression: boolean): void {
    if (!isExpression) addMentions(tokensOf(this.#text, start, end).words, this.#names);
    this.#tokens(start, end, !isExpression);
  }
}

/** So far is looked for the first segments of a path, where comments stand between them. */
const LONGEST_START = 200;
