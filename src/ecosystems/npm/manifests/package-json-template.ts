import type { ManifestContents } from '../../../model/manifest.ts';
import { read as readPackageJson } from './package-json.ts';

/** Reads what generators make a package.json of. It declares packages, and is none itself: nothing bears its name yet. */
export async function read(text: string): Promise<ManifestContents> {
  return { ...(await readPackageJson(text)), defines: null, members: [] };
}
