import { delimiter, join } from 'node:path';
import type { Machine, RegistryRoutes, RegistrySettings, RegistrySource } from '../../model/registry.ts';
import { userFiles } from '../shared/registry-files.ts';
import { chooseMain, configuredSource, routeOf } from '../shared/routes.ts';
import { npmEnvironment, readNpmrc, type NpmSettings } from './registry-settings.ts';

/**
 * Where npm packages are asked for. Of the repository's files only the choice of a registry counts, and it can't lead a
 * name away that the user's own settings bind to a private place.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const { repository, configured, publicUrl } = settings;
  const [environment, ...files] = await userSettings(settings);
  const user = [environment, ...files];
  const inRepository = repository
    .filter(({ path }) => path === '.npmrc')
    .map(({ path, text }) => readNpmrc({ text, trust: 'repository', from: path }, new Map()));
  const scopes = new Map<string, RegistrySource>();
  for (const { scopes: bound } of [...user, ...inRepository]) {
    for (const [scope, source] of bound) if (!scopes.has(scope)) scopes.set(scope, source);
  }
  const main = chooseMain({
    environment: environment.registry,
    repository: [configuredSource(configured), ...inRepository.map(({ registry }) => registry)],
    files: files.map(({ registry }) => registry),
    publicUrl,
  });
  return {
    route: (name) => {
      const scoped = scopes.get(/^(@[^/]+)\//.exec(name)?.[1] ?? '');
      return routeOf(scoped === undefined ? [] : [scoped], scoped === undefined ? main : null, publicUrl);
    },
    credentials: user.flatMap(({ credentials }) => credentials),
    userSources: user
      .flatMap(({ registry, scopes: bound }) => [registry, ...bound.values()])
      .filter((source) => source !== null),
    network: user,
  };
}

/** What the environment and the user's own files say, the strongest first. */
async function userSettings({
  machine,
  read,
}: RegistrySettings): Promise<readonly [NpmSettings, ...NpmSettings[]]> {
  const { environment } = machine;
  const files = await userFiles(npmFiles(machine), read);
  const [environmentSettings, ...fileSettings] = [
    npmEnvironment(environment),
    ...files.map((file) => readNpmrc(file, environment)),
  ] as const;
  const complete = (settings: NpmSettings) => withAuthorityFile(settings, read);
  return [await complete(environmentSettings), ...(await Promise.all(fileSettings.map(complete)))];
}

/** npm's user and global files (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc). */
function npmFiles({ environment, home, platform }: Machine): string[] {
  const user = environment.get('NPM_CONFIG_USERCONFIG') ?? join(home, '.npmrc');
  const global = environment.get('NPM_CONFIG_GLOBALCONFIG');
  const prefix =
    environment.get('NPM_CONFIG_PREFIX') ?? environment.get('PREFIX') ?? nodePrefix(environment, platform);
  const paths = [user, global ?? (prefix === null ? null : join(prefix, 'etc', 'npmrc'))];
  return paths.filter((path) => path !== null);
}

/** npm is installed where node is; its global file is one folder above `bin`. */
function nodePrefix(environment: ReadonlyMap<string, string>, platform: NodeJS.Platform): string | null {
  if (platform === 'win32') {
    const data = environment.get('APPDATA');
    return data === undefined ? null : join(data, 'npm');
  }
  return environment.get('PATH')?.split(delimiter).includes('/usr/local/bin') === true
    ? '/usr/local'
    : '/usr';
}

async function withAuthorityFile(
  settings: NpmSettings,
  read: RegistrySettings['read'],
): Promise<NpmSettings> {
  if (settings.authorityFile === null) return settings;
  const text = await read(settings.authorityFile);
  return text === null ? settings : { ...settings, authorities: [...settings.authorities, text] };
}
