import { findEcosystem } from '../ecosystems/index.ts';
import type { Dependency, RegistryUse } from '../model/manifest.ts';
import type { EcosystemId } from '../model/package.ts';
import { comparableAddress } from '../text/addresses.ts';
import { fileName } from '../text/file-names.ts';
import { isAlias } from './dependency-line.ts';
import type { ReadManifest } from './read.ts';

/** The ecosystem's own registry, where packages come from that no line takes elsewhere. */
export const OWN = '';

/** Where packages come from that no index is asked for. */
export const ARCHIVES = 'archives alone, without an index';

/** Where packages of conda come from whose manifest prefers no other channel. */
export const USUAL_CHANNELS = 'conda-forge or defaults';

/** @returns The address of an ecosystem's own registry; '' where it has none. */
export async function publicAddress(ecosystem: EcosystemId): Promise<string> {
  const registry = await findEcosystem(ecosystem)?.registry?.();
  return comparableAddress((await registry?.publicUrl()) ?? '');
}

/** Where one line takes its package from: addresses without a slash at their end, or the own registry. */
export type Places = ReadonlySet<string>;

/** What one line about a registry says. */
interface Setting {
  readonly address: string;
  readonly use: RegistryUse;
}

/**
 * Where the dependency lines of a state take their packages from, as far as lines about registries and indexes of the same
 * state say it. Which package manager is used nobody can tell, so a place counts that any of them would ask.
 */
export class SourcePlaces {
  readonly #manifests: readonly ReadManifest[];
  readonly #paths: ReadonlySet<string>;
  readonly #relatives = new Map<string, ReadonlySet<string>>();
  readonly #groups = new Map<string, readonly (readonly ReadManifest[])[]>();

  constructor(manifests: readonly ReadManifest[]) {
    this.#manifests = withFurtherSettings(manifests);
    this.#paths = new Set(manifests.map(({ path }) => path));
  }

  /** @param file The manifest that holds the line. */
  of(dependency: Dependency, file: string): Places {
    const { source } = dependency;
    if (source.kind === 'foreign') return new Set([comparableAddress(source.value)]);
    return this.#registriesOf(dependency, file);
  }

  /**
   * @param file The manifest that holds the line.
   * @returns Where the package comes from that the line asks for, in whatever environment: of an alias its target.
   */
  asked(dependency: Dependency, file: string): Places {
    const { source, isConda } = dependency;
    if (source.kind === 'foreign' && !isAlias(dependency)) {
      const usualPlaces = source.within === undefined ? [] : this.#registriesOf(dependency, file);
      return new Set([comparableAddress(source.value), ...usualPlaces]);
    }
    return isConda === true ? this.#channelsOf(file) : this.#registriesOf(dependency, file);
  }

  #channelsOf(file: string): Places {
    const channels = this.#manifests.find(({ path }) => path === file)?.channels ?? [];
    const preferred = preferredChannels(channels);
    return new Set(preferred.length > 0 ? preferred : [USUAL_CHANNELS]);
  }

  #registriesOf({ name, ecosystem, specifier }: Dependency, file: string): Places {
    const scope = findEcosystem(ecosystem)?.scopeOf(name ?? specifier) ?? null;
    const groups = this.#groupsFor(file);
    const scopePlaces = scope === null ? new Set<string>() : placesIn(groups, (use) => isOfScope(use, scope));
    return scopePlaces.size > 0 ? scopePlaces : generalPlaces(groups);
  }

  /** The manifests that say where the lines of a file take packages from: by format, and the nearest first. */
  #groupsFor(file: string): readonly (readonly ReadManifest[])[] {
    const cached = this.#groups.get(file);
    if (cached !== undefined) return cached;
    const format = this.#manifests.find(({ path }) => path === file)?.format;
    const relatives = this.#relativesOf(file);
    const groups = new Map<string, ReadManifest[]>([['', []]]);
    for (const text of this.#manifests) {
      const manifest = this.#inForce(text, file);
      const { path } = manifest;
      if (relatives.has(path)) groups.get('')?.push(manifest);
      else if (manifest.format.ecosystem === format?.ecosystem && sets(manifest, file, format.id)) {
        const group = groups.get(manifest.format.id) ?? [];
        groups.set(manifest.format.id, group);
        group.push(manifest);
      }
    }
    const all = [...groups].map(([id, group]) => (id === '' ? group : nearestFirst(group)));
    this.#groups.set(file, all);
    return all;
  }

  /** What of a manifest's settings holds for a file: none that another file is read in place of. */
  #inForce(manifest: ReadManifest, file: string): ReadManifest {
    const { registries, usualRegistries, withoutIndex } = manifest;
    const holds = (use: RegistryUse | ReadManifest['withoutIndex'][number] = {}) => {
      const hiddenBy = 'hiddenBy' in use ? use.hiddenBy : undefined;
      return hiddenBy === undefined || !this.#isHidden(manifest, hiddenBy, file);
    };
    return {
      ...manifest,
      registries: registries.filter(({ registry }) => holds(registry?.use)),
      usualRegistries: usualRegistries.filter((use) => holds(use)),
      withoutIndex: withoutIndex.filter((setting) => holds(setting)),
    };
  }

  /**
   * A file of that name in a folder on the way down to the asking file is nearer. A workspace of uv has the settings of its
   * root alone (https://docs.astral.sh/uv/concepts/configuration-files/).
   */
  #isHidden({ path, tables }: ReadManifest, name: string, file: string): boolean {
    const home = folderOf(path);
    const isRoot = tables !== null && tables.members !== null;
    const folders = isRoot ? [home] : foldersBetween(home, file);
    return folders.some((folder) => folder + name !== path && this.#paths.has(folder + name));
  }

  /** A file, what it includes and is constrained by, and what includes it: they are read as one. */
  #relativesOf(file: string): ReadonlySet<string> {
    const cached = this.#relatives.get(file);
    if (cached !== undefined) return cached;
    const relatives = new Set([file]);
    // A set hands out what is added to it while it is walked.
    for (const relative of relatives) {
      for (const { path, includes, constraints } of this.#manifests) {
        if (path === relative) for (const list of [...includes, ...constraints]) relatives.add(list);
        else if (includes.includes(relative)) relatives.add(path);
      }
    }
    this.#relatives.set(file, relatives);
    return relatives;
  }
}

