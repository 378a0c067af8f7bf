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
      return (await import('./checked-yaml.ts')).readYaml(text);
    case 'toml': {
      const tree = await (await import('./toml.ts')).readToml(text);
      // Its library also refuses keys that stand twice, which would be told again.
      return inWords(tree.broken.length === 0 ? tree : { ...tree, root: undefined });
    }
  }
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

function problemOf({ grammar, message, offset: at }: GrammarError): Problem {
  if (grammar === null) return tooDeepAt(at);
  const words = grammar === 'JSON' ? message.toLowerCase() : message;
  return { at, message: `not valid ${grammar}: ${words}`, next: advice[grammar], breaks: true };
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
