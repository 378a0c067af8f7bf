import type {
  RegistryRoutes,
  RegistrySettings,
  RegistrySource,
  RepositoryFile,
} from '../../model/registry.ts';
import { fileName } from '../../text/file-names.ts';
import type { SettingsText } from '../shared/registry-files.ts';
import { configSettings, OWN_NAMES, routeBy, type NameSettings, type RoutePart } from '../shared/routes.ts';
import { concernsFolder } from '../shared/settings-reach.ts';
import {
  otherEnvironment,
  readBunfig,
  readClassicYarnrc,
  readPnpmSettings,
  readYarnrc,
  yarnEnvironment,
} from './other-settings.ts';
import { npmEnvironment, readNpmrc, type NpmSettings } from './registry-settings.ts';
import {
  doubtfulFiles,
  filesAbove,
  userFilesOf,
  type MachineFile,
  type SettingsFormat,
} from './user-files.ts';

/**
 * Where npm packages are asked for. Of the repository's files only the choice of a registry counts, and it can't lead a
 * name away that the user's own settings bind to a private place.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const { repository, proposed, configured, configuredNow } = settings;
  const { yarn, environments, files } = await userSettings(settings);
  const user = [...environments, yarn, ...files];
  const trusted = await repositorySettings(repository, settings);
  const config = configSettings(configured);
  const ownSettings = (each: NpmSettings) => nameSettings(each, 'user', () => true);
  const variables = environments.map(ownSettings);
  const ofYarn = trusted.filter(({ isOfYarn }) => isOfYarn).map((each) => each.settings);
  const ofOthers = trusted.filter(({ isOfYarn }) => !isOfYarn).map((each) => each.settings);
  // npm's variables come before the repository's files, which come before the user's. Yarn heeds its own ones only.
  const ordered =
    config.length === 0
      ? [ownSettings(yarn), ...ofYarn, ...variables, ...ofOthers]
      : [ownSettings(yarn), ...variables, ...config, ...ofYarn, ...ofOthers];
  const knownSources = [...user.flatMap(sourcesOf), ...trusted.flatMap((each) => each.settings.sources)];
  const further = await furtherSettings(settings, new Set(knownSources.map(({ url }) => url)));
  const proposedSettings = (await repositorySettings(proposed, settings)).map((each) => each.settings);
  return {
    route: routeBy({
      ...settings,
      settings: [...ordered, ...further, ...files.map(ownSettings)],
      proposed: [...configSettings(configuredNow), ...proposedSettings],
      ownSettings: ownPlace,
    }),
    boundNames: new Set(),
    credentials: user.flatMap(({ credentials }) => credentials),
    userSources: user.flatMap(sourcesOf),
    network: user,
  };
}

function ownPlace(part: RoutePart): string {
  return `\`${part === 'main' ? 'registry' : '@scope:registry'}\` in your own ~/.npmrc`;
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
      const format = formatOf(path);
      if (format === undefined) return [];
      const settings = await readers[format]({ text, trust: 'repository', from: path }, new Map());
      const named = nameSettings(settings, 'repository', concernsFolder(path, placesOf));
      return [{ settings: named, isOfYarn: fileName(path) === '.yarnrc.yml' }];
    }),
  );
  return read.flat();
}

type Reader = (
  file: SettingsText,
  environment: ReadonlyMap<string, string>,
) => NpmSettings | Promise<NpmSettings>;

const readers: Readonly<Record<SettingsFormat, Reader>> = {
  '.npmrc': readNpmrc,
  '.yarnrc': readClassicYarnrc,
  '.yarnrc.yml': readYarnrc,
  'bunfig.toml': readBunfig,
  'pnpm-workspace.yaml': readPnpmSettings,
};

/** @returns The format of a file of the repository; undefined for a name that no package manager reads. */
function formatOf(path: string): SettingsFormat | undefined {
  const name = fileName(path);
  if (name === '.bunfig.toml') return 'bunfig.toml';
  return Object.keys(readers).find((format): format is SettingsFormat => format === name);
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

function sourcesOf({
  registry,
  scopes,
}: Pick<NpmSettings, 'registry' | 'scopes'>): readonly RegistrySource[] {
  return [...(registry === null ? [] : [registry]), ...scopes.values()];
}

/** What the environment and the user's own files say, each the strongest first. */
async function userSettings({ machine, read }: RegistrySettings) {
  const { environment } = machine;
  const complete = (settings: NpmSettings) => withAuthorityFile(settings, read);
  const files = await machineSettings(userFilesOf(machine), 'user', { machine, read });
  return {
    yarn: yarnEnvironment(environment),
    environments: await Promise.all(
      [
        npmEnvironment(environment, 'pnpm_config_'),
        otherEnvironment(environment),
        npmEnvironment(environment),
      ].map(complete),
    ),
    files: await Promise.all(files.map(complete)),
  };
}

/** @returns What files of this machine say that are there, in their order. */
async function machineSettings(
  files: readonly MachineFile[],
  trust: SettingsText['trust'],
  { machine, read }: Pick<RegistrySettings, 'machine' | 'read'>,
): Promise<readonly NpmSettings[]> {
  const texts = await Promise.all(
    files.map(async ({ path, format }) => ({ path, format, text: await read(path) })),
  );
  const settingsTexts = texts.flatMap(({ path, format, text }) =>
    text === null ? [] : [{ path, format, text }],
  );
  return Promise.all(
    settingsTexts.map(async ({ path, format, text }) =>
      readers[format]({ text, trust, from: path }, trust === 'user' ? machine.environment : new Map()),
    ),
  );
}

/**
 * What files say that lie on this machine and may be somebody else's: those of the folders above the repository (another
 * repository's, or `/tmp`), and those that a repository may have named. They choose registries and nothing else, as the
 * files of a repository do: no credentials, no variables. Of the latter a registry counts as an obstacle, unless the
 * user or a base names it too.
 *
 * @param knownUrls What the user and the bases name.
 */
async function furtherSettings(
  { installation, machine, read }: RegistrySettings,
  knownUrls: ReadonlySet<string>,
): Promise<readonly NameSettings[]> {
  const root = installation?.root ?? null;
  const settingsIn = async (files: readonly MachineFile[]) => {
    const all = await machineSettings(files, 'repository', { machine, read });
    // Not to be offline is no word that counts against the user's own.
    return all.map((each) => ({ ...each, offline: each.offline === false ? undefined : each.offline }));
  };
  const settingsAbove = root === null ? [] : await settingsIn(filesAbove(root, machine));
  const doubtful = await settingsIn(doubtfulFiles(root, machine));
  return [
    ...settingsAbove.map((each) => nameSettings(each, 'repository', () => true)),
    ...doubtful
      .map((each) => withObstacles(each, knownUrls))
      .map((each) => ({ ...nameSettings(each, 'repository', () => true), sources: [] })),
  ];
}

function withObstacles(settings: NpmSettings, knownUrls: ReadonlySet<string>): NpmSettings {
  const doubted = (source: RegistrySource, part: RoutePart): RegistrySource => {
    if (source.unusable !== null || knownUrls.has(source.url)) return source;
    const { url, from } = source;
    const unusable = `${from} names ${url}, and a repository can have named or written that file: name it as ${ownPlace(part)}, or ${OWN_NAMES}`;
    return { ...source, unusable };
  };
  const { registry, scopes } = settings;
  return {
    ...settings,
    registry: registry && doubted(registry, 'main'),
    scopes: new Map([...scopes].map(([scope, source]) => [scope, doubted(source, 'partial')])),
  };
}

async function withAuthorityFile(
  settings: NpmSettings,
  read: RegistrySettings['read'],
): Promise<NpmSettings> {
  if (settings.authorityFile === null) return settings;
  const text = await read(settings.authorityFile);
  return text === null ? settings : { ...settings, authorities: [...settings.authorities, text] };
}
