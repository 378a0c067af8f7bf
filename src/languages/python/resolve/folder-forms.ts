import { member, members, textsOf } from '../../../documents/values.ts';
import { editedPaths } from './path-edits.ts';
import type { DeclaredFolder } from './roots.ts';
import { folderOf } from './roots.ts';

/** How a setting names folders. */
export type Form =
  /** Each string is a root. */
  | 'roots'
  /** Each string is a package's folder: what holds it is a root. */
  | 'packages'
  /** A table from dotted package to folder. */
  | 'package-to-folder'
  /** A table from folder to dotted package, or a list of roots. */
  | 'folder-to-package'
  /** Poetry's list of `{ include, from, to }`. */
  | 'poetry'
  /** Pyright's list of `{ root, extraPaths }`. */
  | 'environments'
  /** Patterns of Pants: `/` at the start stands for the top level, all others match anywhere. */
  | 'patterns'
  /** Each string is a module of the project's own, wherever it lies. */
  | 'names'
  /** A program that edits `sys.path`. */
  | 'program';

/** A setting that names folders, by the keys that lead to it: `*` stands for any. */
export type Setting = readonly [path: string, form: Form, reader: DeclaredFolder['reader']];

/** @returns The folders that a table of settings names. */
export function foldersIn(table: unknown, settings: readonly Setting[]): readonly DeclaredFolder[] {
  return settings.flatMap(([path, form, reader]) => {
    const keys = path.split('.');
    const key = keys.at(-1) ?? '';
    return valuesAt(table, keys)
      .flatMap((value) => foldersOf(value, form))
      .map(([folder, prefix]) => ({ folder, prefix, key, reader }));
  });
}

function valuesAt(table: unknown, keys: readonly string[]): readonly unknown[] {
  return keys.reduce<readonly unknown[]>(
    (tables, key) =>
      tables.flatMap((each) => (key === '*' ? members(each).map(([, value]) => value) : [member(each, key)])),
    [table],
  );
}

type Folder = readonly [folder: string, prefix: string];

/** @returns The folders that a value names in its form; none where it is of another one. */
export function foldersOf(value: unknown, form: Form): readonly Folder[] {
  switch (form) {
    case 'roots':
      return strings(value).map((folder) => [withoutVariable(folder), '']);
    case 'packages':
      return [
        ...strings(value).map(parentOf),
        ...entries(value).map(([prefix, folder]) => map(folder, prefix)),
      ];
    case 'package-to-folder':
      return entries(value).map(([prefix, folder]) => map(folder, prefix));
    case 'folder-to-package':
      return [
        ...strings(value).map((folder): Folder => [folder, '']),
        ...entries(value).map(([folder, path]) => map(folder, path)),
      ];
    case 'poetry':
      return Array.isArray(value) ? value.map(poetryFolder) : [];
    case 'environments':
      return Array.isArray(value) ? value.flatMap(environmentFolders) : [];
    case 'patterns':
      return strings(value).map((pattern) => [
        pattern.startsWith('/') ? pattern.slice(1) : `**/${pattern}`,
        '',
      ]);
    case 'names':
      return strings(value).map((name) => [`**/${name.replaceAll('.', '/')}`, name]);
    case 'program':
      return typeof value === 'string' ? editedPaths(value).map((folder) => [folder, '']) : [];
  }
}

/** @returns The strings of a list; a single string is split where pytest and mypy split theirs. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,:]+/).filter((part) => part !== '');
  return textsOf(value);
}

function entries(value: unknown): readonly (readonly [string, string])[] {
  return members(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
}

/** mypy's own variable is the folder of its file (https://mypy.readthedocs.io/en/stable/config_file.html#confval-mypy_path). */
function withoutVariable(folder: string): string {
  return folder.replace('$MYPY_CONFIG_FILE_DIR', '.');
}

/** A single module may be mapped too: `"code/tides.py" = "harbour/tides.py"`. */
function map(folder: string, path: string): Folder {
  const isModule = folder.endsWith('.py') && path.endsWith('.py');
  const [from, to] = isModule ? [folder.slice(0, -3), path.slice(0, -3)] : [folder, path];
  return [from, to.replace(/^\/|\/$/g, '').replaceAll('/', '.')];
}

function parentOf(packageFolder: string): Folder {
  return [folderOf(packageFolder.endsWith('/') ? packageFolder.slice(0, -1) : packageFolder), ''];
}

function poetryFolder(item: unknown): Folder {
  const from = member(item, 'from');
  const to = member(item, 'to');
  return map(typeof from === 'string' ? from : '', typeof to === 'string' ? to : '');
}

function environmentFolders(item: unknown): readonly Folder[] {
  return [...strings(member(item, 'root')), ...textsOf(member(item, 'extraPaths'))].map((folder) => [
    folder,
    '',
  ]);
}
