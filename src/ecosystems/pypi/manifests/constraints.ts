import type { ManifestContents } from '../../../model/manifest.ts';
import { read as readRequirements } from './requirements.ts';

/**
 * Reads a constraints file of pip (https://pip.pypa.io/en/stable/user_guide/#constraints-files). It installs
 * nothing, so its versions declare nothing; a URL in it says where a package comes from all the same.
 */
export async function read(text: string): Promise<ManifestContents> {
  const contents = await readRequirements(text);
  return {
    ...contents,
    dependencies: contents.dependencies.filter(({ source }) => source.kind === 'foreign'),
  };
}
