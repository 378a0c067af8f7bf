import { delimiter, join } from 'node:path';
import type {
  Machine,
  RegistryRoutes,
  RegistrySettings,
  RegistrySource,
  RepositoryFile,
} from '../../model/registry.ts';
import { fileName } from '../../text/file-names.ts';
import { userFiles, type SettingsText } from '../shared/registry-files.ts';
import { configSettings, routeBy, type NameSettings } from '../shared/routes.ts';
import { concernsFolder } from '../shared/settings-reach.ts';
import {
  readBunfig,
  readClassicYarnrc,
  readPnpmWorkspace,
  readYarnrc,
  yarnEnvironment,
} from './other-settings.ts';
import { npmEnvironment, readNpmrc, type NpmSettings } from './registry-settings.ts';

/**
 * Where npm packages are asked for. Of the repository's files only the choice of a registry counts, and it can't lead a
 * name away that the user's own settings bind to a private place.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const { repository, proposed, configured, configuredNow } = settings;
  const { environment, yarn, files } = await userSettings(settings);
  const user = [environment, yarn, ...files];
  const trusted = await repositorySettings(repository, settings);
  const config = configSettings(configured);
  const ownSettings = (each: NpmSettings) => nameSettings(each, 'user', () => true);
  const ofYarn = trusted.filter(({ isOfYarn }) => isOfYarn).map((each) => each.settings);
  const ofOthers = trusted.filter(({ isOfYarn }) => !isOfYarn).map((each) => each.settings);
  // npm's variables come before the repository's files, which come before the user's. Yarn heeds its own ones only.
  const ordered =
    config.length === 0
      ? [ownSettings(yarn), ...ofYarn, ownSettings(environment), ...ofOthers]
      : [ownSettings(yarn), ownSettings(environment), ...config, ...ofYarn, ...ofOthers];
  const proposedSettings = (await repositorySettings(proposed, settings)).map((each) => each.settings);
  return {
    route: routeBy({
      ...settings,
      settings: [...ordered, ...files.map(ownSettings)],
      proposed: [...configSettings(configuredNow), ...proposedSettings],
      ownSettings: (part) => `\`${part === 'main' ? 'registry' : '@scope:registry'}\` in your own ~/.npmrc`,
    }),
    boundNames: new Set(),
    credentials: user.flatMap(({ credentials }) => credentials),
    userSources: user.flatMap(sourcesOf),
    network: user,
  };
}

interface FileSettings {
  readonly settings: NameSettings;
  readonly isOfYarn: boolean;
}

async function repositorySettings(
  files: readonly RepositoryFile[],
  { placesOf }: RegistrySettings,
): Promise<readonly FileSettings[]> {
  const read = await Promise.all(
    files.map(async ({ path, text }): Promise<FileSettings[]> => {
      const settings = await readSettingsFile({ text, trust: 'repository', from: path }, new Map());
      if (settings === null) return [];
      const named = nameSettings(settings, 'repository', concernsFolder(path, placesOf));
      return [{ settings: named, isOfYarn: fileName(path) === '.yarnrc.yml' }];
    }),
  );
  return read.flat();
}

/** @returns What a file says by its name; null for a name that no package manager reads. */
async function readSettingsFile(
  file: SettingsText,
  environment: ReadonlyMap<string, string>,
): Promise<NpmSettings | null> {
  switch (fileName(file.from.replaceAll('\\', '/'))) {
    case '.npmrc':
      return readNpmrc(file, environment);
    case '.yarnrc':
      return readClassicYarnrc(file);
    case '.yarnrc.yml':
      return readYarnrc(file, environment);
    case 'bunfig.toml':
    case '.bunfig.toml':
      return readBunfig(file, environment);
    case 'pnpm-workspace.yaml':
      return readPnpmWorkspace(file);
    default:
      return null;
  }
}

function nameSettings(
  settings: NpmSettings,
  trust: NameSettings['trust'],
  concerns: NameSettings['concerns'],
): NameSettings {
  const { registry, scopes, offline } = settings;
  const boundTo = (name: string): readonly RegistrySource[] => {
    const source = scopes.get(/^(@[^/]+)\//.exec(name)?.[1] ?? '');
    return source === undefined ? [] : [source];
  };
  return {
    trust,
    concerns,
    main: registry,
    extra: () => [],
    boundTo,
    sources: sourcesOf(settings),
    offline: offline ?? null,
  };
}

function sourcesOf({ registry, scopes }: NpmSettings): readonly RegistrySource[] {
  return [...(registry === null ? [] : [registry]), ...scopes.values()];
}

/** What the environment and the user's own files say, each the strongest first. */
async function userSettings({ machine, read }: RegistrySettings) {
  const { environment } = machine;
  const npmrcs = await userFiles(npmFiles(machine), read);
  const otherTexts = await userFiles(otherFiles(machine), read);
  const complete = (settings: NpmSettings) => withAuthorityFile(settings, read);
  const readOthers = await Promise.all(otherTexts.map((file) => readSettingsFile(file, environment)));
  return {
    environment: await complete(npmEnvironment(environment)),
    yarn: yarnEnvironment(environment),
    files: [
      ...(await Promise.all(npmrcs.map((file) => complete(readNpmrc(file, environment))))),
      ...readOthers.filter((settings) => settings !== null),
    ],
  };
}

/** npm's user and global files (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc), and pnpm's. */
function npmFiles({ environment, home, platform }: Machine): string[] {
  const user = environment.get('NPM_CONFIG_USERCONFIG') ?? join(home, '.npmrc');
  const global = environment.get('NPM_CONFIG_GLOBALCONFIG');
  const config = environment.get('XDG_CONFIG_HOME') ?? join(home, '.config');
  const prefix =
    environment.get('NPM_CONFIG_PREFIX') ?? environment.get('PREFIX') ?? nodePrefix(environment, platform);
  const globalFile = global ?? (prefix === null ? null : join(prefix, 'etc', 'npmrc'));
  return [user, join(config, 'pnpm', 'rc'), globalFile].filter((path) => path !== null);
}

/** The user's files of Yarn and bun (https://bun.com/docs/runtime/bunfig#global-vs-local). */
function otherFiles({ environment, home }: Machine): string[] {
  const config = environment.get('XDG_CONFIG_HOME');
  const bun = [...(config === undefined ? [] : [config]), home].map((folder) => join(folder, '.bunfig.toml'));
  return [join(home, '.yarnrc'), join(home, '.yarnrc.yml'), ...bun];
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
