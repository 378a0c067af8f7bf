import type { Node, Tree } from 'web-tree-sitter';
import type { Parsed, Parser, Source } from '../../model/language.ts';
import { partsOf } from './blocks.ts';
import { candidatesOf } from './candidates.ts';
import { foreignEncoding } from './encoding.ts';
import { importsOf } from './import-nodes.ts';
import { shellCalls } from './ipython-calls.ts';
import { mentionsShell, pythonOf } from './ipython.ts';
import { possibleImports } from './lenient.ts';
import { mayDisguise, mentionsLoader } from './loader-tokens.ts';
import { loaderCalls } from './loaders.ts';
import { repairsOf } from './repairs.ts';
import { withShortRows } from './rows.ts';
import { scriptMetadata } from './script-metadata.ts';
import { allowanceFor, loadTreeSitter, type BoundedParser } from './tree-sitter.ts';

type Broken = Parsed['broken'];

/** Loads tree-sitter and the grammar of Python; cheap after the first call. */
export async function loadParser(): Promise<Parser> {
  const parser = await loadTreeSitter();
  return { parse: (source) => parse(source, parser) };
}

/**
 * Reads the imports of a text as CPython reads the text: a lone `\r` ends a line, names compare after NFKC.
 * Where the grammar rejects the text, everything that looks like an import counts as well.
 */
function parse(source: Source, parser: BoundedParser): Parsed {
  const python = pythonOf(source);
  const text = readable(python.text);
  const code = readWith(parser, text, source.dialect);
  const metadata = scriptMetadata(text);
  const broken = unreadable(python.text) ?? code.broken ?? brokenMetadata(metadata.broken);
  const imports = [...code.imports, ...metadata.imports, ...python.commands];
  return {
    imports: imports.sort((one, other) => one.span.start - other.span.start),
    broken: python.doubtful ? null : broken,
  };
}

/** Line breaks as the grammar knows them, and no null bytes, where it would stop. Offsets stay the same. */
function readable(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', ' ');
}

/** Longer texts take the parser gigabytes of memory. In UTF-16 code units. */
const LONGEST = 4 * 1024 * 1024;

/** Reads the tree of a text; that of a repaired text, if the text itself has none without errors and that has one. */
function readWith(parser: BoundedParser, text: string, dialect: string): Parsed {
  if (text.length > LONGEST) return givenUp(text);
  const allowance = allowanceFor(text);
  const first = parser.withTree(withShortRows(text), allowance, (tree) => {
    return tree && { parsed: read({ tree, repaired: false, text, dialect }), hasError: tree.rootNode.hasError };
  });
  if (first === null) return givenUp(text);
  if (!first.hasError) return first.parsed;
  for (const variant of repairsOf(text)) {
    const repaired = parser.withTree(withShortRows(variant), allowance, (tree) => {
      return tree?.rootNode.hasError === false ? read({ tree, repaired: true, text, dialect }) : null;
    });
    if (repaired !== null) return repaired;
  }
  return first.parsed;
}

/** What can be said of a text that takes the parser too long: a measure of the text, not of the machine. */
function givenUp(text: string): Parsed {
  const message = 'it takes the parser more steps than a text of this length may take';
  return { imports: possibleImports(text), broken: { message, offset: 0, approximate: true } };
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
function read({ tree, repaired, text, dialect }: Reading): Parsed {
  const root = tree.rootNode;
  const parts = partsOf(root);
  const loads = mentionsLoader(text) || mayDisguise(text) ? loaderCalls(root, dialect, parts) : [];
  const calls = mentionsShell(text) ? [...loads, ...shellCalls(root)] : loads;
  const found = parts.filter(({ node }) => importStatement.test(node.type) && !node.hasError);
  const starts = new Set([...candidatesOf(text)].map(({ offset }) => offset));
  const statements = found.filter(({ node }) => starts.has(node.startIndex)).flatMap(importsOf);
  if (!root.hasError) {
    const odd = repaired ? undefined : found.find(({ node }) => !starts.has(node.startIndex));
    const broken = odd && { message: 'invalid syntax', offset: odd.node.startIndex, approximate: false };
    return { imports: [...statements, ...calls], broken: broken ?? null };
  }
  const seen = new Set([...statements, ...calls].map(({ span }) => span.start));
  const missed = possibleImports(text).filter(({ span }) => !seen.has(span.start));
  return { imports: [...statements, ...calls, ...missed], broken: errorOf(root, missed.length > 0) };
}

const importStatement = /^(?:future_)?import_(?:from_)?statement$/;

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
