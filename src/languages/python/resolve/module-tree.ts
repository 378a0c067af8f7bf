import type { Files } from '../../../model/language.ts';
import { closestMatch } from '../../../text/nearest.ts';
import { TrackedNames } from '../../shared/tracked-names.ts';
import { moduleStem } from '../module-names.ts';
import { compiledPaths, sourcePaths } from './module-paths.ts';
import { ancestors, folderOf, join } from './roots.ts';
import type { Root } from './roots.ts';
import type { States } from './trust.ts';

/** A module in one file, a package with a file of its own, or a folder without (PEP 420). */
export type ModuleKind = 'module' | 'package' | 'namespace';

/** All modules of the state that is judged, by the list of its files. */
export class ModuleTree {
  readonly names: TrackedNames;
  readonly #states: States;

  constructor(states: States, files: Files) {
    this.#states = states;
    this.names = new TrackedNames(files);
  }

  /** @returns What a path without ending is; undefined where nothing is there. */
  async kindOf(path: string): Promise<ModuleKind | undefined> {
    const kind = await this.kindOfFolder(path);
    if (kind === 'package') return kind;
    const present = await this.#states.own.having([...sourcePaths(path), ...compiledPaths(path)]);
    const index = await this.#states.index();
    if (present.size > 0 || index.module(path) !== undefined) return 'module';
    return (await this.names.hasFolder(path)) ? 'namespace' : undefined;
  }

  async kindOfFolder(folder: string): Promise<ModuleKind> {
    const files = ['__init__.py', '__init__.pyi', '__init__.pyx'].map((name) => join(folder, name));
    const isPackage = (await this.#states.own.having(files)).size > 0;
    return isPackage || (await this.#states.index()).package(folder) !== undefined ? 'package' : 'namespace';
  }

  text(path: string): Promise<string | undefined> {
    return this.#states.own.text(path);
  }

  /** @returns Whether another folder that bears a folder's name, as portions of a namespace do, has a module of a name. */
  hasPortion(folder: string, name: string): Promise<boolean> {
    return this.isAnywhere(join(folder.slice(folder.lastIndexOf('/') + 1), name));
  }

  /** @returns Whether some file of the project is the module of a path, whatever folder the path starts from. */
  async isAnywhere(path: string): Promise<boolean> {
    return (await this.isModuleAnywhere(path)) || (await this.#isPackageAnywhere(path));
  }

  /** @returns The same of modules in one file, of which any name may be taken. */
  async isModuleAnywhere(path: string): Promise<boolean> {
    const [, module = ''] = sourcePaths(path);
    return this.#hasEnding([module, `${path}.pyi`, `${path}.pyx`]);
  }

  #isPackageAnywhere(path: string): Promise<boolean> {
    return this.#hasEnding([`${path}/__init__.py`, `${path}/__init__.pyi`]);
  }

  async #hasEnding(endings: readonly string[]): Promise<boolean> {
    const paths = await this.#states.own.list();
    return paths.some((path) => endings.some((ending) => path === ending || path.endsWith(`/${ending}`)));
  }

  /**
   * What a missing module was probably meant to be: one of the same folder that is spelled nearly the same, or one of the
   * same name in a folder beside or above.
   *
   * @returns The specifier that the file would write for it; null where nothing is near.
   */
  async nearest(
    path: string,
    {
      file,
      specifier,
      root,
    }: { readonly file: string; readonly specifier: string; readonly root?: Root | undefined },
  ): Promise<string | null> {
    const place = (await this.#misspelt(path)) ?? (await this.#moved(path));
    if (place === undefined) return null;
    if (specifier.startsWith('.')) return relativeSpecifier(file, place);
    const { folder, prefix } = root ?? { folder: '', prefix: '' };
    if (folder !== '' && !place.startsWith(`${folder}/`)) return null;
    const name = place.slice(folder === '' ? 0 : folder.length + 1).replaceAll('/', '.');
    return prefix === '' ? name : `${prefix}.${name}`;
  }

  /** The first part of the path that is not there, as another one that is, and the rest of the path below that. */
  async #misspelt(path: string): Promise<string | undefined> {
    const folders = ancestors(folderOf(path));
    for (const folder of folders) {
      if (folder !== '' && !(await this.names.hasFolder(folder))) continue;
      const tail = path.slice(folder === '' ? 0 : folder.length + 1);
      const [segment = '', ...lowerSegments] = tail.split('/');
      const modules = await this.#modulesIn(folder);
      const match = closestMatch(segment, modules);
      if (match === undefined) return undefined;
      const place = [join(folder, match), ...lowerSegments].join('/');
      return (await this.kindOf(place)) === undefined ? undefined : place;
    }
    return undefined;
  }

  async #moved(path: string): Promise<string | undefined> {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    const siblings = [...(await this.names.inFolder(folder))].map((each) => join(folder, each));
    for (const candidate of [...ancestors(folder).slice(1, 3), ...siblings]) {
      const place = join(candidate, name);
      const kind = await this.kindOf(place);
      if (kind === 'module' || kind === 'package') return place;
    }
    return undefined;
  }

  async #modulesIn(folder: string): Promise<readonly string[]> {
    const names = [...(await this.names.inFolder(folder))];
    const modules = names.map(async (name) => {
      const stem = moduleStem(name.replace(/\.pyi$/, '.py'));
      if (stem !== undefined) return stem === '__init__' ? [] : [stem];
      return (await this.names.hasFolder(join(folder, name))) && /^\w+$/.test(name) ? [name] : [];
    });
    return [...new Set((await Promise.all(modules)).flat())];
  }
}

/** @returns How a file writes a module of its own repository. */
function relativeSpecifier(file: string, path: string): string {
  const folders = ancestors(folderOf(file));
  const level = folders.findIndex((folder) => folder === '' || path.startsWith(`${folder}/`));
  const folder = folders[level] ?? '';
  return '.'.repeat(level + 1) + path.slice(folder === '' ? 0 : folder.length + 1).replaceAll('/', '.');
}
