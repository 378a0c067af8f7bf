import type { Declarations } from '../declarations/declarations.ts';
import { formatOf } from '../declarations/read.ts';
import { contentsOf, kindOf, type SourceKinds } from './source-kinds.ts';
import { ecosystems } from '../ecosystems/index.ts';
import type { Files } from '../model/language.ts';
import type { RegistryFiles } from '../model/lookup.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import { packageLabel } from '../model/package.ts';
import type { RepositoryFile } from '../model/registry.ts';

/** One state of the project, as far as it says where packages come from. */
export interface SettingsState {
  readonly declarations: Declarations;
  readonly files: Files;
}

/** The states that say which registry a name belongs to. */
export interface SettingsStates {
  /** The trusted states before the judged one. */
  readonly trusted: readonly SettingsState[];
  readonly head: SettingsState;
}

/** What files are looked for. */
export interface RegistryFileKinds {
  readonly formats: readonly ManifestFormat[];
  readonly kinds: SourceKinds;
  /** Programs that use what is asked for. */
  readonly programs: readonly string[];
}

/** @returns The files of the states that say which registry a name belongs to, and which files declare what. */
export async function registryFilesOf(
  { trusted, head }: SettingsStates,
  searched: RegistryFileKinds,
): Promise<RegistryFiles> {
  const states = [...new Set([...trusted, head])];
  const places = new Map<string, Set<string>>();
  for (const { declarations } of states) {
    for (const { dependency, at } of [
      ...(await declarations.lines()),
      ...(await declarations.lockedLines()),
    ]) {
      const { ecosystem, name, specifier } = dependency;
      const label = packageLabel({ ecosystem, name: name ?? specifier });
      places.set(label, (places.get(label) ?? new Set()).add(at.file));
    }
  }
  const texts = await Promise.all(trusted.map((state) => textsOf(state, searched)));
  return {
    trusted: texts.flat(),
    proposed: await textsOf(head, searched),
    declaredIn: (subject) => [...(places.get(packageLabel(subject)) ?? [])],
  };
}

/** What no format claims is there because another manifest includes it. */
async function textsOf(
  { declarations, files }: SettingsState,
  { formats, kinds, programs }: RegistryFileKinds,
): Promise<readonly RepositoryFile[]> {
  const ids = new Set(ecosystems.flatMap(({ registryFiles }) => registryFiles));
  const paths = (await declarations.paths()).filter((path) => {
    const format = formatOf(path, formats);
    return format === undefined || ids.has(format.id);
  });
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await files.text(path) })));
  const programFiles = await Promise.all(programs.map((path) => programFile(path, files, kinds)));
  return [
    ...texts.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])),
    ...programFiles.flat(),
  ];
}

/** A program that names indexes for what it has installed. */
async function programFile(
  path: string,
  files: Files,
  kinds: SourceKinds,
): Promise<readonly RepositoryFile[]> {
  const kind = kindOf(path, kinds);
  const text = kind && (await files.text(path));
  if (kind === undefined || text === undefined) return [];
  const { segments } = await contentsOf(text, kind, kinds);
  const runs = await Promise.all(
    segments.map(async (segment) => {
      const language = kinds.languages.find(({ id }) => id === segment.language);
      return (await language?.installs?.(segment)) ?? [];
    }),
  );
  return runs.flat().length === 0 ? [] : [{ path, text, runs: runs.flat() }];
}
