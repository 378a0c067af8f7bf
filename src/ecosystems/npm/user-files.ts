import { delimiter, dirname, join } from 'node:path';
import type { Machine } from '../../model/registry.ts';
import { namedFiles, type NamedFile } from './registry-settings.ts';

/** How a file of settings is written: by the usual name of such a file. */
export type SettingsFormat = '.npmrc' | '.yarnrc' | '.yarnrc.yml' | 'bunfig.toml' | 'pnpm-workspace.yaml';

/** A file of settings outside of the repository. */
export interface MachineFile {
  readonly path: string;
  readonly format: SettingsFormat;
}

/**
 * The user's own files, the strongest of each package manager first. Those of pnpm come before npm's, as pnpm reads them
 * (https://pnpm.io/npmrc): `config.yaml`, `auth.ini`, `~/.npmrc`.
 */
export function userFilesOf(machine: Machine): readonly MachineFile[] {
  const { environment, home } = machine;
  const ownPaths = (files: readonly NamedFile[]) =>
    files.filter(({ isOwn }) => isOwn).map(({ path }) => path);
  const named = ownPaths(namedFiles(environment, 'npm_config_', ['userconfig']));
  const pnpm = pnpmFolder(machine);
  const npmrcs = [
    join(pnpm, 'auth.ini'),
    join(pnpm, 'rc'),
    ...ownPaths(namedFiles(environment, 'pnpm_config_', ['npmrc-auth-file', 'userconfig'])),
    ...(named.length > 0 ? named : [join(home, '.npmrc')]),
    ...globalFiles(machine),
  ];
  // https://bun.com/docs/runtime/bunfig#global-vs-local
  const config = environment.get('XDG_CONFIG_HOME');
  const bun = [...(config === undefined ? [] : [config]), home].map((folder) => join(folder, '.bunfig.toml'));
  const all: readonly (readonly [SettingsFormat, readonly string[]])[] = [
    ['pnpm-workspace.yaml', [join(pnpm, 'config.yaml')]],
    ['.npmrc', npmrcs],
    ['.yarnrc', [join(home, '.yarnrc')]],
    ['.yarnrc.yml', [join(home, yarnrcName(environment))]],
    ['bunfig.toml', bun],
  ];
  return all.flatMap(([format, paths]) => [...new Set(paths)].map((path) => ({ path, format })));
}

/**
 * The files of the folders above the repository, the nearest first: Yarn 1 reads `.yarnrc` and `.npmrc` of each
 * (https://classic.yarnpkg.com/en/docs/yarnrc), Yarn from version 2 on `.yarnrc.yml`
 * (https://yarnpkg.com/configuration/yarnrc).
 *
 * @param root The repository's top folder, absolute.
 */
export function filesAbove(root: string, { environment, home }: Machine): readonly MachineFile[] {
  const folders: string[] = [];
  for (let folder = dirname(root); folders.at(-1) !== folder; folder = dirname(folder)) folders.push(folder);
  return folders
    .filter((folder) => folder !== home)
    .flatMap((folder) => [
      { path: join(folder, yarnrcName(environment)), format: '.yarnrc.yml' },
      { path: join(folder, '.yarnrc'), format: '.yarnrc' },
      { path: join(folder, '.npmrc'), format: '.npmrc' },
    ]);
}

/** Files that variables name, and that a repository may have written or named. */
export function doubtfulFiles(root: string | null, machine: Machine): readonly MachineFile[] {
  const { environment } = machine;
  const userPaths = new Set(userFilesOf(machine).map(({ path }) => path));
  const named = [
    ...namedFiles(environment, 'npm_config_', ['userconfig', 'globalconfig']),
    ...namedFiles(environment, 'pnpm_config_', ['npmrc-auth-file', 'userconfig']),
  ].map(({ path }): MachineFile => ({ path, format: '.npmrc' }));
  const name = yarnrcName(environment);
  const ofYarn: readonly MachineFile[] =
    root === null || name === '.yarnrc.yml' ? [] : [{ path: join(root, name), format: '.yarnrc.yml' }];
  return [...named, ...ofYarn].filter(({ path }) => !userPaths.has(path));
}

/** https://yarnpkg.com/advanced/rcfile: a variable gives the settings of Yarn from version 2 on another name. */
function yarnrcName(environment: ReadonlyMap<string, string>): string {
  return environment.get('YARN_RC_FILENAME') ?? '.yarnrc.yml';
}

/** https://pnpm.io/cli/config, read on 2026-11-29. */
function pnpmFolder({ environment, home, platform }: Machine): string {
  const config = environment.get('XDG_CONFIG_HOME');
  if (config !== undefined) return join(config, 'pnpm');
  if (platform === 'win32')
    return join(environment.get('LOCALAPPDATA') ?? join(home, 'AppData', 'Local'), 'pnpm', 'config');
  return platform === 'darwin' ? join(home, 'Library', 'Preferences', 'pnpm') : join(home, '.config', 'pnpm');
}

/** npm's global file (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc). */
function globalFiles({ environment, platform }: Machine): readonly string[] {
  const named = namedFiles(environment, 'npm_config_', ['globalconfig']).filter(({ isOwn }) => isOwn);
  if (named.length > 0) return named.map(({ path }) => path);
  const prefix =
    environment.get('NPM_CONFIG_PREFIX') ?? environment.get('PREFIX') ?? nodePrefix(environment, platform);
  return prefix === null ? [] : [join(prefix, 'etc', 'npmrc')];
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
