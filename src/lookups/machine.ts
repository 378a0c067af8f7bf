import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { npmEnvironment, readNpmrc } from '../ecosystems/npm/registry-settings.ts';
import type { NpmSettings } from '../ecosystems/npm/registry-settings.ts';
import { pythonEnvironment, readIndexToml, readPipConf } from '../ecosystems/pypi/registry-settings.ts';
import type { PythonSettings } from '../ecosystems/pypi/registry-settings.ts';

/** The machine, as far as settings depend on it. */
export interface Machine {
  readonly environment: ReadonlyMap<string, string>;
  /** The user's home folder, absolute. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** What the user's own files and environment say, the strongest first. */
export interface UserSettings {
  readonly npm: readonly NpmSettings[];
  readonly python: readonly PythonSettings[];
}

/** Reads the user's and the machine's settings of npm, pip and uv. A file that is not there says nothing. */
export async function readUserSettings(machine: Machine): Promise<UserSettings> {
  const { environment } = machine;
  const npm = await Promise.all(npmFiles(machine).map(async (path) => read(path)));
  const pip = await Promise.all(pipFiles(machine).map(async (path) => read(path)));
  const uv = await Promise.all(uvFiles(machine).map(async (path) => read(path)));
  const own = (file: UserFile) => ({ text: file.text, trust: 'user' as const, from: file.path });
  return {
    npm: await Promise.all(
      [
        npmEnvironment(environment),
        ...npm.filter(isThere).map((file) => readNpmrc(own(file), environment)),
      ].map(withAuthorityFile),
    ),
    python: [
      pythonEnvironment(environment),
      ...uv.filter(isThere).map((file) => readIndexToml(own(file))),
      ...pip.filter(isThere).map((file) => readPipConf(own(file))),
    ],
  };
}

/** npm's user and global files (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc). */
function npmFiles({ environment, home, platform }: Machine): string[] {
  const user = environment.get('NPM_CONFIG_USERCONFIG') ?? join(home, '.npmrc');
  const global = environment.get('NPM_CONFIG_GLOBALCONFIG');
  const prefix =
    environment.get('NPM_CONFIG_PREFIX') ?? environment.get('PREFIX') ?? nodePrefix(environment, platform);
  const places = [user, global ?? (prefix === null ? null : join(prefix, 'etc', 'npmrc'))];
  return places.filter((path) => path !== null);
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
  const places = platform === 'win32' || platform === 'darwin' ? user[platform] : user.other;
  return [...(named === undefined ? [] : [named]), ...places, join(home, '.pip', 'pip.conf'), ...system];
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

async function withAuthorityFile(settings: NpmSettings): Promise<NpmSettings> {
  if (settings.authorityFile === null) return settings;
  const file = await read(settings.authorityFile);
  return file === null ? settings : { ...settings, authorities: [...settings.authorities, file.text] };
}

interface UserFile {
  readonly path: string;
  readonly text: string;
}

function isThere(file: UserFile | null): file is UserFile {
  return file !== null;
}

async function read(path: string): Promise<UserFile | null> {
  try {
    return { path, text: await readFile(path, 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
