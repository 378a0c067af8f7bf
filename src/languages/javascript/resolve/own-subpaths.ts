import { readJson } from '../../../documents/jsonc.ts';
import { asText, member, members } from '../../../documents/values.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';
import { conditionsOf, OUTPUT } from './imports-field.ts';
import { bestKeys } from './lead.ts';
import { packagePart } from './names.ts';
import type { Reader } from './reader.ts';

/**
 * A specifier of a package of the project may name a part of it: what `exports` has for it under any condition, or a file of
 * its folder (https://nodejs.org/api/packages.html#subpath-exports).
 *
 * @param file The package.json that the specifier leads to.
 * @returns The paths that the part may be at, from the root; none where the specifier names the package itself, or another.
 */
export async function pathsOfSubpath(
  file: string,
  specifier: string,
  reader: Reader,
): Promise<readonly string[]> {
  const name = packagePart(specifier);
  const subpath = specifier.slice(name.length + 1);
  if (subpath === '' || !specifier.startsWith(`${name}/`) || subpath.endsWith('/')) return [];
  const json = readJson((await reader.text(file)) ?? '');
  if (asText(member(json, 'name')) !== name) return [];
  const exported = exportedAs(member(json, 'exports'), subpath);
  const targets = [...exported, `./${subpath}`, `./src/${subpath}`].flatMap((target) => [
    target,
    target.replace(OUTPUT, './src/'),
  ]);
  const paths = targets.flatMap((target) => [target, target.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')]);
  return [...new Set(paths.flatMap((path) => joinPath(folderOf(file), path) ?? []))];
}

function exportedAs(exports: unknown, subpath: string): readonly string[] {
  const entries = members(exports).filter(([key]) => key.startsWith('.'));
  const entry = `./${subpath}`;
  const [best] = bestKeys(entries, entry);
  if (best !== undefined)
    return conditionsOf(best.value, 0).map((target) => target.replaceAll('*', () => best.star));
  const folder = entries.find(([key]) => key.endsWith('/') && entry.startsWith(key));
  if (folder === undefined) return [];
  return conditionsOf(folder[1], 0).map((target) => target + entry.slice(folder[0].length));
}
