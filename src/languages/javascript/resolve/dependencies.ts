import type { Folders } from './folders.ts';
import { lineOfKey } from '../../../documents/jsonc.ts';
import type { MappingSource, Target } from './lead.ts';
import { nameBeforeVersion } from '../../../ecosystems/npm/names.ts';
import { joinPath } from '../../../text/paths.ts';
import { packagePart } from './names.ts';

/**
 * What the nearest package.json that declares a dependency says of its source, where that is not the
 * registry's package of the same name: an alias (`npm:`), or a folder (`link:`, `portal:`, `file:`,
 * `workspace:` with a path). https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies,
 * https://yarnpkg.com/protocols, https://pnpm.io/workspaces
 */
export function dependencySource(folders: Folders): MappingSource {
  return async ({ file, specifier }) => {
    const name = packagePart(specifier);
    const manifests = await folders.packages(file);
    const manifest = manifests.find(({ dependencies }) => dependencies.has(name));
    if (!manifest) return [];
    const target = targetOf(
      manifest.dependencies.get(name) ?? '',
      manifests.map(({ folder }) => folder),
      manifest.folder,
    );
    if (!target) return [];
    const line = () => lineOfKey(manifest.source, name);
    const weight = target.kind === 'path' ? 'alias' : 'binding';
    return [{ file: manifest.file, key: name, line, targets: [target], weight }];
  };
}

function targetOf(range: string, manifestFolders: readonly string[], folder: string): Target | undefined {
  if (/^\s*npm:/i.test(range)) {
    const name = nameBeforeVersion(range.slice(range.indexOf(':') + 1).trim());
    return name === undefined ? undefined : { kind: 'specifier', specifier: `npm:${name}` };
  }
  const [, protocol, path = ''] = /^(?:(link|portal|file|workspace):)?(.*)$/s.exec(range) ?? [];
  if (protocol === undefined && !/^\.{1,2}\//.test(path)) return undefined;
  if (/\.(?:tgz|tar\.gz)$/.test(path)) return undefined;
  if (protocol !== 'workspace') return { kind: 'path', path: joinPath(folder, path) };
  // Yarn's paths start from the workspace's root, which is the outermost package.json.
  const isPath = /^\.{1,2}\//.test(path) || (path.includes('/') && !path.startsWith('@'));
  const base = path.startsWith('.') ? folder : (manifestFolders.at(-1) ?? '');
  return isPath ? { kind: 'path', path: joinPath(base, path) } : undefined;
}
