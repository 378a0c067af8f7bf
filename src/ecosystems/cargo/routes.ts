import { dirname, join } from 'node:path';
import type {
  Credential,
  Machine,
  ProxySettings,
  RegistryRoutes,
  RegistrySettings,
  RegistrySource,
  RepositoryFile,
} from '../../model/registry.ts';
import { userFiles } from '../shared/registry-files.ts';
import { configSettings, routeBy, type NameSettings } from '../shared/routes.ts';
import { concernsFolder, folderOf, isBelow } from '../shared/settings-reach.ts';
import { manifests } from './manifests/index.ts';
import { cargo } from './names.ts';
import { registryAddress } from './registry-address.ts';
import {
  cargoEnvironment,
  indexSource,
  readConfig,
  readTokens,
  registryKey,
  type CargoSettings,
} from './registry-settings.ts';

/**
 * Where crates are asked for: at crates.io or what stands in for it, and at the registry that a line names. Of the
 * repository's files only the choice of a registry counts, and tokens go to the registries that the user's own settings name.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const { repository, proposed, configured, configuredNow } = settings;
  const user = await userSettings(settings);
  const outside = await settingsAbove(settings);
  const trusted = await stateSettings(repository, [...user, ...outside], settings);
  const proposedState = await stateSettings(proposed, [...user, ...outside], settings);
  const everywhere = (each: CargoSettings, trust: NameSettings['trust']) =>
    nameSettings(each, { trust, concerns: () => true, all: [each, ...user, ...outside] });
  const [variables, ...files] = user.map((each) => everywhere(each, 'user'));
  const userSources = user.flatMap(({ registries }) => [...registries.values()]);
  return {
    route: routeBy({
      ...settings,
      // Cargo prefers the nearest file to those of the folders above, and these to the user's own.
      settings: [
        ...(variables === undefined ? [] : [variables]),
        ...configSettings(configured),
        ...trusted.settings,
        ...outside.map((each) => everywhere(each, 'repository')),
        ...files,
      ],
      proposed: [...configSettings(configuredNow), ...proposedState.settings],
      ownSettings: () => 'a registry in your own ~/.cargo/config.toml',
    }),
    boundNames: new Set([...trusted.boundNames, ...proposedState.boundNames]),
    credentials: [...user.flatMap(({ credentials }) => credentials), ...tokenCredentials(user)],
    userSources,
    network: await Promise.all(user.map((each) => networkOf(each, settings))),
  };
}

/** Cargo sends a token as it is (https://doc.rust-lang.org/cargo/reference/registry-authentication.html). */
function tokenCredentials(user: readonly CargoSettings[]): readonly Credential[] {
  const sources = new Map(user.toReversed().flatMap(({ registries }) => [...registries]));
  const tokens = new Map(user.toReversed().flatMap((each) => [...each.tokens]));
  return [...tokens].flatMap(([name, token]) => {
    const source = sources.get(name);
    return source === undefined ? [] : [{ prefix: `${source.url}/`, authorization: token }];
  });
}

async function networkOf(
  { network, authorityFile }: CargoSettings,
  { read }: RegistrySettings,
): Promise<ProxySettings> {
  const text = authorityFile === null ? null : await read(authorityFile);
  return text === null ? network : { ...network, authorities: [text] };
}

/** What the environment and the user's own files say, the strongest first. */
async function userSettings({ machine, read }: RegistrySettings): Promise<readonly CargoSettings[]> {
  const home = cargoHome(machine);
  const configs = await userFiles(inFolder(home, 'config'), read);
  const logins = await userFiles(inFolder(home, 'credentials'), read);
  const tokens = await Promise.all(logins.map(readTokens));
  const files = await Promise.all(configs.map(readConfig));
  const variables = cargoEnvironment(machine.environment);
  const login = new Map(tokens.toReversed().flatMap((each) => [...each]));
  // Tokens of the file of their own come before those beside an index.
  return [{ ...variables, tokens: new Map([...login, ...variables.tokens]) }, ...files];
}

/** https://doc.rust-lang.org/cargo/guide/cargo-home.html */
function cargoHome({ environment, home }: Machine): string {
  return environment.get('CARGO_HOME') ?? join(home, '.cargo');
}

/** Cargo prefers the name without an ending where both are there. */
function inFolder(folder: string, name: 'config' | 'credentials'): readonly string[] {
  return [join(folder, name), join(folder, `${name}.toml`)];
}

/** The files of folders above the repository, the nearest first: anybody may have written them, and Cargo reads them. */
async function settingsAbove({
  installation,
  machine,
  read,
}: RegistrySettings): Promise<readonly CargoSettings[]> {
  const root = installation?.root ?? null;
  if (root === null) return [];
  const folders: string[] = [];
  for (let folder = dirname(root); folders.at(-1) !== folder; folder = dirname(folder)) folders.push(folder);
  const paths = folders
    .map((folder) => join(folder, '.cargo'))
    .filter((folder) => folder !== cargoHome(machine))
    .flatMap((folder) => inFolder(folder, 'config'));
  const files = await userFiles(paths, read);
  return Promise.all(files.map((file) => readConfig({ ...file, trust: 'repository' })));
}

