import type { Folders } from './folders.ts';
import { lineOfKey } from '../../../documents/jsonc.ts';
import type { MappingSource } from './lead.ts';
import { packagePart } from './names.ts';

/**
 * A package may import itself by its name if it has `exports`
 * (https://nodejs.org/api/packages.html#self-referencing-a-package-using-its-name). Without them the name leads to
 * node_modules, where links and test runners put the package itself: nobody else can publish in its scope. A name
 * without scope may be anybody's, and so may one that is declared as a dependency.
 */
export function ownNameSource(folders: Folders): MappingSource {
  return async ({ file, specifier }) => {
    const manifests = await folders.packages(file);
    const [manifest] = manifests;
    const name = packagePart(specifier);
    if (manifest?.name !== name) return [];
    const isForeign = !name.startsWith('@') || manifests.some(({ dependencies }) => dependencies.has(name));
    if (!manifest.hasExports && isForeign) return [];
    return [
      {
        file: manifest.file,
        key: 'name',
        line: () => lineOfKey(manifest.source, 'name'),
        targets: [{ kind: 'path', path: manifest.file }],
        weight: 'alias',
      },
    ];
  };
}
