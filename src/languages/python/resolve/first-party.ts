import { pypi } from '../../../ecosystems/pypi/names.ts';
import topPackages from '../../../ecosystems/pypi/well-known.json' with { type: 'json' };
import type { ModuleMap } from '../../../ecosystems/pypi/module-map/module-map.ts';
import { prefixesOf } from '../../../ecosystems/pypi/module-map/module-map.ts';
import { declaredRoots, unreadConfig } from './declared-roots.ts';
import type { UnreadableConfig } from '../../../model/language.ts';
import { ADD_ON, fileOf, filesOf } from './first-party-module.ts';
import type { Candidate, FirstPartyModule, FoundModule } from './first-party-module.ts';
import { isGeneratedName } from './generated.ts';
import { isPackageFile } from './module-paths.ts';
import { areNamesFound } from './relative.ts';
import type { ProjectHosts } from './hosts.ts';
import type { FileLookup } from './lookup.ts';
import { namedRoots } from './named-settings.ts';
import { PathEdits } from './path-edits.ts';
import {
  ancestors,
  conventionalRoots,
  folderOf,
  join,
  pathBelow,
  plainRoot,
  rootMarkers,
  unique,
} from './roots.ts';
import type { Root } from './roots.ts';
import type { SourceIndex } from './source-index.ts';
import type { States } from './trust.ts';

/**
 * What is looked for: a module, and a name taken out of it, which may be a module below it.
 * `thorough` also reads configuration and lists files; without it a module may be missed, but none is
 * invented.
 */
export interface ModuleRequest {
  readonly file: string;
  readonly module: string;
  readonly name: string | null;
  readonly thorough: boolean;
  /** Names that a scan saw; asked about where the search is not thorough. */
  readonly scannedNames?: ReadonlySet<string> | undefined;
}

/** `__init__.py` of a package that several distributions share (pkgutil and pkg_resources style). */
const SHARED_PACKAGE = /\bextend_path\b|\bdeclare_namespace\b/;

/**
 * Finds the project's own modules: those whose full dotted path (or whose parent module, for the names of
 * a `from` import) is a file of the snapshot below an importable root. A folder alone is not enough:
 * `docker/build.py` does not make `import docker` local, because an installed `docker` wins over a folder
 * without `__init__.py` (PEP 420), but `import docker.build` is. Where a parent is a package with
 * `__init__.py`, everything below it is the project's too, be it there or not, unless distributions share
 * that package.
 */
export class FirstParty {
  readonly #lookup: FileLookup;
  readonly #catalogue: ModuleMap;
  readonly #edits: PathEdits;
  readonly #declared = new Map<string, Promise<readonly Root[]>>();
  readonly #found = new Map<string, Promise<readonly FoundModule[]>>();
  readonly #states: States;
  readonly #hosts: ProjectHosts;
  #named: Promise<readonly Root[]> | undefined;

  constructor(
    states: States,
    { catalogue, hosts }: { readonly catalogue: ModuleMap; readonly hosts: ProjectHosts },
  ) {
    this.#states = states;
    this.#hosts = hosts;
    this.#lookup = states.own;
    this.#catalogue = catalogue;
    this.#edits = new PathEdits(states.own);
  }

