import { join } from 'node:path';
import type {
  Machine,
  ProxySettings,
  RegistryRoutes,
  RegistrySettings,
  RegistrySource,
  RepositoryFile,
  Trust,
} from '../../model/registry.ts';
import type { InstallRun } from '../../model/reference.ts';
import { namedCredentials, withArchives } from './credentials.ts';
import { credentialsOfNetrc } from '../shared/netrc.ts';
import { userFiles } from '../shared/registry-files.ts';
import { configSettings, routeBy, type NameSettings } from '../shared/routes.ts';
import { folderOf, isBelow, concernsFolder } from '../shared/settings-reach.ts';
import { environmentFolders } from './installed.ts';
import { includeFormat, manifests } from './manifests/index.ts';
import {
  PYPI_BY_NAME,
  pythonEnvironment,
  readIndexToml,
  readPipConf,
  readPipfile,
  settingsOfList,
  type PythonSettings,
} from './registry-settings.ts';
import { commandSettings } from './program-runs.ts';
import { requirementRuns, urlsFor } from './requirement-runs.ts';

/**
 * Where distributions are asked for. Of the repository's files only the choice of an index counts, and it can't lead a
 * name away that the user's own settings bind to a private place.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const { repository, configured, configuredNow, publicUrl, machine, read } = settings;
  const user = await userSettings(settings);
  const [trusted, proposed] = [
    await repositorySettings(repository, user, settings),
    await repositorySettings(settings.proposed, user, settings),
  ];
  const userNames = everywhere(user, publicUrl);
  const config = configSettings(configured);
  const all = {
    ...settings,
    settings: config.length === 0 ? inOrder(userNames, trusted) : inOrderAround(config, userNames, trusted),
    proposed: [...configSettings(configuredNow), ...trustedOrder(proposed), ...proposed.pipConf],
    ownSettings: () => '`extra-index-url` in your own pip.conf',
  };
  const userSettingsList = [user.pip, user.uv, ...user.uvFiles, ...user.pipFiles];
  const userSources = userSettingsList.flatMap((each) => sourcesOf(each, publicUrl));
  const sources = all.settings.flatMap((each) => each.sources);
  return {
    route: routeBy(all),
    boundNames: new Set([...trusted.boundNames, ...proposed.boundNames]),
    credentials: [
      ...userSettingsList.flatMap(({ credentials }) => credentials).map(withArchives),
      ...namedCredentials([user.uv, ...user.uvFiles], machine.environment),
      ...(await credentialsOfNetrc(sources, { userSources, machine, read })),
    ],
    userSources,
    network: await Promise.all(userSettingsList.map((each) => networkOf(each, settings))),
  };
}

async function networkOf(
  { network, authorityFile }: PythonSettings,
  { machine, read }: RegistrySettings,
): Promise<ProxySettings> {
  // As pip does with every path of an option.
  const path = authorityFile?.replace(/^~(?=[\\/])/, machine.home) ?? null;
  const text = path === null ? null : await read(path);
  return text === null ? network : { ...network, authorities: [text] };
}

/** What the user says, by the programs that heed it. */
interface UserSettings {
  readonly pip: PythonSettings;
  readonly uv: PythonSettings;
  readonly uvFiles: readonly PythonSettings[];
  readonly pipFiles: readonly PythonSettings[];
}

/** What the files of one state say, by the programs that heed it. */
interface RepositorySettings {
  /** Of programs that no variable overrules. */
  readonly lists: readonly NameSettings[];
  readonly uv: readonly NameSettings[];
  readonly pipConf: readonly NameSettings[];
  readonly boundNames: readonly string[];
}

interface OwnSettings {
  readonly pip: NameSettings;
  readonly uv: NameSettings;
  readonly files: readonly NameSettings[];
}

function everywhere({ pip, uv, uvFiles, pipFiles }: UserSettings, publicUrl: string): OwnSettings {
  const concerned = { trust: 'user', concerns: () => true, publicUrl } as const;
  const named = (settings: PythonSettings) => nameSettings(settings, concerned);
  return { pip: named(pip), uv: named(uv), files: [...uvFiles, ...pipFiles].map(named) };
}

/** uv's variables come before uv's files, and pip's before pip's; Poetry, Pipenv, PDM heed neither. */
function inOrder(user: OwnSettings, trusted: RepositorySettings): readonly NameSettings[] {
  return [...trusted.lists, user.uv, ...trusted.uv, user.pip, ...trusted.pipConf, ...user.files];
}

function inOrderAround(
  config: readonly NameSettings[],
  user: OwnSettings,
  trusted: RepositorySettings,
): readonly NameSettings[] {
  return [user.uv, user.pip, ...config, ...trustedOrder(trusted), ...trusted.pipConf, ...user.files];
}

function trustedOrder({ lists, uv }: RepositorySettings): readonly NameSettings[] {
  return [...lists, ...uv];
}

/** A file of the repository with what it says. */
interface FileSettings {
  readonly path: string;
  readonly kind: 'lists' | 'uv' | 'pipConf' | 'programs';
  readonly settings: PythonSettings;
}

