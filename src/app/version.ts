import { readFileSync } from 'node:fs';
import { TOOL } from '../model/tool.ts';

/**
 * This tool's version, from its own package.json. The file stands two folders above this one in the
 * sources, and one above the bundle.
 */
export const version: string = readVersion([
  new URL('../../package.json', import.meta.url),
  new URL('../package.json', import.meta.url),
]);

function readVersion(places: readonly URL[]): string {
  for (const place of places) {
    const packageVersion = versionIn(place);
    if (packageVersion !== null) return packageVersion;
  }
  throw new Error(`the package.json of ${TOOL} is missing: install it again`);
}

function versionIn(place: URL): string | null {
  try {
    const data: unknown = JSON.parse(readFileSync(place, 'utf8'));
    const ours = typeof data === 'object' && data !== null && 'name' in data && data.name === TOOL;
    return ours && 'version' in data && typeof data.version === 'string' ? data.version : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
