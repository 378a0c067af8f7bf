import { tooDeepAt, whyNotParse, withoutSpans, type TreeRead } from './checked.ts';
import type { Tree } from './document.ts';

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
    case 'toml':
      return (await import('./checked-toml.ts')).readToml(text);
  }
}

function inWords({ root, broken }: Tree): TreeRead {
  const problems = broken.map(({ grammar, message, offset: at }) =>
    grammar === null
      ? tooDeepAt(at)
      : {
          at,
          breaks: true as const,
          message: `not valid JSON: ${message.toLowerCase()}`,
          next: 'Correct the line; most JSON mistakes are a comma too many or a missing quote.',
        },
  );
  return { root: root === undefined ? null : withoutSpans(root), problems };
}
