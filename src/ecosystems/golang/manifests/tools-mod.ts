import type { ManifestContents } from '../../../model/manifest.ts';
import { read as readGoMod } from './go-mod.ts';

/**
 * Reads what `-modfile` puts in the place of go.mod: https://go.dev/ref/mod#build-commands
 *
 * @returns Its lines; the module that it names has its folder's own go.mod.
 */
export async function read(text: string): Promise<ManifestContents> {
  return { ...(await readGoMod(text)), defines: null };
}
