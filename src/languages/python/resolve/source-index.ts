import { moduleStem } from '../module-names.ts';
import { PROJECT_FILES } from './declared-roots.ts';
import { generatedNames } from './generated.ts';
import { folderOf, join } from './roots.ts';

/** Folders of other people's code, whose sub-folders are no roots. */
const FOREIGN = new Set(['node_modules', 'site-packages', 'dist-packages']);

/** What a complete list of files says about modules; the last resort, since it needs that list. */
export class SourceIndex {
  readonly #modules = new Map<string, string>();
  readonly #packages = new Map<string, string>();
  readonly #rootsByName = new Map<string, Set<string>>();
  readonly #roots: ProjectRoots;
  #names: ReadonlySet<string> | undefined;

  constructor(paths: readonly string[]) {
    this.#roots = projectRoots(paths);
    for (const path of paths) this.#add(path);
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
  rootsHolding(name: string): readonly string[] {
    return [...(this.#rootsByName.get(name) ?? [])];
  }

  /** @returns Whether a folder that holds modules is a root. */
  isRoot(folder: string): boolean {
    return this.#roots.has(folder);
  }

  /** @returns The files that make a root one: those of a project in it, or beside it where its name does. */
  markersOf(folder: string): readonly string[] {
    return this.#roots.get(folder) ?? [];
  }

  /** @returns Files of the module of a name, wherever they lie. */
  named(name: string): readonly string[] {
    return [...this.#modules].flatMap(([module, path]) =>
      module === name || module.endsWith(`/${name}`) ? [path] : [],
    );
  }

  /** @returns Folders in which a name is a module, a package, or a folder that holds some. */
  holding(name: string): readonly string[] {
    const paths = [...this.#modules.keys(), ...this.#packages.keys()].map((path) => `/${path}/`);
    return paths.flatMap((path) => {
      const at = path.indexOf(`/${name}/`);
      return at < 0 ? [] : [path.slice(1, at + 1).replace(/\/$/, '')];
    });
  }

  #add(path: string): void {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    const stem = moduleStem(name);
    if (stem === '__init__') this.#packages.set(folder, path);
    else if (stem === undefined) {
      for (const generated of generatedNames(name)) this.#addModule(join(folder, generated), path);
      return;
    } else this.#addModule(join(folder, stem), path);
    this.#hold(stem === '__init__' ? folder : join(folder, stem));
  }

  /** Source stands before what is made of source. */
  #addModule(module: string, path: string): void {
    if (path.endsWith('.py') || !this.#modules.has(module)) this.#modules.set(module, path);
  }

  #hold(module: string): void {
    for (let end = module.lastIndexOf('/'); end > 0; end = module.lastIndexOf('/', end - 1)) {
      const root = module.slice(0, end);
      if (!this.#roots.has(root)) continue;
      const [name = ''] = module.slice(end + 1).split('/', 1);
      const holders = this.#rootsByName.get(name) ?? new Set<string>();
      this.#rootsByName.set(name, holders.add(root));
    }
  }
}

/** Roots with the files that make them such. */
type ProjectRoots = ReadonlyMap<string, readonly string[]>;

/** A Django project's folder is one of `sys.path` for whatever its manage.py runs. */
const MARKERS: readonly string[] = [...PROJECT_FILES, 'manage.py'];

/** Every folder with a project file, and every folder named `src`: the roots of a repository of many projects. */
function projectRoots(paths: readonly string[]): ProjectRoots {
  const roots = new Map<string, string[]>();
  const sources = new Set<string>();
  const visitedFolders = new Set<string>();
  for (const path of paths) {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    if (MARKERS.includes(name)) roots.set(folder, [...(roots.get(folder) ?? []), path]);
    if (visitedFolders.has(folder)) continue;
    visitedFolders.add(folder);
    const segments = folder.split('/');
    for (const [index, segment] of segments.entries()) {
      if (segment === 'src') sources.add(segments.slice(0, index + 1).join('/'));
    }
  }
  for (const source of sources)
    roots.set(source, [...(roots.get(source) ?? []), ...(roots.get(folderOf(source)) ?? [])]);
  return new Map([...roots].filter(([root]) => !root.split('/').some((segment) => FOREIGN.has(segment))));
}
