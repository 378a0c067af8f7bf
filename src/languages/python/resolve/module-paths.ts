import { folderOf, join } from './roots.ts';

/** @returns The files of source that a module at a path without ending most likely has: a package stands before a module. */
export function sourcePaths(path: string): readonly string[] {
  return [`${path}/__init__.py`, `${path}.py`];
}

/** @returns The files by which a module is told that is not written in Python itself, or of which there is no source. */
export function compiledPaths(path: string): readonly string[] {
  return [`${path}.pyi`, `${path}.pyx`, `${path}/__init__.pyi`, `${path}/__init__.pyx`];
}

/** @returns Whether a file is what its folder is as a module. */
export function isPackageFile(file: string): boolean {
  return /(?:^|\/)__init__\.py$/.test(file);
}

/** What a relative import asks for. */
export interface RelativePath {
  /** The module's path from the root, without ending: of `.` alone the folder itself. */
  readonly path: string;
  /** Nothing stands behind the dots. */
  readonly isFolder: boolean;
}

/** @returns Where a relative specifier of a file leads; undefined where it leaves the repository. */
export function relativePath(file: string, specifier: string): RelativePath | undefined {
  const [dots = ''] = /^\.+/.exec(specifier) ?? [];
  const path = specifier.slice(dots.length).replaceAll('.', '/');
  let folder = folderOf(file);
  for (let level = 1; level < dots.length; level += 1) {
    if (folder === '') return undefined;
    folder = folderOf(folder);
  }
  return { path: join(folder, path), isFolder: path === '' };
}
