import type { Folders } from './folders.ts';
import { lineOfKey } from '../../../documents/jsonc.ts';
import type { MappingSource } from './lead.ts';
import { packagePart } from './names.ts';

/**
 * A package may import itself by its name if it has `exports`; without them the name leads to
 * node_modules. https://nodejs.org/api/packages.html#self-referencing-a-package-using-its-name
 */
export function ownNameSource(folders: Folders): MappingSource {
  return async ({ file, specifier }) => {
    const [manifest] = await folders.packages(file);
    if (!manifest?.hasExports || manifest.name !== packagePart(specifier)) return [];
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
