import { moduleStem } from '../module-names.ts';
import { PROJECT_FILES } from './declared-roots.ts';
import { folderOf, join, plainRoot } from './roots.ts';
import type { Root } from './roots.ts';

/** Folders of other people's code, whose sub-folders are no roots. */
const FOREIGN = new Set(['node_modules', 'site-packages', 'dist-packages']);

/** What a complete list of files says about modules; the last resort, since it needs that list. */
export class SourceIndex {
  readonly #modules = new Map<string, string>();
  readonly #packages = new Map<string, string>();
  readonly #rootsByName = new Map<string, Set<string>>();
  #names: ReadonlySet<string> | undefined;

  constructor(paths: readonly string[]) {
    const roots = projectRoots(paths);
    for (const path of paths) this.#add(path, roots);
  }

  /** @returns The file of the module at a path without extension, or undefined. */
  module(path: string): string | undefined {
    return this.#packages.get(path) ?? this.#modules.get(path);
  }

  /** @returns The `__init__` file of the package at a folder, or undefined. */
  package(folder: string): string | undefined {
    return this.#packages.get(folder);
  }

  /** @returns Whether a module or package of the project bears this name, wherever it lies. */
  bears(name: string): boolean {
    this.#names ??= new Set(
      [...this.#modules.keys(), ...this.#packages.keys()].flatMap((path) => path.split('/')),
    );
    return this.#names.has(name);
  }

  /** @returns Roots anywhere in the repository that hold a module or folder of this top-level name. */
  rootsHolding(name: string): readonly Root[] {
    return [...(this.#rootsByName.get(name) ?? [])].map((folder) =>
      plainRoot(folder, `project folder ${folder}`),
    );
  }

  #add(path: string, roots: ReadonlySet<string>): void {
    const folder = folderOf(path);
    const stem = moduleStem(path.slice(folder === '' ? 0 : folder.length + 1));
    if (stem === undefined) return;
    const module = stem === '__init__' ? folder : join(folder, stem);
    (stem === '__init__' ? this.#packages : this.#modules).set(module, path);
    for (let end = module.lastIndexOf('/'); end > 0; end = module.lastIndexOf('/', end - 1)) {
      const root = module.slice(0, end);
      if (!roots.has(root)) continue;
      const [name = ''] = module.slice(end + 1).split('/', 1);
      const holders = this.#rootsByName.get(name) ?? new Set<string>();
      this.#rootsByName.set(name, holders.add(root));
    }
  }
}

/** Every folder with a project file, and every folder named `src`: the roots of a repository of many projects. */
function projectRoots(paths: readonly string[]): ReadonlySet<string> {
  const roots = new Set<string>();
  const visitedFolders = new Set<string>();
  for (const path of paths) {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    if (PROJECT_FILES.some((file) => file === name)) roots.add(folder);
    if (visitedFolders.has(folder)) continue;
    visitedFolders.add(folder);
    const segments = folder.split('/');
    for (const [index, segment] of segments.entries()) {
      if (segment === 'src') roots.add(segments.slice(0, index + 1).join('/'));
    }
  }
  return new Set([...roots].filter((root) => !root.split('/').some((segment) => FOREIGN.has(segment))));
}
