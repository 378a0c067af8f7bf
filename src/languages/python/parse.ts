import type { Node, Tree } from 'web-tree-sitter';
import type { Parsed, Rejection, Source, SynchronousParser } from '../../model/language.ts';
import { doubtAt, doubtOfAll } from '../shared/doubts.ts';
import { loadInstalls, loadWords, type ReadInstalls, type ReadWords } from '../shared/installs.ts';
import { allowanceFor } from '../shared/steps.ts';
import { loadTreeSitter, type BoundedParser } from '../shared/tree-sitter.ts';
import { isWithin } from '../../text/spans.ts';
import { partsOf } from './blocks.ts';
import { candidatesOf } from './candidates.ts';
import { foreignEncoding } from './encoding.ts';
import { importsOf } from './import-nodes.ts';
import { shellCalls } from './ipython-calls.ts';
import { mentionsShell, pythonOf } from './ipython.ts';
import { possibleImports } from './lenient.ts';
import { mayDisguise, mentionsLoader } from './loader-tokens.ts';
import { loaderCalls } from './loaders.ts';
import { movedImport, movedOffset } from './pieces.ts';
import { withoutPrompts } from './prompts.ts';
import { repairsOf } from './repairs.ts';
import { GRAMMAR } from './grammar.ts';
import { doubtsIn, glance } from './glance.ts';
import { isQuotedIn } from './logical-lines.ts';
import { withShortRows } from './rows.ts';
import { scriptMetadata } from './script-metadata.ts';
import { sessionCommands } from './session-commands.ts';
import { mentionsSession } from './session-mentions.ts';

/** Why a text is no program; what may stand in it besides is added at the end. */
type Broken = Omit<Rejection, 'doubts'> | null;

interface Code {
  readonly imports: Parsed['imports'];
  readonly broken: Broken;
}

/** What reads the Python of a source, and its commands. */
interface Readers extends CommandReaders {
  readonly parser: BoundedParser;
}

/** What reads commands: a text of them, and the words of one. */
interface CommandReaders {
  readonly readInstalls: ReadInstalls;
  readonly readWords: ReadWords;
}

/** Loads tree-sitter with the grammar of Python, and what reads commands; cheap after the first call. */
export async function loadParser(): Promise<SynchronousParser> {
  const [parser, readInstalls, readWords] = await Promise.all([
    loadTreeSitter(GRAMMAR),
    loadInstalls(),
    loadWords(),
  ]);
  return { parse: (source) => parse(source, { parser, readInstalls, readWords }), glance };
}

/** Reads a cell as IPython does, without its prompts; what is found stands where it is written. */
function parse(source: Source, readers: Readers): Parsed {
  const { source: code, pieces } = withoutPrompts(source);
  const parsed = parseCode(code, readers);
  if (pieces.length === 0) return parsed;
  const { broken } = parsed;
  const move = (imports: Parsed['imports']) => imports.map((each) => movedImport(each, pieces));
  return {
    imports: move(parsed.imports),
    broken: broken && {
      ...broken,
      offset: movedOffset(broken.offset, pieces),
      doubts: move(broken.doubts),
    },
  };
}

/**
 * Reads the imports of a text as CPython reads the text: a lone `\r` ends a line, names compare after NFKC.
 * Where the grammar rejects the text, everything that looks like an import counts as well.
 */
function parseCode(source: Source, readers: Readers): Parsed {
  const python = pythonOf(source, readers.readInstalls);
  const text = readable(python.text);
  const complete = readWith(readers, text, source.dialect);
  const code = complete ?? givenUp(text);
  const metadata = scriptMetadata(text);
  const broken = unreadable(python.text) ?? code.broken ?? brokenMetadata(metadata.broken);
  // Nobody runs a stub: what it imports is for type checkers (https://typing.python.org/en/latest/spec/distributing.html).
  const codeImports =
    source.dialect === 'pyi'
      ? code.imports.map((item) => ({ ...item, kind: 'type' as const }))
      : code.imports;
  const imports = [...codeImports, ...metadata.imports, ...python.commands];
  imports.sort((first, second) => first.span.start - second.span.start);
  if (python.doubtful || broken === null) return { imports, broken: null };
  const doubts = untold(doubtsIn(source, isQuotedIn(text)), imports, text);
  const unread = complete === undefined ? [doubtOfAll(broken.message)] : [];
  return { imports, broken: { ...broken, doubts: [...unread, ...doubts] } };
}

/** @returns The doubts whose lines hold no import that is told as unclear. */
function untold(doubts: Rejection['doubts'], imports: Parsed['imports'], text: string): Rejection['doubts'] {
  const unclear = imports.filter(({ target }) => target.kind === 'unclear');
  const lineStarts = new Set(unclear.map(({ span }) => doubtAt(text, span.start).span.start));
  return doubts.filter(({ span }) => !lineStarts.has(span.start));
}

/** Line breaks as the grammar knows them, and no null bytes, where it would stop. Offsets stay the same. */
function readable(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', ' ');
}

/**
 * Reads the tree of a text; that of a repaired text, if the text itself has none without errors and that has one.
 *
 * @returns undefined where the text takes the parser too many steps.
 */
