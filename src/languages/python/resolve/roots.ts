/** A folder that a configuration file names, as written there. */
export interface DeclaredFolder {
  /** Relative to the file; with wildcards it names all folders and modules that match. */
  readonly folder: string;
  readonly prefix: string;
  /** The setting that names it. */
  readonly key: string;
  /**
   * Who heeds it: what builds or runs programs, or what only checks them, whose settings change nothing of where Python
   * finds a module.
   */
  readonly reader: 'runner' | 'checker';
}

/**
 * A folder from which Python imports. `prefix` is the dotted package that the folder itself stands for
 * (`''` where its children are top-level modules), as in setuptools' `package-dir = {"app" = "source"}`.
 */
export interface Root {
  readonly folder: string;
  readonly prefix: string;
  /** What made it a root, for `explain`: a sentence part, and the file and line that say so. */
  readonly why: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Folders of the repository's top level that hold importable code by convention. */
const CONVENTIONAL = ['src', 'lib', 'python'] as const;

/** @returns The folder of a path, `''` for the top level. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** @returns A folder and all folders above it, nearest first; the last one is `''`, the top level. */
export function ancestors(folder: string): readonly string[] {
  return folder === '' ? [''] : [folder, ...ancestors(folderOf(folder))];
}

/** @returns A path below a folder. */
export function join(folder: string, path: string): string {
  if (folder === '') return path;
  return path === '' ? folder : `${folder}/${path}`;
}

/** @returns A root whose children are top-level modules. */
export function plainRoot(folder: string, why: string): Root {
  return { folder, prefix: '', why, file: null, line: null };
}

/**
 * The roots that need no configuration: every folder above the file (a script's own folder is first on
 * `sys.path`, pytest inserts the folder above the outermost package, applications start somewhere above
 * their modules), the `src` folder beside each, and what is conventional at the top level. A folder that
 * holds `__init__.py` is a package and no root, except where `manage.py` or the name `src` says otherwise.
 *
 * @param has Is the path a file of the snapshot?
 */
export function conventionalRoots(folder: string, has: (path: string) => boolean): readonly Root[] {
  const ancestorFolders = ancestors(folder);
  const ancestorRoots = ancestorFolders
    .filter((candidate) => isImportable(candidate, has))
    .map((candidate) => plainRoot(candidate, candidate === '' ? 'the top level' : `folder ${candidate}`));
  const sourceFolders = [
    ...ancestorFolders.map((candidate) => join(candidate, 'src')),
    ...CONVENTIONAL.filter((name) => name !== 'src'),
  ];
  return unique([
    ...ancestorRoots,
    ...sourceFolders.map((candidate) => plainRoot(candidate, `source folder ${candidate}`)),
  ]);
}

/** @returns The files whose existence `conventionalRoots` asks for. */
export function rootMarkers(folder: string): readonly string[] {
  return ancestors(folder).flatMap((candidate) => [
    join(candidate, '__init__.py'),
    join(candidate, 'manage.py'),
  ]);
}

/** @returns The roots without repetitions, in the same order. */
export function unique(roots: readonly Root[]): readonly Root[] {
  const byKey = new Map<string, Root>();
  for (const root of roots) {
    const key = `${root.folder}\n${root.prefix}`;
    if (!byKey.has(key)) byKey.set(key, root);
  }
  return [...byKey.values()];
}

/** @returns Where a module lies below a root, or undefined if the root holds none of its kind. */
export function pathBelow(root: Root, module: string): string | undefined {
  if (root.prefix === '') return join(root.folder, module.replaceAll('.', '/'));
  if (module === root.prefix) return root.folder;
  if (!module.startsWith(`${root.prefix}.`)) return undefined;
  return join(root.folder, module.slice(root.prefix.length + 1).replaceAll('.', '/'));
}

function isImportable(folder: string, has: (path: string) => boolean): boolean {
  if (folder === '' || folder === 'src' || folder.endsWith('/src')) return true;
  return !has(join(folder, '__init__.py')) || has(join(folder, 'manage.py'));
}
