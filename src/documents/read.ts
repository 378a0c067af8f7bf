import type { TreeRead } from './checked.ts';
import { whyNotParse } from './checked.ts';

/** The formats that a config may have. */
export type ConfigFormat = 'json' | 'yaml' | 'toml';

/** Reads a data file of any format as a tree. Loads the format's library on the first call. */
export async function readTree(format: ConfigFormat, text: string): Promise<TreeRead> {
  const early = whyNotParse(text);
  if (early !== undefined) return { root: null, problems: [early] };
  switch (format) {
    case 'json':
      return (await import('./checked-json.ts')).readJson(text);
    case 'yaml':
      return (await import('./checked-yaml.ts')).readYaml(text);
    case 'toml':
      return (await import('./checked-toml.ts')).readToml(text);
  }
}