  /** @returns The file that an import reaches, or undefined where it leaves the project. */
  async find(query: ModuleRequest): Promise<FirstPartyModule | undefined> {
    const nearby = await this.#withGap(await this.#search('nearby', query), query);
    if (!query.thorough) return (await this.#isDoubtful(query, nearby)) ? undefined : nearby;
    if (nearby !== undefined && nearby.gap === undefined) return nearby;
    const stages = [
      () => this.#search('configured', query),
      () => this.#search('anywhere', query),
      () => this.#edited(query),
      () => this.#hosted(query),
    ];
    let partial = nearby;
    for (const stage of stages) {
      const match = await this.#withGap(await stage(), query);
      if (match !== undefined && match.gap === undefined) return match;
      partial ??= match;
    }
    return partial;
  }

  async #withGap(
    match: FoundModule | undefined,
    query: ModuleRequest,
  ): Promise<FirstPartyModule | undefined> {
    const gap = match && (await this.#gapOf(match, query));
    if (match === undefined || gap === undefined) return match;
    return (await this.#isOfOthers(match, query)) ? match : { ...match, gap };
  }

  /**
   * What an add-on of Odoo lacks is another package's: it is imported by its own name alone. And a folder inside a project
   * that is named like a package does not stand in its place wherever the program starts.
   */
  async #isOfOthers(match: FoundModule, { module, thorough }: ModuleRequest): Promise<boolean> {
    if (await this.#hasManifest(match)) return true;
    if (!thorough || !this.#isKnown(module)) return false;
    const { folder, file } = match.root;
    return folder !== '' && file === null && !(await this.#states.isRoot(folder));
  }

  /** A package has its modules, and the names that its own file has. */
  async #gapOf(
    { file, root, target, parent }: FoundModule,
    { module, name, scannedNames }: ModuleRequest,
  ): Promise<string | undefined> {
    if (parent) return pathBelow(root, module);
    const names = name === null ? [...(scannedNames ?? [])].filter((each) => each !== '*') : [name];
    if (target !== module || names.length === 0 || !isPackageFile(file)) return undefined;
    const folder = folderOf(file);
    return (await areNamesFound(names, folder, this.#lookup)) ? undefined : join(folder, names[0] ?? '');
  }

  /** A folder without `__init__.py` takes no package's place, so that more than a scan has to tell what such an import is. */
  async #isDoubtful({ module }: ModuleRequest, match: FirstPartyModule | undefined): Promise<boolean> {
    const [top = ''] = module.split('.', 1);
    if (match === undefined || top === module || match.root.prefix !== '' || !this.#isKnown(top))
      return false;
    const init = join(join(match.root.folder, top), '__init__.py');
    return !(await this.#lookup.having([init])).has(init);
  }

  #isKnown(module: string): boolean {
    const [top = ''] = module.split('.', 1);
    return topPackages.includes(pypi.canonical(top)) || this.#catalogue.longest(module) !== undefined;
  }

  /** Folders that programs add to the path. They are read only for a name that some file of the project bears. */
  async #edited(query: ModuleRequest): Promise<FoundModule | undefined> {
    const [top = ''] = query.module.split('.', 1);
    const index = await this.#states.index();
    if (!index.bears(top)) return undefined;
    const edited = this.#candidates(query, [
      ...(await this.#edits.rootsFor(query.file, query.module)),
      ...(await this.#hosts.rootsFor(query.file)),
      ...conftestRoots(query),
    ]);
    const matches = await this.#existing(edited, index);
    this.#named ??= Promise.all(
      this.#states.trusted.map((state) => namedRoots(state, this.#states.own)),
    ).then((roots) => unique(roots.flat()));
    const named = matches.length > 0 ? [] : this.#candidates(query, await this.#named);
    return [...matches, ...(await this.#existing(named, index))].find((match) => !isSelf(match, query));
  }

  /** Modules that a host finds where Python would not, or that a build makes of files in another language. */
  async #hosted(query: ModuleRequest): Promise<FoundModule | undefined> {
    const { modules } = this.#hosts;
    const roots = [...(await modules.rootsFor(query.file)), ...(await this.#copied(query.module))];
    const candidates = this.#candidates(query, roots);
    const matches = await this.#existing(candidates, await this.#states.index());
    const match = matches.find((match) => !isSelf(match, query));
    const full = query.name === null ? query.module : `${query.module}.${query.name}`;
    const file = match === undefined ? await modules.built(full) : undefined;
    return file !== undefined && (await this.#lookup.having([file])).has(file)
      ? { file, root: plainRoot(folderOf(file), 'modules that are built'), target: full, parent: false }
      : match;
  }

  /** Where files are copied to a board, a folder says nothing; a name that packages have is still theirs. */
  async #copied(module: string): Promise<readonly Root[]> {
    const [top = ''] = module.split('.', 1);
    if (this.#isKnown(top) || !(await this.#hosts.modules.areCopied())) return [];
    const folders = await this.#states.foldersWith(top);
    return folders.map((folder) => plainRoot(folder, 'files copied to a board'));
  }

  async #search(
    stage: 'nearby' | 'configured' | 'anywhere',
    query: ModuleRequest,
  ): Promise<FoundModule | undefined> {
    const key = [stage, folderOf(query.file), query.module, query.name ?? ''].join('\n');
    const all = this.#found.get(key) ?? this.#searchIn(stage, query);
    this.#found.set(key, all);
    return (await all).find((match) => !isSelf(match, query));
  }

  #searchIn(
    stage: 'nearby' | 'configured' | 'anywhere',
    query: ModuleRequest,
  ): Promise<readonly FoundModule[]> {
    switch (stage) {
      case 'nearby':
        return this.#nearby(query);
      case 'configured':
        return this.#configured(query);
      case 'anywhere':
        return this.#anywhere(query);
    }
  }

  /** Conventional roots, by asking for files: one batch. */
  async #nearby(query: ModuleRequest): Promise<readonly FoundModule[]> {
    const folder = folderOf(query.file);
    const possible = this.#candidates(
      query,
      conventionalRoots(folder, () => false),
    );
    const present = await this.#lookup.having([...rootMarkers(folder), ...possible.flatMap(filesOf)]);
    const roots = conventionalRoots(folder, (path) => present.has(path));
    const matches = await this.#existing(this.#candidates(query, roots), present);
    return [...matches, ...this.#besideScript(query, present)];
  }

  /**
   * A folder with `__init__.py` is on `sys.path` only where one of its files runs as a script. Its modules
   * count, unless the name is that of a distribution's module: `redis.py` in a package hides no `import redis`.
   */
  #besideScript(query: ModuleRequest, present: ReadonlySet<string>): readonly FoundModule[] {
    if (this.#isKnown(query.module)) return [];
    const root = plainRoot(folderOf(query.file), `the file’s own folder, for scripts`);
    return this.#candidates(query, [root])
      .filter((candidate) => !candidate.parent)
      .flatMap((candidate) =>
        filesOf(candidate)
          .filter((path) => present.has(path))
          .map((file) => ({ file, root, target: candidate.target, parent: false })),
      );
  }

  /** Declared roots, by asking for files: reads up to two folders' configuration. */
  async #configured(query: ModuleRequest): Promise<readonly FoundModule[]> {
    const candidates = this.#candidates(query, await this.#declaredFor(query.file));
    return this.#existing(candidates, await this.#lookup.having(candidates.flatMap(filesOf)));
  }

  /** All roots and all importable files, by the list of every file. */
  async #anywhere(query: ModuleRequest): Promise<readonly FoundModule[]> {
    const index = await this.#states.index();
    const folder = folderOf(query.file);
    const present = await this.#lookup.having(rootMarkers(folder));
    const roots = unique([
      ...conventionalRoots(folder, (path) => present.has(path)),
      ...(await this.#declaredFor(query.file)),
    ]);
    const matches = await this.#existing(this.#candidates(query, roots), index);
    if (matches.some((match) => !isSelf(match, query))) return matches;
    const candidates = this.#candidates(query, await this.#otherRoots(query, index));
    const distant = await this.#existing(candidates, index);
    return [...matches, ...(distant.length > 0 ? distant : await this.#generated(query))];
  }

  /** Roots of other projects of the repository. */
  async #otherRoots({ module }: ModuleRequest, index: SourceIndex): Promise<readonly Root[]> {
    const [top = ''] = module.split('.', 1);
    const folders = index.rootsHolding(top);
    const isRoot = await Promise.all(folders.map((folder) => this.#states.isRoot(folder)));
    return folders
      .filter((_, at) => isRoot[at])
      .map((folder) => plainRoot(folder, `project folder ${folder}`));
  }

  /** A module that a compiler makes of a file of the project, wherever it is told to put it. */
  async #generated({ module, name }: ModuleRequest): Promise<readonly FoundModule[]> {
    const full = name === null ? module : `${module}.${name}`;
    const generated = full.split('.').find(isGeneratedName);
    if (generated === undefined) return [];
    const entry = this.#catalogue.longest(full)?.module;
    // A package's name that is a plain word (`proto`) may be a folder's, too; one with a dot is nobody else's.
    if (entry?.includes('.') === true) return [];
    const path = entry === undefined ? generated : full.slice(0, full.indexOf(generated)) + generated;
    const file = await this.#states.generating(path.replaceAll('.', '/'));
    return file === undefined
      ? []
      : [{ file, root: plainRoot(folderOf(file), 'generated modules'), target: full, parent: false }];
  }

  /** @returns The configuration of the folder's roots that can't be read. */
  unread(file: string): Promise<readonly UnreadableConfig[]> {
    return unreadConfig(folderOf(file), this.#lookup);
  }

  #declaredFor(file: string): Promise<readonly Root[]> {
    const folder = folderOf(file);
    const roots = this.#declared.get(folder) ?? declaredRoots(folder, this.#states);
    this.#declared.set(folder, roots);
    return roots;
  }

  /**
   * Where a module may lie, the full path first, then its parents. A parent does not speak for a module
   * that the catalogue knows more of: `google/__init__.py` says nothing about `google.cloud.storage`.
   */
  #candidates({ module, name }: ModuleRequest, roots: readonly Root[]): readonly Candidate[] {
    const full = name === null ? module : `${module}.${name}`;
    const matchLength = this.#catalogue.longest(full)?.module.length ?? 0;
    const targets = name === null ? [module] : matchLength > module.length ? [full] : [full, module];
    const reach = this.#catalogue.reach(module);
    const parents = prefixesOf(module).filter((prefix) => prefix !== module && prefix.length >= reach);
    const place = (target: string, parent: boolean): readonly Candidate[] =>
      roots.flatMap((root) => {
        const path = pathBelow(root, target);
        return path === undefined ? [] : [{ root, target, path, parent }];
      });
    return [
      ...targets.flatMap((target) => place(target, false)),
      ...parents.flatMap((target) => place(target, true)),
    ];
  }

  /** Odoo imports an add-on as `odoo.addons.NAME`: one that is named like a package takes nothing from it. */
  async #isAddOn({ root, target }: Candidate): Promise<boolean> {
    const [top = ''] = target.split('.', 1);
    return this.#isKnown(top) && (await this.#hasManifest({ root, target }));
  }

  async #hasManifest({ root, target }: Pick<FoundModule, 'root' | 'target'>): Promise<boolean> {
    if (root.prefix !== '') return false;
    const [top = ''] = target.split('.', 1);
    const files = ADD_ON.map((name) => join(join(root.folder, top), name));
    return (await this.#lookup.having(files)).size > 0;
  }

  async #existing(
    candidates: readonly Candidate[],
    files: ReadonlySet<string> | SourceIndex,
  ): Promise<readonly FoundModule[]> {
    const matches: FoundModule[] = [];
    for (const candidate of candidates) {
      const file = fileOf(candidate, files);
      if (file === undefined || !(await this.#states.isFound(file, candidate.path))) continue;
      if (await this.#isAddOn(candidate)) continue;
      if (candidate.parent && matches.length > 0) break;
      if (candidate.parent && SHARED_PACKAGE.test((await this.#lookup.text(file)) ?? '')) continue;
      matches.push({ file, root: candidate.root, target: candidate.target, parent: candidate.parent });
    }
    return matches;
  }
}

/**
 * A package's `conftest.py` is on nobody's path by itself, but pytest imports it before the tests below, and no package is
 * meant by its name (https://docs.pytest.org/en/stable/explanation/pythonpath.html).
 */
function conftestRoots({ file, module }: ModuleRequest): readonly Root[] {
  if (module !== 'conftest') return [];
  return ancestors(folderOf(file)).map((folder) => plainRoot(folder, 'pytest'));
}

/** `redis.py` that imports `redis` means the other one: no file imports itself by its bare name. */
function isSelf({ file }: FirstPartyModule, query: ModuleRequest): boolean {
  return file === query.file && !query.module.includes('.') && !file.endsWith('/__init__.py');
}
