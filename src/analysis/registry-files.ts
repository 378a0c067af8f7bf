import type { Declarations } from '../declarations/declarations.ts';
import { formatOf } from '../declarations/read.ts';
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
  /** The trusted bases, or the judged state where it is compared with nothing. */
  readonly trusted: readonly SettingsState[];
  readonly head: SettingsState;
}

/** @returns The files of the states that say which registry a name belongs to, and which files declare what. */
export async function registryFilesOf(
  { trusted, head }: SettingsStates,
  formats: readonly ManifestFormat[],
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
  const texts = await Promise.all(trusted.map((state) => textsOf(state, formats)));
  return {
    trusted: texts.flat(),
    proposed: await textsOf(head, formats),
    declaredIn: (subject) => [...(places.get(packageLabel(subject)) ?? [])],
  };
}

/** What no format claims is there because another manifest includes it. */
async function textsOf(
  { declarations, files }: SettingsState,
  formats: readonly ManifestFormat[],
): Promise<readonly RepositoryFile[]> {
  const ids = new Set(ecosystems.flatMap(({ registryFiles }) => registryFiles));
  const paths = (await declarations.paths()).filter((path) => {
    const format = formatOf(path, formats);
    return format === undefined || ids.has(format.id);
  });
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await files.text(path) })));
  return texts.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
}
