import { readJson } from '../../../documents/jsonc.ts';
import { asText, member } from '../../../documents/values.ts';
import type { Folders } from './folders.ts';
import type { MappingSource } from './lead.ts';
import { packagePart } from './names.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';
import { configurationsAt, type PackageFiles } from './tsconfig.ts';

/**
 * Finds the configuration that `extends` takes from a package of the repository: `@acme/tsconfig/base.json`.
 * https://www.typescriptlang.org/tsconfig/#extends
 *
 * @param packages What leads the name of a package to its folder.
 */
export function packageConfigurations(packages: readonly MappingSource[], folders: Folders): PackageFiles {
  return async (specifier, file) => {
    for (const source of packages) {
      for (const { targets } of await source({ file, specifier })) {
        const [target] = targets;
        if (target?.kind !== 'path' || target.path === undefined) continue;
        const folder = target.path.endsWith('package.json') ? folderOf(target.path) : target.path;
        return configurationsIn(folder, specifier.slice(packagePart(specifier).length + 1), folders);
      }
    }
    return [];
  };
}

/** By `exports` where they name it, else by its path; the package alone stands for its `tsconfig` or tsconfig.json. */
async function configurationsIn(
  folder: string,
  subpath: string,
  folders: Folders,
): Promise<readonly string[]> {
  const manifest = await folders.package(joinPath(folder, 'package.json') ?? '');
  const json = readJson(manifest?.source ?? '');
  const entry = subpath === '' ? '.' : `./${subpath}`;
  const named = [member(member(json, 'exports'), entry), subpath === '' && member(json, 'tsconfig')];
  return [...named.flatMap((path) => asText(path) ?? []), subpath].flatMap((path) => {
    const target = joinPath(folder, path);
    return target === undefined
      ? []
      : configurationsAt(target === folder ? `${folder}/tsconfig.json` : target);
  });
}