async function repositorySettings(
  files: readonly RepositoryFile[],
  user: UserSettings,
  settings: RegistrySettings,
): Promise<RepositorySettings> {
  const { placesOf, publicUrl } = settings;
  const trust: Trust = 'repository';
  const read = (await Promise.all(files.map((file) => fileSettings(file)))).flat();
  const ownNames = [user.uv, ...user.uvFiles].map(({ named }) => named);
  const resolved = read.map((file) => ({ ...file, settings: withNamedIndexes(file, read, ownNames) }));
  const named = (kind: FileSettings['kind']) =>
    resolved
      .filter((file) => file.kind === kind)
      .map(({ path, settings }) =>
        nameSettings(settings, { trust, concerns: concernsOf(kind, path, placesOf), publicUrl }),
      );
  const runs = await requirementRuns(files.filter(isListOfRequirements), trust, placesOf);
  const commands = files.flatMap((file) => commandSettings(file, trust, settings));
  return {
    lists: [...commands, ...runs, ...named('lists')],
    uv: [...named('programs'), ...named('uv')],
    pipConf: named('pipConf'),
    boundNames: resolved.flatMap(({ settings }) =>
      settings.bound.filter(([, { url }]) => url !== PYPI_BY_NAME).map(([name]) => name),
    ),
  };
}

/** The metadata of a script hold for what it uses itself. */
function concernsOf(
  kind: FileSettings['kind'],
  path: string,
  placesOf: RegistrySettings['placesOf'],
): (name: string) => boolean {
  return kind === 'programs' ? (name) => placesOf(name).used.includes(path) : concernsFolder(path, placesOf);
}

function formatOf(path: string): string | undefined {
  return manifests.find((format) => format.matches(path))?.id;
}

/** What no format claims is there because a file of requirements includes it. */
function isListOfRequirements({ path, runs }: RepositoryFile): boolean {
  if (runs !== undefined) return false;
  const format = formatOf(path);
  return format === includeFormat.id || (format === undefined && !/(?:^|\/)\.|\.(?:ya?ml|toml)$/.test(path));
}

async function fileSettings({ path, text, runs }: RepositoryFile): Promise<readonly FileSettings[]> {
  if (runs !== undefined) return metadataSettings(path, runs);
  const file = { text, trust: 'repository' as const, from: path };
  switch (formatOf(path)) {
    case 'pip.conf':
      return [{ path, kind: 'pipConf', settings: readPipConf(file) }];
    case 'uv.toml':
      return [{ path, kind: 'uv', settings: readIndexToml(file) }];
    case 'pyproject.toml':
      return [
        { path, kind: 'uv', settings: readIndexToml(file, ['uv']) },
        { path, kind: 'lists', settings: readIndexToml(file, ['poetry', 'pdm', 'rye']) },
        ...(text.includes('tool.pixi') ? [await listSettings(file)] : []),
      ];
    case 'Pipfile':
      return [{ path, kind: 'lists', settings: readPipfile(file) }];
    case 'constraints.txt':
    case 'environment.yml':
    case 'pixi.toml':
      return [await listSettings(file)];
    case undefined:
    default:
      return [];
  }
}

/** uv and PDM read their tables in the metadata of a script (https://docs.astral.sh/uv/guides/scripts/). */
function metadataSettings(path: string, runs: readonly InstallRun[]): readonly FileSettings[] {
  return runs.flatMap((run): FileSettings[] => {
    if (run.kind !== 'metadata') return [];
    const file = { text: run.text, trust: 'repository' as const, from: path };
    return [{ path, kind: 'programs', settings: readIndexToml(file, ['uv', 'pdm'], true) }];
  });
}

/** Reads the indexes of a file by its manifest format, which names them in its own words. */
async function listSettings(file: {
  readonly text: string;
  readonly trust: Trust;
  readonly from: string;
}): Promise<FileSettings> {
  const { text, from: path } = file;
  const format = manifests.find((candidate) => candidate.matches(path)) ?? includeFormat;
  const { registries, dependencies } = await format.read(path, text);
  const bound = dependencies.flatMap(({ name, source }): [string, string][] =>
    name !== null && source.kind === 'foreign' && source.isIndex === true ? [[name, source.value]] : [],
  );
  const isProject = path.endsWith('pyproject.toml');
  const listed = {
    index: isProject ? null : (urlsFor('all', registries).at(-1) ?? null),
    extra: urlsFor('more', registries),
    bound: isProject ? [] : bound,
    noIndex: false,
  };
  return { path, kind: 'lists', settings: settingsOfList(file, listed) };
}

