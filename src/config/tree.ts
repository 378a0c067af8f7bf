import type { TreeRead } from '../text/tree.ts';
import { whyNotParse } from '../text/tree.ts';

/** The formats that a config may have. */
export type ConfigFormat = 'json' | 'yaml' | 'toml';

/** Reads a data file of any format as a tree. Loads the format's library on the first call. */
export async function readTree(format: ConfigFormat, text: string): Promise<TreeRead> {
  const early = whyNotParse(text);
  if (early !== undefined) return { root: null, problems: [early] };
  switch (format) {
    case 'json':
      return (await import('./json.ts')).readJson(text);
    case 'yaml':
      return (await import('../text/yaml.ts')).readYaml(text);
    case 'toml':
      return (await import('./toml.ts')).readToml(text);
  }
}
