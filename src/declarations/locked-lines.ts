import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import type { Generation, Requirer } from '../model/manifest.ts';
import { DeclaredLines } from './declared-lines.ts';
import type { DeclaredDependency, ReadManifest } from './read.ts';

/** The state of the project that holds a generated manifest. */
export interface GenerationState {
  readonly existing: Files['existing'];
  /** Whether lines of such a file are read, and so judged when they are added. */
  readonly isManifest: (path: string) => boolean;
  /** Whether such a file makes its folder a package. */
  readonly isPackage: (path: string) => boolean;
  readonly read: (path: string) => Promise<ReadManifest>;
  /** The files that make their folders packages of the same ecosystem. */
  readonly packages: () => Promise<readonly string[]>;
}

/**
 * Takes what a manifest has from the registry out of what it declares, where a program wrote it from manifests of the
 * project: those declare, and it is a lockfile of theirs. Lines from elsewhere declare, as in every file.
 *
 * @returns The manifest as it is where no source of it is a file of the project.
 */
export async function withLockedLines(
  manifest: ReadManifest,
  generation: Generation,
  state: GenerationState,
): Promise<ReadManifest> {
  const sources = await sourcesOf(manifest, generation, state);
  if (sources.length === 0) return manifest;
  const described = await Promise.all(
    sources.map(async (source) => (await state.read(source)).defines?.name),
  );
  const members = await membersOf(manifest, described, state);
  const manifests = await withIncludes([...sources, ...members], manifest, state);
  const isLocked = ({ dependency: { source } }: DeclaredDependency) => source.kind === 'registry';
  const declared = manifest.declared.filter((line) => !isLocked(line));
  const locked = manifest.declared.filter(isLocked);
  return {
    ...manifest,
    declared,
    lines: new DeclaredLines(declared),
    locked: {
      sources,
      manifests,
      all: locked,
      lines: new DeclaredLines(locked),
      explained: explainedNames(manifest, generation, await Promise.all(manifests.map(state.read))),
      requirers: generation.requirers,
      neededBy: (roots, accepts) => namesBelow(roots, generation, accepts),
    },
    includes: [...new Set([...manifest.includes, ...sources])],
  };
}

/** @returns The files that the program was told to read; without the manifest itself. */
async function sourcesOf(
  { path }: ReadManifest,
  { sources, requirers }: Generation,
  { existing, isManifest, isPackage, read }: GenerationState,
): Promise<readonly string[]> {
  const named = sources.length > 0 ? sources : pathsIn(requirers);
  const candidates = named.map((name) => placesOf(name, path));
  const present = await existing([...new Set(candidates.flat())]);
  const sourcePaths = candidates.flatMap((places) => places.find((place) => present.has(place)) ?? []);
  const manifests = [...new Set(sourcePaths)].filter((source) => source !== path && isManifest(source));
  // A program of setuptools may compute all that it asks for, which nobody can read.
  const isReadable = await Promise.all(
    manifests.map(async (source) => !isPackage(source) || saysSomething(await read(source))),
  );
  return manifests.filter((_, at) => isReadable[at]);
}

/**
 * An export of a workspace, or a source with a path, takes packages of the project, for which no line has a name.
 *
 * @param described The packages that the sources describe.
 * @returns The manifests of other packages that need a line as the file says, and that no line of it names.
 */
async function membersOf(
  { path, declared, generation }: ReadManifest,
  described: readonly (string | undefined)[],
  { isManifest, packages, read }: GenerationState,
): Promise<readonly string[]> {
  const names = new Set([...(generation?.requirers.values() ?? [])].flat().flatMap(packageNames));
  for (const { dependency } of declared) if (dependency.name !== null) names.delete(dependency.name);
  for (const name of described) if (name !== undefined) names.delete(name);
  if (names.size === 0) return [];
  const candidates = (await packages()).filter((candidate) => candidate !== path && isManifest(candidate));
  const manifests = await Promise.all(candidates.map(read));
  return manifests.flatMap(({ path: member, defines }) =>
    defines !== null && names.has(defines.name) ? [member] : [],
  );
}

function packageNames(by: Requirer): readonly string[] {
  return by.kind === 'package' ? [by.name] : [];
}

function saysSomething({ declared, includes }: ReadManifest): boolean {
  return declared.length > 0 || includes.length > 0;
}

async function withIncludes(
  sources: readonly string[],
  { path }: ReadManifest,
  { isManifest, read }: GenerationState,
): Promise<readonly string[]> {
  const manifests = new Set(sources);
  // A set hands out what is added to it while it is walked.
  for (const source of manifests)
    for (const include of (await read(source)).includes)
      if (include !== path && isManifest(include)) manifests.add(include);
  return [...manifests];
}

function pathsIn(requirers: Generation['requirers']): readonly string[] {
  const paths = [...requirers.values()].flat().flatMap((by) => (by.kind === 'manifest' ? [by.path] : []));
  return [...new Set(paths)];
}

/** @returns Where a path may lead that a program wrote into a file: from the file's own folder, and from those above it. */
function placesOf(path: string, file: string): readonly string[] {
  const places: string[] = [];
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    places.push(posix.join(folder, path));
    if (folder === '.') return places;
  }
}

/**
 * @returns The names that lead to a manifest which the program read, and which names the first of them: directly, or by way
 *   of other lines of the file.
 */
function explainedNames(
  { path }: ReadManifest,
  generation: Generation,
  sources: readonly ReadManifest[],
): ReadonlySet<string> {
  const names = new Map(sources.map((source) => [source, namesIn(source)]));
  const asks = (by: Requirer, name: string) =>
    sources.some((source) => isSource(by, source, path) && names.get(source)?.has(name));
  const direct = [...generation.requirers].filter(([name, all]) => all.some((by) => asks(by, name)));
  return namesBelow(
    direct.map(([name]) => name),
    generation,
  );
}

/** @returns These names, and those that packages of these names need and that are accepted, and so on. */
function namesBelow(
  roots: Iterable<string>,
  { requirers }: Generation,
  accepts: (name: string) => boolean = () => true,
): ReadonlySet<string> {
  const names = new Set(roots);
  const required = requiredBy(requirers);
  for (const name of names)
    for (const dependency of required.get(name) ?? []) if (accepts(dependency)) names.add(dependency);
  return names;
}

function namesIn({ declared }: ReadManifest): ReadonlySet<string | null> {
  return new Set(declared.map(({ dependency }) => dependency.name));
}

/** A source is named by its path, or by the project that it describes. */
function isSource(by: Requirer, { path, defines }: ReadManifest, file: string): boolean {
  return by.kind === 'manifest' ? placesOf(by.path, file).includes(path) : by.name === defines?.name;
}

/** @returns By the name of a package, those that it needs. */
function requiredBy(requirers: Generation['requirers']): ReadonlyMap<string, readonly string[]> {
  const required = new Map<string, string[]>();
  for (const [name, all] of requirers)
    for (const by of all) {
      if (by.kind !== 'package') continue;
      const names = required.get(by.name) ?? [];
      names.push(name);
      required.set(by.name, names);
    }
  return required;
}
