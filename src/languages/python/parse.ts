import { Language, Parser as TreeSitter } from 'web-tree-sitter';
import type { Node, Tree } from 'web-tree-sitter';
import type { Parsed, Rejection, Source, SynchronousParser } from '../../model/language.ts';
import { doubtAt } from '../doubts.ts';
import { candidatesOf } from './candidates.ts';
import { contextWithin, topLevel } from './contexts.ts';
import { foreignEncoding } from './encoding.ts';
import { grammar, treeSitterOptions } from './grammar.ts';
import { importsOf } from './import-nodes.ts';
import type { Statement } from './import-nodes.ts';
import { shellCalls } from './ipython-calls.ts';
import { mentionsShell, pythonOf } from './ipython.ts';
import { possibleImports } from './lenient.ts';
import { mayDisguise, mentionsLoader } from './loader-tokens.ts';
import { loaderCalls } from './loaders.ts';
import { repairsOf } from './repairs.ts';
import { doubtsIn, glance } from './glance.ts';
import { isQuotedIn } from './logical-lines.ts';
import { scriptMetadata } from './script-metadata.ts';

/** Why a text is no program; what may stand in it besides is added at the end. */
type Broken = Omit<Rejection, 'doubts'> | null;

interface Code {
  readonly imports: Parsed['imports'];
  readonly broken: Broken;
}

/** Loads tree-sitter and the grammar of Python. Keep the result: each call loads them anew. */
export async function loadParser(): Promise<SynchronousParser> {
  await TreeSitter.init(treeSitterOptions());
  const python = await Language.load(grammar());
  return { parse: (source) => parse(source, python), glance };
}

/**
 * Reads the imports of a text as CPython reads the text: a lone `\r` ends a line, names compare after NFKC.
 * Where the grammar rejects the text, everything that looks like an import counts as well.
 */
function parse(source: Source, grammar: Language): Parsed {
  const python = pythonOf(source);
  const text = readable(python.text);
  const code = withTree(text, grammar, (tree, repaired) =>
    read({ tree, repaired, text, dialect: source.dialect }),
  );
  const metadata = scriptMetadata(text);
  const broken = unreadable(python.text) ?? code.broken ?? brokenMetadata(metadata.broken);
  const imports = [...code.imports, ...metadata.imports, ...python.commands];
  imports.sort((first, second) => first.span.start - second.span.start);
  if (python.doubtful || broken === null) return { imports, broken: null };
  return {
    imports,
    broken: { ...broken, doubts: untold(doubtsIn(source, isQuotedIn(text)), imports, text) },
  };
}

/** @returns The doubts whose lines hold no import that is told as unclear. */
function untold(doubts: Rejection['doubts'], imports: Parsed['imports'], text: string): Rejection['doubts'] {
  const unclear = imports.filter(({ target }) => target.kind === 'unclear');
  const told = new Set(unclear.map(({ span }) => doubtAt(text, span.start).span.start));
  return doubts.filter(({ span }) => !told.has(span.start));
}

/** Line breaks as the grammar knows them, and no null bytes, where it would stop. Offsets stay the same. */
function readable(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', ' ');
}

/** Gives a tree to `use`, of a repaired text if the text itself has none without errors; deletes all trees. */
function withTree<T>(text: string, grammar: Language, use: (tree: Tree, repaired: boolean) => T): T {
  const parser = new TreeSitter();
  const trees: Tree[] = [];
  const treeOf = (variant: string): Tree => {
    const tree = parser.parse(variant);
    if (tree === null) throw new Error('tree-sitter gave no tree: the parser has no language');
    trees.push(tree);
    return tree;
  };
  try {
    parser.setLanguage(grammar);
    const tree = treeOf(text);
    if (!tree.rootNode.hasError) return use(tree, false);
    for (const variant of repairsOf(text)) {
      const repaired = treeOf(variant);
      if (!repaired.rootNode.hasError) return use(repaired, true);
    }
    return use(tree, false);
  } finally {
    for (const tree of trees) tree.delete();
    parser.delete();
  }
}

interface Reading {
  readonly tree: Tree;
  /** The tree is that of a repaired text. */
  readonly repaired: boolean;
  readonly text: string;
  readonly dialect: string;
}

/**
 * `import` is a reserved word: in a tree without errors it starts or continues an import statement. The grammar lets
 * it go on in the next line, where Python's own ends it: nothing runs a file that is written so.
 */
function read({ tree, repaired, text, dialect }: Reading): Code {
  const root = tree.rootNode;
  const loads = mentionsLoader(text) || mayDisguise(text) ? loaderCalls(root, dialect) : [];
  const calls = mentionsShell(text) ? [...loads, ...shellCalls(root)] : loads;
  const found = statementsOf(root);
  const starts = new Set([...candidatesOf(text)].map(({ offset }) => offset));
  const statements = found.filter(({ node }) => starts.has(node.startIndex)).flatMap(importsOf);
  if (!root.hasError) {
    const odd = repaired ? undefined : found.find(({ node }) => !starts.has(node.startIndex));
    const broken = odd && { message: 'invalid syntax', offset: odd.node.startIndex, approximate: false };
    return { imports: [...statements, ...calls], broken: broken ?? null };
  }
  const seen = new Set([...statements, ...calls].map(({ span }) => span.start));
  const isQuoted = isQuotedIn(text);
  // The quote of a loader's argument stands before its span.
  const missed = possibleImports(text).filter(
    ({ span }) => !seen.has(span.start) && !isQuoted(span.start - 1),
  );
  return { imports: [...statements, ...calls, ...missed], broken: errorOf(root, missed.length > 0) };
}

/** All import statements without errors, with what the blocks around them say. */
function statementsOf(root: Node): readonly Statement[] {
  const statements: Statement[] = [];
  const open = [{ node: root, context: topLevel }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, context } = next;
    const within = contextWithin(node, context);
    for (const child of node.namedChildren) {
      if (compound.test(child.type)) open.push({ node: child, context: within(child) });
      else if (importStatement.test(child.type) && !child.hasError) statements.push({ node: child, context });
    }
  }
  return statements;
}

const importStatement = /^(?:future_)?import_(?:from_)?statement$/;

/** Nodes that hold statements; no expression holds any. */
const compound =
  /^(?:module|block|ERROR|decorated_definition|(?:if|for|while|try|with|match)_statement|(?:elif|else|except|finally|case)_clause|(?:function|class)_definition)$/;

/** Behind a string that nothing closes, code and text may have changed places. */
function errorOf(root: Node, approximate: boolean): Broken {
  let error = root;
  while (!error.isError && !error.isMissing) {
    const inner = error.children.find((child) => child.hasError || child.isMissing);
    if (inner === undefined) break;
    error = inner;
  }
  const message = error.isMissing ? `invalid syntax: “${error.type}” is missing` : 'invalid syntax';
  const openString = error.namedChildren.some((child) => child.type === 'string_start');
  return { message, offset: error.startIndex, approximate: approximate || openString };
}

/** What CPython refuses before it looks at the syntax, or this tool can't see through. */
function unreadable(text: string): Broken {
  const encoding = foreignEncoding(text);
  if (encoding !== undefined) {
    const message = `the encoding ${encoding} is not read here: save the file as UTF-8`;
    return { message, offset: 0, approximate: true };
  }
  const offset = text.indexOf('\0');
  return offset < 0 ? null : { message: 'source code cannot contain null bytes', offset, approximate: true };
}

function brokenMetadata(broken: { readonly message: string; readonly offset: number } | null): Broken {
  return broken === null ? null : { ...broken, approximate: false };
}
