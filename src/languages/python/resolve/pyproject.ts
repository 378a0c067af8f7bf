import { parse, TomlError } from 'smol-toml';
import type { UnreadableConfig } from '../../../model/language.ts';
import type { DeclaredFolder } from './roots.ts';
import { folderOf } from './roots.ts';

/** How a setting of pyproject.toml names folders. */
type Form =
  /** Each string is a root. */
  | 'roots'
  /** Each string is a package's folder: what holds it is a root. */
  | 'packages'
  /** A table from dotted package to folder. */
  | 'package-to-folder'
  /** A table from folder to dotted package, or a list of roots. */
  | 'folder-to-package'
  /** Poetry's list of `{ include, from, to }`. */
  | 'poetry';

/**
 * The settings that say where importable code lies, from the documentation of poetry, hatch, setuptools,
 * pdm, uv, maturin, scikit-build-core, pytest, mypy, pyright, ruff and isort.
 */
const SETTINGS: readonly (readonly [path: string, form: Form])[] = [
  ['tool.poetry.packages', 'poetry'],
  ['tool.hatch.build.packages', 'packages'],
  ['tool.hatch.build.sources', 'folder-to-package'],
  ['tool.hatch.build.dev-mode-dirs', 'roots'],
  ['tool.hatch.build.targets.wheel.packages', 'packages'],
  ['tool.hatch.build.targets.wheel.sources', 'folder-to-package'],
  ['tool.setuptools.package-dir', 'package-to-folder'],
  ['tool.setuptools.packages.find.where', 'roots'],
  ['tool.pdm.package-dir', 'roots'],
  ['tool.pdm.build.package-dir', 'roots'],
  ['tool.uv.build-backend.module-root', 'roots'],
  ['tool.maturin.python-source', 'roots'],
  ['tool.scikit-build.wheel.packages', 'packages'],
  ['tool.pytest.ini_options.pythonpath', 'roots'],
  ['tool.pytest.pythonpath', 'roots'],
  ['tool.mypy.mypy_path', 'roots'],
  ['tool.pyright.extraPaths', 'roots'],
  ['tool.basedpyright.extraPaths', 'roots'],
  ['tool.ruff.src', 'roots'],
  ['tool.isort.src_paths', 'roots'],
];

/** @returns The folders that a pyproject.toml declares; none where it can't be read. */
export function pyprojectFolders(text: string): readonly DeclaredFolder[] {
  const table = read(text);
  if (table instanceof TomlError) return [];
  return SETTINGS.flatMap(([path, form]) => {
    const key = path.slice(path.lastIndexOf('.') + 1);
    const value = path.split('.').reduce<unknown>(child, table);
    return foldersOf(value, form).map(([folder, prefix]) => ({ folder, prefix, key }));
  });
}

/** @returns Where a text stops being TOML; undefined where it is TOML. */
export function pyprojectProblem(text: string): Omit<UnreadableConfig, 'file'> | undefined {
  const table = read(text);
  if (!(table instanceof TomlError)) return undefined;
  const { line, column, message } = table;
  return { line, column, message: (message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '') };
}

/** A file that is no TOML declares no roots. */
function read(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof TomlError) return error;
    throw error;
  }
}

function child(table: unknown, key: string): unknown {
  if (typeof table !== 'object' || table === null || !Object.hasOwn(table, key)) return undefined;
  return new Map<string, unknown>(Object.entries(table)).get(key);
}

type Folder = readonly [folder: string, prefix: string];

function foldersOf(value: unknown, form: Form): readonly Folder[] {
  switch (form) {
    case 'roots':
      return strings(value).map((folder) => [folder.replace('$MYPY_CONFIG_FILE_DIR', '.'), '']);
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
  }
}

/** @returns The strings of a list; a single string is split where pytest and mypy split theirs. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(/[\s,:]+/).filter((part) => part !== '');
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is string => typeof item === 'string');
}

function entries(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
}

function map(folder: string, path: string): Folder {
  return [folder, path.replaceAll('/', '.')];
}

function parentOf(packageFolder: string): Folder {
  return [folderOf(packageFolder.endsWith('/') ? packageFolder.slice(0, -1) : packageFolder), ''];
}

function poetryFolder(item: unknown): Folder {
  const from = child(item, 'from');
  const to = child(item, 'to');
  return map(typeof from === 'string' ? from : '', typeof to === 'string' ? to : '');
}
