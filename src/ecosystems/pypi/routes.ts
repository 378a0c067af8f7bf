import { join } from 'node:path';
import type {
  Machine,
  ProxySettings,
  RegistryRoutes,
  RegistrySettings,
  RegistrySource,
  RepositoryFile,
} from '../../model/registry.ts';
import { userFiles } from '../shared/registry-files.ts';
import { chooseMain, configuredSource, routeOf } from '../shared/routes.ts';
import { pythonEnvironment, readIndexToml, readPipConf, type PythonSettings } from './registry-settings.ts';

/**
 * Where distributions are asked for. Of the repository's files only the choice of an index counts, and it can't lead a
 * name away that the user's own settings bind to a private place.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const { repository, configured, publicUrl } = settings;
  const [environment, ...files] = await userSettings(settings);
  const user = [environment, ...files];
  const inRepository = repository.flatMap(pythonSettings);
  const everything = [...user, ...inRepository];
  const bound = new Map<string, RegistrySource>();
  for (const { bound: boundSources } of everything) {
    for (const [name, source] of boundSources) if (!bound.has(name)) bound.set(name, source);
  }
  const main = chooseMain({
    environment: environment.index,
    repository: [configuredSource(configured), ...inRepository.map(({ index }) => index)],
    files: files.map(({ index }) => index),
    publicUrl,
  });
  const extra = everything.flatMap(({ extra: indexes }) => indexes);
  return {
    route: (name) => {
      const only = bound.get(name);
      return only === undefined ? routeOf(extra, main, publicUrl) : routeOf([only], null, publicUrl);
    },
    credentials: user.flatMap(({ credentials }) => credentials),
    userSources: user
      .flatMap(({ index, extra: indexes, bound: boundSources }) => [
        index,
        ...indexes,
        ...boundSources.values(),
      ])
      .filter((source) => source !== null),
    network: await Promise.all(user.map((source) => networkOf(source, settings))),
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

function pythonSettings({ path, text }: RepositoryFile): PythonSettings[] {
  const file = { text, trust: 'repository' as const, from: path };
  if (path === 'pip.conf') return [readPipConf(file)];
  return path === 'uv.toml' || path === 'pyproject.toml' ? [readIndexToml(file)] : [];
}

/** What the environment and the user's own files say, the strongest first. */
async function userSettings({
  machine,
  read,
}: RegistrySettings): Promise<readonly [PythonSettings, ...PythonSettings[]]> {
  const [uv, pip] = [await userFiles(uvFiles(machine), read), await userFiles(pipFiles(machine), read)];
  return [pythonEnvironment(machine.environment), ...uv.map(readIndexToml), ...pip.map(readPipConf)];
}

/** pip's files, the strongest first (https://pip.pypa.io/en/stable/topics/configuration/#location). */
function pipFiles({ environment, home, platform }: Machine): string[] {
  const named = environment.get('PIP_CONFIG_FILE');
  if (named === '/dev/null' || named === 'nul') return [];
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
  return [...(named === undefined ? [] : [named]), ...paths, join(home, '.pip', 'pip.conf'), ...system];
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
