import { entryOf, sightingsOf, type Sighting } from '../hosts/evidence.ts';
import { isKnownBySpelling, matchesPattern, type Host } from '../hosts/host.ts';
import { hosts } from '../hosts/index.ts';
import { Folders } from './folders.ts';
import type { Ask, MappingSource, SpecifierMapping } from './lead.ts';
import { memo } from './memo.ts';
import { namesPackage } from './names.ts';
import { Reader } from './reader.ts';
import type { Files, Project } from '../../../model/language.ts';
import { joinPath } from '../../../text/paths.ts';

/** One state of the project. */
interface State {
  readonly reader: Reader;
  readonly folders: Folders;
}

/** The host that provides a module, and where the project shows it; `isNew` where no state shows it whose word counts. */
export interface Provision {
  readonly host: Host;
  readonly sighting: Sighting;
  readonly isNew: boolean;
}

const hostsWithAliases = hosts.filter(({ aliases }) => aliases.length > 0);

/** The hosts by the first character of what they provide, since every specifier is looked for among them. */
const hostsByInitial: ReadonlyMap<string, readonly Host[]> = initials();

/** @returns The host of a module that only this host can provide, because no package can bear its name. */
export function hostBySpelling(specifier: string): Host | undefined {
  return providersOf(specifier).find(isKnownBySpelling);
}

/**
 * The hosts that a project shows. Where a package could bear a specifier's name, a host that only the change shows counts
 * for nothing: whoever adds the import can add that too.
 */
export class ProjectHosts {
  readonly #own: State;
  readonly #trusted: readonly State[];
  /** Does a trusted state show a host in any of its folders? By the host's place in the table. */
  readonly #isShown: (place: string) => Promise<boolean>;

  constructor({ files, trusted }: Pick<Project, 'files' | 'trusted'>, state: State) {
    this.#own = state;
    this.#trusted = trusted.map((base) => (base === files ? state : stateOf(base)));
    this.#isShown = memo(async (place) => {
      const host = hosts[Number(place)];
      if (host === undefined) return false;
      const answers = await Promise.all(this.#trusted.map((state) => showsAnywhere(host, state)));
      return answers.includes(true);
    });
  }

  /** Aliases that hold by convention in the projects of a host, where nothing literal says so. */
  readonly aliases: MappingSource = async (ask) => {
    const candidates = hostsWithAliases.filter(({ aliases }) => mayMap(aliases, ask.specifier));
    const mappings = candidates.map(async (host) => {
      const sightings = await this.#counting(host, ask);
      return sightings.flatMap((sighting) => mappingOf(host, sighting, ask.specifier) ?? []);
    });
    return (await Promise.all(mappings)).flat();
  };

  /**
   * Looks for the host that provides a module to a file.
   *
   * @returns The host whose modules include the specifier and that the project shows, rather one whose word counts;
   *   undefined where it shows none.
   */
  async providing(ask: Ask): Promise<Provision | undefined> {
    let news: Provision | undefined;
    for (const host of providersOf(ask.specifier)) {
      const [sighting] = await sightingsOf(ask.file, host, this.#own.folders);
      if (sighting === undefined) continue;
      if (await this.#counts(host, ask)) return { host, sighting, isNew: false };
      news ??= { host, sighting, isNew: true };
    }
    return news;
  }

  async #counting(host: Host, ask: Ask): Promise<readonly Sighting[]> {
    const sightings = await sightingsOf(ask.file, host, this.#own.folders);
    return sightings.length > 0 && (await this.#counts(host, ask)) ? sightings : [];
  }

  /** A new folder of the project may show what another one showed before: a second extension of an editor. */
  async #counts(host: Host, { file, specifier }: Ask): Promise<boolean> {
    if (!namesPackage(specifier)) return true;
    const sightings = this.#trusted.map(({ folders }) => sightingsOf(file, host, folders));
    if ((await Promise.all(sightings)).some(({ length }) => length > 0)) return true;
    return this.#isShown(String(hosts.indexOf(host)));
  }
}

function stateOf(files: Files): State {
  const reader = new Reader(files);
  return { reader, folders: new Folders(reader) };
}

function initials(): ReadonlyMap<string, readonly Host[]> {
  const byInitial = new Map<string, Host[]>();
  for (const host of hosts)
    for (const initial of new Set(host.modules.map((pattern) => pattern.charAt(0)))) {
      const alike = byInitial.get(initial) ?? [];
      alike.push(host);
      byInitial.set(initial, alike);
    }
  return byInitial;
}

function providersOf(specifier: string): readonly Host[] {
  const alike = hostsByInitial.get(specifier.charAt(0)) ?? [];
  return alike.filter(({ modules }) => modules.some((pattern) => matchesPattern(pattern, specifier)));
}

async function showsAnywhere(host: Host, { reader, folders }: State): Promise<boolean> {
  const paths = await reader.list();
  const names = new Set(host.files);
  if (paths.some((path) => names.has(path) || host.files.some((name) => path.endsWith(`/${name}`))))
    return true;
  for (const path of paths) {
    if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
    const manifest = await folders.package(path);
    if (manifest !== undefined && entryOf(manifest, host) !== undefined) return true;
  }
  return false;
}

/** Could one of the aliases map a specifier? One that is a package's own name could map any. */
function mayMap(aliases: Host['aliases'], specifier: string): boolean {
  return aliases.some(([alias]) => alias.startsWith('{name}') || namedPart(alias, specifier) !== undefined);
}

function mappingOf(
  { host, aliases, isReserved }: Host,
  { file, folder, name }: Sighting,
  specifier: string,
): SpecifierMapping | undefined {
  for (const [key, targets] of aliases) {
    if (key.startsWith('{name}') && name === undefined) continue;
    const alias = key.replace('{name}', name ?? '');
    const part = namedPart(alias, specifier);
    if (part === undefined) continue;
    const subpath = specifier.slice(part.length);
    return {
      file,
      key: `${alias} of ${host}`,
      line: () => null,
      targets: targets.map((target) => ({
        kind: 'path',
        path: joinPath(folder, `${target.replace('*', part.slice(1))}/${subpath}`),
      })),
      weight: alias === '' ? 'root' : isReserved ? 'reserved' : 'alias',
    };
  }
  return undefined;
}

/** @returns The part of a specifier that an alias stands for; undefined where it does not. */
function namedPart(alias: string, specifier: string): string | undefined {
  if (alias === '') return '';
  const name = alias === '@*' ? (/^@[^/]+/.exec(specifier)?.[0] ?? alias) : alias;
  return specifier === name || specifier.startsWith(`${name}/`) ? name : undefined;
}