/** Members of a workspace name the indexes of its root, and anybody those of the user. */
function withNamedIndexes(
  { path, settings }: FileSettings,
  files: readonly FileSettings[],
  ownNames: readonly ReadonlyMap<string, RegistrySource>[],
): PythonSettings {
  const names = files.filter((file) => isBelow(path, folderOf(file.path))).map((file) => file.settings.named);
  const bound = settings.boundElsewhere.map(([name, index]): readonly [string, RegistrySource] => {
    const source = [...names, ...ownNames].map((indexes) => indexes.get(index)).find(Boolean);
    const unusable = `${path} takes it from the index “${index}”, which no file names`;
    return [name, source ?? { url: '', trust: 'repository', from: path, unusable }];
  });
  return { ...settings, bound: [...settings.bound, ...bound] };
}

interface Concerned {
  readonly trust: Trust;
  readonly concerns: (name: string) => boolean;
  readonly publicUrl: string;
}

function nameSettings(settings: PythonSettings, { trust, concerns, publicUrl }: Concerned): NameSettings {
  const { index, extra, patterns, offline } = settings;
  const bound = settings.bound.map(([name, source]) => [name, atPypi(source, publicUrl)] as const);
  return {
    trust,
    concerns,
    main: index,
    extra: (name) => [
      ...extra,
      ...patterns.filter(({ never }) => !matchesAny(name, never)).map(({ source }) => source),
    ],
    boundTo: (name) => [
      ...bound.filter(([boundName]) => boundName === name).map(([, source]) => source),
      ...patterns.filter(({ only }) => matchesAny(name, only)).map(({ source }) => source),
    ],
    sources: sourcesOf(settings, publicUrl),
    offline,
  };
}

function sourcesOf(settings: PythonSettings, publicUrl: string): readonly RegistrySource[] {
  const { index, extra, bound, patterns, named } = settings;
  const sources = [
    ...(index === null ? [] : [index]),
    ...extra,
    ...named.values(),
    ...bound.map(([, source]) => atPypi(source, publicUrl)),
    ...patterns.map(({ source }) => source),
  ];
  return sources.filter(({ url }) => url !== '');
}

function atPypi(source: RegistrySource, publicUrl: string): RegistrySource {
  return source.url === PYPI_BY_NAME ? { ...source, url: publicUrl } : source;
}

/** PDM's patterns are those of file names (https://docs.python.org/3/library/fnmatch.html), with `*` alone. */
function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const canonical = pattern.toLowerCase().replace(/[-_.]+/g, '-');
    const [first = '', ...parts] = canonical.split('*');
    const last = parts.pop();
    if (last === undefined) return name === first;
    if (!name.startsWith(first) || !name.slice(first.length).endsWith(last)) return false;
    let open = name.slice(first.length, name.length - last.length);
    for (const part of parts) {
      const at = open.indexOf(part);
      if (at < 0) return false;
      open = open.slice(at + part.length);
    }
    return true;
  });
}

/** What the environment and the user's own files say, the strongest first. */
async function userSettings({ machine, read, installation }: RegistrySettings): Promise<UserSettings> {
  const environments = installation === null ? [] : await environmentFolders(installation);
  const [uv, pip] = [
    await userFiles(uvFiles(machine), read),
    await userFiles(pipFiles(machine, environments), read),
  ];
  return {
    pip: pythonEnvironment(machine.environment, ['pip']),
    uv: pythonEnvironment(machine.environment, ['uv']),
    uvFiles: uv.map((file) => readIndexToml({ ...file, from: file.from }, ['uv'])),
    pipFiles: pip.map(readPipConf),
  };
}

/** pip's files, the strongest first (https://pip.pypa.io/en/stable/topics/configuration/#location). */
function pipFiles({ environment, home, platform }: Machine, environments: readonly string[]): string[] {
  const named = environment.get('PIP_CONFIG_FILE');
  if (named === '/dev/null' || named === 'nul') return [];
  const site = environments.map((folder) => join(folder, platform === 'win32' ? 'pip.ini' : 'pip.conf'));
  const config = environment.get('XDG_CONFIG_HOME') ?? join(home, '.config');
  const user = {
    win32: [join(environment.get('APPDATA') ?? home, 'pip', 'pip.ini'), join(home, 'pip', 'pip.ini')],
    darwin: [
      join(home, 'Library', 'Application Support', 'pip', 'pip.conf'),
      join(config, 'pip', 'pip.conf'),
    ],
    other: [join(config, 'pip', 'pip.conf')],
  };
  const system = platform === 'win32' ? [] : ['/etc/pip.conf'];
  const paths = platform === 'win32' || platform === 'darwin' ? user[platform] : user.other;
  const first = named === undefined ? site : [named, ...site];
  return [...first, ...paths, join(home, '.pip', 'pip.conf'), ...system];
}

/** uv's files (https://docs.astral.sh/uv/concepts/configuration-files/). */
function uvFiles({ environment, home, platform }: Machine): string[] {
  const named = environment.get('UV_CONFIG_FILE');
  if (named !== undefined) return [named];
  if (platform === 'win32') return [join(environment.get('APPDATA') ?? home, 'uv', 'uv.toml')];
  return [
    join(environment.get('XDG_CONFIG_HOME') ?? join(home, '.config'), 'uv', 'uv.toml'),
    '/etc/uv/uv.toml',
  ];
}
