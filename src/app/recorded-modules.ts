import { resolversFor, settledState } from '../analysis/resolvers.ts';
import type { Ecosystem } from '../ecosystems/index.ts';
import { packageOf } from '../ecosystems/index.ts';
import type { KnownNames, ModuleNames, ShownModules } from '../model/module-names.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { NameIndex, type KnownPackage } from '../similar-names/name-index.ts';
import { filesOf } from '../snapshots/files.ts';
import type { OpenedProject } from './project.ts';

/** What an entry says about modules, with sentences about what it does not say. */
export interface ModuleRecord {
  readonly imports: readonly string[];
  /** The version that showed them; null where a person named them, or where there is nothing to say. */
  readonly importsOf: string | null;
  readonly notes: readonly string[];
}

/** What two places show of one package; null where it is not there. */
export interface ModuleSources {
  readonly installed: ShownModules | null;
  readonly archive: ShownModules | null;
}

/** What keeps a module from being recorded for a package. */
export interface RecordContext {
  readonly project: Pick<OpenedProject, 'scope' | 'policy' | 'analysisOptions'>;
  readonly knownPackages: readonly KnownPackage[];
}

/** A longer list says that a package is a collection: nobody reads it. */
const MOST_MODULES = 100;

/**
 * Works out what the entries of packages say about modules: all of a version's, without those that belong to others. The
 * registry's archive counts before what is installed, which anybody may have edited.
 *
 * @param packages All of one ecosystem.
 * @returns By the label of the package. Nothing is recorded where the shipped map and the name tell all.
 */
export async function moduleRecords(
  packages: readonly { readonly package: Package; readonly sources: ModuleSources }[],
  ecosystem: Ecosystem,
  context: RecordContext,
): Promise<ReadonlyMap<string, ModuleRecord>> {
  const moduleNames = await ecosystem.modules?.();
  if (moduleNames === undefined) return new Map();
  const modules = packages.flatMap(({ sources }) => shownBy(sources)?.modules ?? []);
  const names = await knownNames(modules, ecosystem, context);
  return new Map(
    packages.map(({ package: subject, sources }) => [
      packageLabel(subject),
      recordOf(subject, sources, { moduleNames, names }),
    ]),
  );
}

function shownBy({ installed, archive }: ModuleSources): ShownModules | null {
  return archive ?? installed;
}

function recordOf(
  { name }: Package,
  sources: ModuleSources,
  { moduleNames, names }: { readonly moduleNames: ModuleNames; readonly names: KnownNames },
): ModuleRecord {
  const shown = shownBy(sources);
  if (shown === null) {
    const isKnown = moduleNames.isMapped(name) || names.isWellKnown(name);
    const note = `${name}: nobody could tell its modules; add them with --imports`;
    return { imports: [], importsOf: null, notes: isKnown ? [] : [note] };
  }
  const { imports, foreign } = moduleNames.chooseModules(name, shown.modules, names);
  if (imports.length > MOST_MODULES) {
    const note = `${name} ${shown.version} provides ${imports.length} modules: name those that you use with --imports`;
    return { imports: [], importsOf: null, notes: [note] };
  }
  return {
    imports,
    importsOf: imports.length > 0 ? shown.version : null,
    notes: [
      ...foreign.map(
        (module) =>
          `${name} also has a module ${module}, which belongs to another distribution; it was not recorded`,
      ),
      ...differenceNotes(name, sources),
    ],
  };
}

/** An installation of the same version that shows something else was edited. */
function differenceNotes(name: string, { installed, archive }: ModuleSources): readonly string[] {
  if (installed?.version !== archive?.version || installed === null || archive === null) return [];
  const extra = installed.modules.filter((module) => !archive.modules.includes(module));
  return extra.length === 0
    ? []
    : [
        `${name} ${installed.version} is installed with ${extra.join(', ')}, which its registry’s archive does not have; it was not recorded`,
      ];
}

async function knownNames(
  modules: readonly string[],
  ecosystem: Ecosystem,
  { project, knownPackages }: RecordContext,
): Promise<KnownNames> {
  const { id } = ecosystem;
  const popular = await loadPopular([id]);
  const names = new NameIndex(knownPackages, popular);
  const wellKnown = new NameIndex([], popular);
  const denied = new Set(
    project.policy.whitelist.entries
      .filter(({ kind }) => kind === 'denied')
      .map((entry) => packageLabel(entry)),
  );
  const builtin = await builtinModules(modules, id, project);
  return {
    isHeld: (module) => {
      const owner = packageOf(id, module);
      return builtin.has(module) || names.tierOf(owner) !== undefined || denied.has(packageLabel(owner));
    },
    isWellKnown: (name) => wellKnown.tierOf({ ecosystem: id, name }) !== undefined,
  };
}

/** @returns Those of the top-level modules that a language itself has. */
async function builtinModules(
  modules: readonly string[],
  ecosystem: string,
  { scope, policy, analysisOptions }: RecordContext['project'],
): Promise<ReadonlySet<string>> {
  const { localModules, ambient } = policy.config;
  const resolvers = resolversFor(settledState(scope.head, filesOf(scope.head)), {
    localModules,
    ambient,
    claims: policy.claims,
  });
  const speaking = analysisOptions.kinds.languages.filter((language) => language.ecosystem === ecosystem);
  const builtinNames = new Set<string>();
  for (const module of new Set(modules.map((name) => name.split('.', 1)[0] ?? name))) {
    for (const language of speaking) {
      const request = { file: '', specifier: module, names: null, kind: null } as const;
      const resolved = await resolvers.resolver(language).resolve(request);
      if (resolved.some(({ origin }) => origin.kind === 'builtin')) builtinNames.add(module);
    }
  }
  return builtinNames;
}