interface StateSettings {
  readonly settings: readonly NameSettings[];
  readonly boundNames: readonly string[];
}

/** What the files of one state say. */
async function stateSettings(
  files: readonly RepositoryFile[],
  outer: readonly CargoSettings[],
  { placesOf }: RegistrySettings,
): Promise<StateSettings> {
  const configs = await Promise.all(
    files
      .filter(({ path }) => formatOf(path) === 'config.toml of Cargo')
      .map(async ({ path, text }) => {
        const said = await readConfig({ text, trust: 'repository', from: path });
        return { path, said, folder: folderOf(folderOf(path)) };
      }),
  );
  const bound = await Promise.all(
    files
      .filter(({ path }) => formatOf(path) === 'Cargo.toml')
      .map(async (file) => {
        const nearest = configs.filter(({ folder }) => isBelow(file.path, folder)).map(({ said }) => said);
        return { path: file.path, names: await boundNames(file, [...outer, ...nearest]) };
      }),
  );
  const concerns = (path: string) => concernsFolder(path, placesOf);
  return {
    settings: [
      ...bound.map(({ path, names }) => bindingSettings(names, concerns(path))),
      ...files.map((file) =>
        bindingSettings(commandNames(file, outer), (name) => placesOf(name).used.includes(file.path)),
      ),
      ...configs.map(({ folder, said }) =>
        nameSettings(said, {
          trust: 'repository',
          concerns: concerns(folder === '' ? '' : `${folder}/`),
          all: [said, ...outer],
        }),
      ),
    ],
    boundNames: bound.flatMap(({ names }) => [...names.keys()]),
  };
}

function formatOf(path: string): string | undefined {
  return manifests.find((format) => format.matches(path))?.id;
}

/** @returns The registries that the lines of a manifest name, by the packages that they bind to them. */
async function boundNames(
  { path, text }: RepositoryFile,
  all: readonly CargoSettings[],
): Promise<ReadonlyMap<string, RegistrySource>> {
  const names = new Map<string, RegistrySource>();
  const format = manifests.find((candidate) => candidate.matches(path));
  const dependencies = (await format?.read(path, text))?.dependencies ?? [];
  for (const { name, source } of dependencies) {
    if (name === null || source.kind !== 'foreign' || source.isIndex !== true) continue;
    const registry = namedRegistry(source.value, all) ?? unnamed(source.value, path);
    names.set(name, registry);
  }
  return names;
}

/** @returns The registries that the commands of a program name, by the packages that they install from there. */
function commandNames(
  { path, runs = [] }: RepositoryFile,
  all: readonly CargoSettings[],
): ReadonlyMap<string, RegistrySource> {
  return new Map(
    runs.flatMap((run) => {
      if (run.kind !== 'command' || run.ecosystem !== cargo.id || run.index === null) return [];
      const address = registryAddress(run.index) ?? run.index;
      const source = namedRegistry(address, all) ?? unnamed(address, path);
      return run.names.map((name) => [name, source] as const);
    }),
  );
}

function namedRegistry(name: string, all: readonly CargoSettings[]): RegistrySource | undefined {
  return all
    .map(({ registries }) => registries.get(registryKey(name)))
    .find((source) => source !== undefined);
}

/** An address stands for itself; a name that no file has leads nowhere. */
function unnamed(value: string, path: string): RegistrySource {
  const named = { trust: 'repository', from: path } as const;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return indexSource(`sparse+${value}`, named).source;
  return {
    ...named,
    url: '',
    unusable: `${path} takes it from the registry “${value}”, which no file names`,
  };
}

function bindingSettings(
  names: ReadonlyMap<string, RegistrySource>,
  concerns: NameSettings['concerns'],
): NameSettings {
  return {
    trust: 'repository',
    concerns,
    main: null,
    extra: () => [],
    boundTo: (name) => [names.get(name)].filter((source) => source !== undefined),
    sources: [...names.values()].filter(({ url }) => url !== ''),
    offline: null,
  };
}

interface Concerned extends Pick<NameSettings, 'trust' | 'concerns'> {
  /** What may say where a registry is that these settings name, the strongest first. */
  readonly all: readonly CargoSettings[];
}

function nameSettings(said: CargoSettings, { trust, concerns, all }: Concerned): NameSettings {
  // What stands in for crates.io and is no registry is a folder, or a repository, of crates of crates.io.
  const main = said.standIn === null ? undefined : namedRegistry(said.standIn, all);
  return {
    trust,
    concerns,
    main: main ?? null,
    extra: () => [],
    boundTo: () => [],
    sources: [...said.registries.values()],
    offline: said.offline,
  };
}
