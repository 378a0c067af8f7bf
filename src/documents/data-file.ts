import { LONGEST_DATA, tooLong } from '../text/longest.ts';
import { valuesIn, type GrammarError, type Node, type Tree } from './document.ts';
import type { Problem } from './problems.ts';

/** The formats that a config may have. */
export type DataFormat = 'json' | 'yaml' | 'toml';

/** What a file says, and everything that is wrong with it. `root` is undefined where the file holds nothing. */
export interface DataFile {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a data file of any format as a tree. Loads the format's library on the first call. */
export async function readDataFile(format: DataFormat, text: string): Promise<DataFile> {
  const early = whyNotParse(text);
  if (early !== undefined) return { root: undefined, problems: [early] };
  switch (format) {
    case 'json':
      return inWords(await (await import('./json.ts')).readJson(text, 'strict'));
    case 'yaml':
      return await readPlainYaml(text);
    case 'toml':
      return ofToml(await (await import('./toml.ts')).readToml(text));
  }
}

/** The library of TOML also refuses keys that stand twice, which would be told again of what was read. */
function ofToml(tree: Tree): DataFile {
  const { root, problems } = inWords(tree);
  if (problems.length > 0) return { root: undefined, problems };
  return root && depthOf(root) > deepest ? { root: undefined, problems: [tooDeepAt(0)] } : { root, problems };
}

async function readPlainYaml(text: string): Promise<DataFile> {
  const unprintableCharacter = unprintableIn(text);
  if (unprintableCharacter !== undefined) return { root: undefined, problems: [unprintableCharacter] };
  const { refused, ...tree } = await (await import('./yaml.ts')).readYaml(text, { aliases: 'refuse' });
  const { root, problems } = inWords(tree);
  return { root, problems: [...problems, ...refused] };
}

/** Characters that YAML 1.2 (section 5.1) excludes, and a lone CR, which hides text from readers of lines. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;

function unprintableIn(text: string): Problem | undefined {
  const odd = unprintable.exec(text);
  if (odd === null) return undefined;
  const code = odd[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
  return { at: odd.index, message: `the control character U+${code} is not allowed`, next: 'Delete it.' };
}

const advice = {
  JSON: 'Correct the line; most JSON mistakes are a comma too many or a missing quote.',
  TOML: 'Correct the line; strings in TOML need quotation marks.',
  YAML: 'Correct the line; most YAML mistakes are indentation or a missing quote.',
} as const;

function inWords({ root, broken }: Tree): DataFile {
  return { root, problems: broken.map(problemOf) };
}

function problemOf({ grammar, message, offset: at, isWarning }: GrammarError): Problem {
  if (grammar === null) return tooDeepAt(at);
  const words = grammar === 'JSON' ? message.toLowerCase() : message;
  const problem = { at, message: `not valid ${grammar}: ${words}`, next: advice[grammar] };
  return isWarning === true ? problem : { ...problem, breaks: true };
}

/** Dots in a key of TOML nest without brackets, and as deeply as the text is long. */
function depthOf(root: Node): number {
  const open = [{ node: root, depth: 0 }];
  let most = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    most = Math.max(most, depth);
    for (const value of valuesIn(node)) open.push({ node: value, depth: depth + 1 });
  }
  return most;
}

/** Levels of nesting that are handed to a parser. Our files need five. */
const deepest = 100;

/**
 * Why a text should not be handed to any parser: conflict markers, which are no mistake of grammar, and
 * nesting so deep that recursive parsers run out of stack, where Node may abort the whole process.
 *
 * @returns The problem, or undefined where the text may be parsed.
 */
function whyNotParse(text: string): Problem | undefined {
  if (text.length > LONGEST_DATA) return { at: 0, message: tooLong, next: 'Split it, or shorten it.' };
  const conflict = conflictMarker(text);
  if (conflict !== undefined) {
    const message = 'the file holds git’s conflict markers';
    return { at: conflict, message, next: 'Resolve the conflict: keep the lines of both sides that count.' };
  }
  const at = tooDeep(text);
  return at === undefined ? undefined : tooDeepAt(at);
}

function tooDeepAt(at: number): Problem {
  return { at, message: `the file is nested more than ${deepest} levels deep`, next: 'Nest less deeply.' };
}

/** Counts brackets wherever they stand but on a line that is a comment, rows of `- - -`, and spaces before a line. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/(?<![^\n])[ \t]*#[^\n]*|[[\]{}]/g)) {
    if (bracket.length > 1 || bracket === '#') continue;
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(depth - 1, 0);
    if (depth > deepest) return index;
  }
  return /^ {400}(?! *#)|^ *(?:[-?:] +){100}/m.exec(text)?.index;
}

/**
 * Where a text holds the marks that git leaves in a conflicted file
 * (https://git-scm.com/docs/git-merge#_how_conflicts_are_presented), or undefined. A row of `=` alone is
 * no mark: it underlines headings in comments.
 */
function conflictMarker(text: string): number | undefined {
  return /^(?:<{7}|>{7})(?= |\r?$)/m.exec(text)?.index;
}