function readWith({ parser, ...readers }: Readers, text: string, dialect: string): Code | undefined {
  const allowance = allowanceFor(text);
  const first = parser.withTree(withShortRows(text), allowance, (tree) => {
    return (
      tree && {
        code: read({ tree, repaired: false, text, dialect, readers }),
        hasError: tree.rootNode.hasError,
      }
    );
  });
  if (first === null) return undefined;
  if (!first.hasError) return first.code;
  for (const variant of repairsOf(text)) {
    const repaired = parser.withTree(withShortRows(variant), allowance, (tree) => {
      return tree?.rootNode.hasError === false
        ? read({ tree, repaired: true, text, dialect, readers })
        : null;
    });
    if (repaired?.broken === null) return repaired;
  }
  return first.code;
}

/** What can be said of a text that takes the parser too long: a measure of the text, not of the machine. */
function givenUp(text: string): Code {
  const message = 'parsing takes too many steps for a file of this length';
  return {
    imports: possibleImports(text),
    broken: { message, offset: 0, cause: 'bound', approximate: true },
  };
}

interface Reading {
  readonly tree: Tree;
  /** The tree is that of a repaired text. */
  readonly repaired: boolean;
  readonly text: string;
  readonly dialect: string;
  readonly readers: CommandReaders;
}

/**
 * `import` is a reserved word: in a tree without errors it starts or continues an import statement. The grammar lets
 * it go on in the next line, where Python's own ends it: nothing runs a file that is written so. Where Python's tokens
 * show a statement that the tree has not, the tree is that of another text.
 */
function read({ tree, repaired, text, dialect, readers }: Reading): Code {
  const root = tree.rootNode;
  const parts = partsOf(root);
  const loads = mentionsLoader(text) || mayDisguise(text) ? loaderCalls(root, dialect, parts) : [];
  const calls = [...loads, ...installCalls(root, text, readers)];
  const nodes = parts.filter(({ node }) => importStatement.test(node.type) && !node.hasError);
  const starts = new Set([...candidatesOf(text)].map(({ offset }) => offset));
  const statements = nodes.filter(({ node }) => starts.has(node.startIndex)).flatMap(importsOf);
  const isQuoted = whenAsked(() => isQuotedIn(text));
  const spans = nodes.map(({ node: { startIndex, endIndex } }) => ({ start: startIndex, end: endIndex }));
  spans.sort((first, second) => first.start - second.start);
  const hidden = [...starts].find((start) => !isWithin(start, spans) && !isQuoted(start));
  if (!root.hasError && hidden === undefined) {
    const odd = repaired ? undefined : nodes.find(({ node }) => !starts.has(node.startIndex));
    const broken = odd && errors('invalid syntax', odd.node.startIndex, false);
    return { imports: [...statements, ...calls], broken: broken ?? null };
  }
  const importStarts = new Set([...statements, ...calls].map(({ span }) => span.start));
  // The quote of a loader's argument stands before its span.
  const missed = possibleImports(text).filter(
    ({ span }) => !importStarts.has(span.start) && !isQuoted(span.start - 1),
  );
  const literals = new Set(missed.map(({ span }) => span.start));
  const certainCalls = calls.filter(({ target, span }) => {
    return target.kind !== 'unclear' || !literals.has(startOfArgument(text, span.end) ?? -1);
  });
  const broken = root.hasError
    ? errorOf(root, missed.length > 0)
    : errors('invalid syntax', hidden ?? 0, true);
  return { imports: [...statements, ...certainCalls, ...missed], broken };
}

/** What the calls of a program install: of IPython's shell, and of a session of nox. */
function installCalls(
  root: Node,
  text: string,
  { readInstalls, readWords }: CommandReaders,
): Parsed['imports'] {
  const shell = mentionsShell(text) ? shellCalls(root, readInstalls) : [];
  const sessions = mentionsSession(text) ? sessionCommands(root).flatMap(readWords) : [];
  return [...shell, ...sessions];
}

/** @returns The same test, which is made when it is asked for the first time. */
function whenAsked(make: () => (offset: number) => boolean): (offset: number) => boolean {
  let test: ReturnType<typeof make> | undefined;
  return (offset) => (test ??= make())(offset);
}

/** @returns Where the text of a string begins that is the first argument of what ends here: in an error they come apart. */
function startOfArgument(text: string, end: number): number | undefined {
  argument.lastIndex = end;
  return argument.test(text) ? argument.lastIndex : undefined;
}

const argument = /[ \t]*\([ \t]*[A-Za-z]{0,2}(?:'''|"""|['"])/y;

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
  return errors(message, error.startIndex, approximate || openString);
}

function errors(message: string, offset: number, approximate: boolean): NonNullable<Broken> {
  return { message, offset, cause: 'errors', approximate };
}

/** What CPython refuses before it looks at the syntax, or this tool can't see through. */
function unreadable(text: string): Broken {
  const encoding = foreignEncoding(text);
  if (encoding !== undefined) {
    const message = `the encoding ${encoding} is not read here: save the file as UTF-8`;
    return errors(message, 0, true);
  }
  const offset = text.indexOf('\0');
  return offset < 0 ? null : errors('source code cannot contain null bytes', offset, true);
}

function brokenMetadata(broken: { readonly message: string; readonly offset: number } | null): Broken {
  return broken === null ? null : errors(broken.message, broken.offset, false);
}
