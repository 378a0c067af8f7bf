import type { Declarations } from '../declarations/declarations.ts';
import { Lockfiles } from '../declarations/lockfiles.ts';
import type { Files } from '../model/language.ts';
import type { DeclaredPackages, ProjectNames, RegistryFiles } from '../model/lookup.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import { packageLabel } from '../model/package.ts';
import { readSettings, type PolicyOptions } from '../policy/policy.ts';
import { LockedDependents } from './locked-dependents.ts';
import { registryFilesOf } from './registry-files.ts';
import type { SourceKinds } from './source-kinds.ts';
import { VersionsInUse } from './versions-in-use.ts';

/** The manifests of a state, and its files. */
interface ProjectState {
  readonly declarations: Declarations;
  readonly files: Files;
}

/** The states of a project that names are taken from. */
interface NamedStates {
  /** What is judged. */
  readonly head: ProjectState;
  /** What counts as decided before. */
  readonly trusted: readonly ProjectState[];
  readonly formats: readonly ManifestFormat[];
  readonly kinds: SourceKinds;
  /** Paths that prove nothing: `ignorePaths` of the config. */
  readonly ignores: (path: string) => boolean;
  /** How the config of a state is read. */
  readonly policyOptions: PolicyOptions;
}

/** @returns What a project declares, is called and has, which is read from its manifests and lockfiles as it is asked for. */
export async function projectNamesOf(states: NamedStates): Promise<ProjectNames> {
  const { head, trusted, ignores, policyOptions } = states;
  const configs = await Promise.all(
    statesBefore(states).map(({ files }) => readSettings(files, policyOptions)),
  );
  const declared = await Promise.all(trusted.map(({ declarations }) => declarations.declared()));
  const lockedBy = new Map(
    [head, ...trusted].map(({ declarations, files }) => {
      return [declarations, { declarations, lockfiles: new Lockfiles(files, ignores) }] as const;
    }),
  );
  const versions = new VersionsInUse([...lockedBy.values()]);
  const dependents = new LockedDependents(
    statesBefore(states).flatMap(({ declarations }) => lockedBy.get(declarations) ?? []),
  );
  return {
    declared: declared.flat(),
    own: await head.declarations.defined(),
    lines: () => declaredPackages(states),
    versionsOf: (subject) => versions.of(subject),
    dependentOf: (subject) => dependents.of(subject),
    registryFiles: (programs) => registryFiles(states, programs),
    baseRegistries: configs.map(({ registries }) => registries),
    basePrivateNames: configs.flatMap(({ privateNames }) => privateNames),
  };
}

function registryFiles(states: NamedStates, programs: readonly string[]): Promise<RegistryFiles> {
  const { head, formats, kinds } = states;
  return registryFilesOf({ trusted: statesBefore(states), head }, { formats, kinds, programs });
}

/** The judged state speaks for nobody: without a commit before it, the user's own settings alone say where to ask. */
function statesBefore({ head, trusted }: NamedStates): readonly ProjectState[] {
  return trusted.filter(({ declarations }) => declarations !== head.declarations);
}

async function declaredPackages({ head, trusted }: NamedStates): Promise<DeclaredPackages> {
  const [first = [], ...otherBases] = await Promise.all(
    trusted.map(({ declarations }) => declarations.declaredPackages()),
  );
  const labels = otherBases.map((lines) => new Set(lines.map((line) => packageLabel(line.package))));
  return {
    trusted: first.filter((line) => labels.every((base) => base.has(packageLabel(line.package)))),
    proposed: await head.declarations.declaredPackages(),
  };
}
