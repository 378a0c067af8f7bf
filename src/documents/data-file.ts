import { deepest, tooDeepAt, whyNotParse, withoutSpans, type Problem, type TreeRead } from './checked.ts';
import type { GrammarError, Node, Tree } from './document.ts';

/** The formats that a config may have. */
export type DataFormat = 'json' | 'yaml' | 'toml';

/** Reads a data file of any format as a tree. Loads the format's library on the first call. */
export async function readDataFile(format: DataFormat, text: string): Promise<TreeRead> {
  const early = whyNotParse(text);
  if (early !== undefined) return { root: null, problems: [early] };
  switch (format) {
    case 'json':
      return inWords(await (await import('./json.ts')).readJson(text, 'strict'));
    case 'yaml':
      return await readPlainYaml(text);
    case 'toml': {
      const tree = await (await import('./toml.ts')).readToml(text);
      // Its library also refuses keys that stand twice, which would be told again.
      return inWords(tree.broken.length === 0 ? tree : { ...tree, root: undefined });
    }
  }
}

async function readPlainYaml(text: string): Promise<TreeRead> {
  const unprintableCharacter = unprintableIn(text);
  if (unprintableCharacter !== undefined) return { root: null, problems: [unprintableCharacter] };
  const { refused, ...tree } = await (await import('./yaml.ts')).readYaml(text, 'refuse');
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

function inWords({ root, broken }: Tree): TreeRead {
  if (root !== undefined && depthOf(root) > deepest) return { root: null, problems: [tooDeepAt(0)] };
  return { root: root === undefined ? null : withoutSpans(root), problems: broken.map(problemOf) };
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
    const inner =
      node.kind === 'table' ? node.entries.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
    for (const value of inner) open.push({ node: value, depth: depth + 1 });
  }
  return most;
}
