import { readJson } from '../../../documents/jsonc.ts';
import { member } from '../../../documents/values.ts';
import { folderOf, inFolder, joinPath } from '../../../text/paths.ts';
import { builtModules } from './built-modules.ts';
import type { HostRoot, ModuleFiles, OwnModules } from './module-files.ts';

/** Files of MicroPython that say what goes into its firmware: manifests for Python, and makefiles for C. */
export const MICROPYTHON_BUILD = /(?:^|\/)(?:manifest(?:_\w+)?\.py|micropython\.(?:cmake|mk))$/;

/** The files that are known, of hosts that find modules where Python itself would not. */
export const moduleFiles: readonly ModuleFiles[] = [
  ...builtModules,
  {
    host: 'MicroPython',
    files: /(?:^|\/)manifest(?:_\w+)?\.py$/,
    read: ({ path, text }) => ({
      ...rootsOnly(frozenFolders(path, text).map((folder) => everywhere(folder))),
      isCopied: /^[ \t]*(?:require|package|module|freeze|include)\(/m.test(text),
    }),
    source: 'https://docs.micropython.org/en/latest/reference/manifest.html',
    date: '2026-11-29',
  },
  {
    host: 'MicroPython',
    files: /(?:^|\/)package\.json$/,
    besides: /\.py$/,
    read: ({ path, text }) => rootsOnly(copiedFiles(path, text)),
    source: 'https://docs.micropython.org/en/latest/reference/packages.html',
    date: '2026-11-29',
  },
  {
    host: 'MicroPython',
    files: /\.(?:c|cc|cpp|cxx)$/,
    besides: MICROPYTHON_BUILD,
    // A firmware has a file for each of its modules.
    most: 1_000,
    read: ({ text }) => ({
      roots: [],
      modules: [...text.matchAll(/^[ \t]*MP_REGISTER_MODULE\(\s*MP_QSTR_(\w+)/gm)].flatMap(
        ([, module]) => module ?? [],
      ),
    }),
    source: 'https://docs.micropython.org/en/latest/develop/cmodules.html',
    date: '2026-11-29',
  },
  {
    host: 'StackStorm',
    files: /(?:^|\/)pack\.yaml$/,
    read: ({ path }) => {
      const scope = folderOf(path);
      const folders = ['actions', 'actions/lib', 'sensors', 'lib'];
      return rootsOnly(folders.map((folder) => ({ folder: inFolder(scope, folder), prefix: '', scope })));
    },
    source: 'https://docs.stackstorm.com/reference/packs.html',
    date: '2026-11-29',
  },
  {
    host: 'Bazel',
    files: /(?:^|\/)(?:MODULE\.bazel|WORKSPACE(?:\.bazel)?)$/,
    read: ({ path, text }) => {
      const folder = folderOf(path);
      // What stands beside a module of Bazel may depend on it.
      const scope = folderOf(folder);
      const name = /^(?:module|workspace)\(\s*name\s*=\s*["'](\w+)["']/m.exec(text)?.[1];
      const roots = [{ folder, prefix: '', scope }];
      return rootsOnly(name === undefined ? roots : [...roots, { folder, prefix: name, scope }]);
    },
    source: 'https://bazel.build/reference/be/python#py_library.imports',
    date: '2026-11-29',
  },
  {
    host: 'Sublime Text',
    files: /(?:^|\/)[A-Za-z_]\w*\.sublime-settings$/,
    // A package is imported by the name of its folder, which is that of its settings.
    read: ({ path }) => {
      const folder = folderOf(path);
      const name = path.slice(folder === '' ? 0 : folder.length + 1, -'.sublime-settings'.length);
      return rootsOnly([{ folder, prefix: name, scope: folder }]);
    },
    source: 'https://docs.sublimetext.io/guide/extensibility/packages.html',
    date: '2026-11-29',
  },
  {
    host: 'Sublime Text',
    files: /(?:^|\/)pyproject\.toml$/,
    besides: /\.sublime-(?:commands|menu|keymap|settings)$/,
    read: ({ path, text }) => {
      const scope = folderOf(path);
      const name = /^\[project\][^[]*?^name[ \t]*=[ \t]*["']([A-Za-z_]\w*)["']/m.exec(text)?.[1];
      return rootsOnly(name === undefined ? [] : [{ folder: scope, prefix: name, scope }]);
    },
    source: 'https://docs.sublimetext.io/guide/extensibility/packages.html',
    date: '2026-11-29',
  },
];

function rootsOnly(roots: readonly HostRoot[]): OwnModules {
  return { roots, modules: [] };
}

function everywhere(folder: string, prefix = ''): HostRoot {
  return { folder, prefix, scope: '' };
}

/** @returns The folders from which a manifest takes modules, inside the repository. */
function frozenFolders(path: string, text: string): readonly string[] {
  const folders = [
    ...[...text.matchAll(/^[ \t]*freeze(?:_as_mpy|_as_str)?\(\s*["']([^"'\n]*)["']/gm)].map(
      ([, each]) => each,
    ),
    ...[...text.matchAll(/^[ \t]*(?:module|package)\(([^()\n]*(?:\([^()]*\)[^()\n]*)?)\)/gm)].map(
      ([, parameters = '']) => /\bbase_path\s*=\s*["']([^"'\n]*)["']/.exec(parameters)?.[1] ?? '.',
    ),
  ];
  return folders.flatMap((folder = '.') => {
    const relative = folder.replace(/^\$\(BOARD_DIR\)\/?/, './');
    return /^[$/]/.test(relative) ? [] : (joinPath(folderOf(path), relative) ?? []);
  });
}

/** @returns Where the files lie that a package of mip copies to a board. */
function copiedFiles(path: string, text: string): readonly HostRoot[] {
  const urls = member(readJson(text), 'urls');
  if (!Array.isArray(urls)) return [];
  return urls.flatMap((pair: unknown) => {
    if (!Array.isArray(pair)) return [];
    const target: unknown = pair[0];
    const url: unknown = pair[1];
    if (typeof target !== 'string' || typeof url !== 'string' || !target.endsWith('.py')) return [];
    const [, hosted] = /^(?:github|gitlab):[^/]+\/[^/]+\/(.+)$/.exec(url) ?? [];
    const file = hosted ?? (url.includes(':') ? undefined : joinPath(folderOf(path), url));
    if (file === undefined) return [];
    if (file === target || file.endsWith(`/${target}`))
      return [everywhere(file.slice(0, -target.length).replace(/\/$/, ''))];
    return file.endsWith('.py')
      ? [
          everywhere(
            file.slice(0, -3),
            target
              .slice(0, -3)
              .replace(/\/__init__$/, '')
              .replaceAll('/', '.'),
          ),
        ]
      : [];
  });
}