/** Settings hold for the folder that they stand in, and those below; so does a project's file for its members. */
function sets(
  { path, format, registries, usualRegistries, withoutIndex }: ReadManifest,
  file: string,
  id: string,
): boolean {
  if ([registries, usualRegistries, withoutIndex].every(({ length }) => length === 0)) return false;
  return (format.isSettings || (format.makesPackage && format.id === id)) && file.startsWith(folderOf(path));
}

function nearestFirst(manifests: readonly ReadManifest[]): readonly ReadManifest[] {
  return manifests.toSorted((left, right) => folderOf(right.path).length - folderOf(left.path).length);
}

function isOfScope(use: RegistryUse, scope: string): boolean {
  return use.kind === 'scope' && use.scope === scope;
}

/** Of each format the nearest file that says something counts, with all that it says. */
function placesIn(
  groups: readonly (readonly ReadManifest[])[],
  isMeant: (use: RegistryUse) => boolean,
): Set<string> {
  const places = new Set<string>();
  for (const [at, group] of groups.entries()) {
    const said = group.flatMap(({ path, ...manifest }) =>
      settingsOf(manifest)
        .filter(({ use }) => isMeant(use))
        .map(({ address }) => ({ address, folder: folderOf(path) })),
    );
    const [nearest] = said;
    for (const { address, folder } of said) {
      if (at === 0 || folder === nearest?.folder) places.add(address);
    }
  }
  return places;
}

function generalPlaces(groups: readonly (readonly ReadManifest[])[]): Places {
  const [relatives = []] = groups;
  if (relatives.some(({ withoutIndex }) => withoutIndex.length > 0)) return new Set([ARCHIVES]);
  const asking = groups.filter((group) => !isWithoutIndex(group));
  const main = placesIn(asking, ({ kind }) => kind === 'all');
  const more = placesIn(asking, ({ kind }) => kind === 'more');
  const usual = asking.length < groups.length ? ARCHIVES : OWN;
  return new Set([...(main.size > 0 ? main : [usual]), ...more]);
}

/** Of several files the nearest counts. */
function isWithoutIndex([nearest]: readonly ReadManifest[]): boolean {
  return nearest !== undefined && nearest.withoutIndex.length > 0;
}

/**
 * Of two channels the first is preferred (https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-channels.html).
 * One that is known by its name alone is a public one: what comes from there is told only where no usual one is asked.
 */
function preferredChannels(channels: readonly string[]): readonly string[] {
  const usual = channels.indexOf('');
  return usual < 0 ? channels : channels.slice(0, usual).filter((channel) => channel.includes('://'));
}

/** @returns The folders from one down to that of a file. */
function foldersBetween(home: string, file: string): readonly string[] {
  const steps = folderOf(file).slice(home.length).split('/').slice(0, -1);
  return ['', ...steps].map(
    (_, at) =>
      home +
      steps
        .slice(0, at)
        .map((step) => `${step}/`)
        .join(''),
  );
}

function settingsOf({
  registries,
  usualRegistries,
}: Pick<ReadManifest, 'registries' | 'usualRegistries'>): readonly Setting[] {
  return [
    ...usualRegistries.map((use) => ({ address: OWN, use })),
    ...registries.flatMap(({ registry }) =>
      registry === undefined ? [] : [{ address: comparableAddress(registry.address), use: registry.use }],
    ),
  ];
}

/** Further settings hold where the file does that names them, wherever they stand themselves. */
function withFurtherSettings(manifests: readonly ReadManifest[]): readonly ReadManifest[] {
  const homes = new Map(
    manifests.flatMap(({ path, format, further }) =>
      format.isSettings ? further.map((settings) => [settings, folderOf(path)] as const) : [],
    ),
  );
  if (homes.size === 0) return manifests;
  return manifests.map((manifest) => {
    const home = homes.get(manifest.path);
    return home === undefined ? manifest : { ...manifest, path: home + fileName(manifest.path) };
  });
}

/** @returns The folder of a file, with a final `/`; the root is ''. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
