import { access, constants, readFile, stat } from 'node:fs/promises';
import nodePath from 'node:path';
import { GitError, isFileError, isWithin, runGit, type Git } from '../../git/git.ts';
import type { Repository } from '../../git/repository.ts';
import type { HookFile, HookSite } from './manager.ts';
import type { ToolCalls } from './shell.ts';

/** Lockfiles and manifests, with what installs a project's packages and what runs their commands. */
const packageManagers: readonly (readonly [file: string, install: string, runner: string])[] = [
  ['pnpm-lock.yaml', 'pnpm install', 'pnpm exec'],
  ['yarn.lock', 'yarn install', 'yarn'],
  ['bun.lock', 'bun install', 'bunx'],
  ['bun.lockb', 'bun install', 'bunx'],
  ['package.json', 'npm install', 'npx'],
];

const noPackages: Pick<ToolCalls, 'install' | 'runner'> = {
  install: 'npm install --global vetted-imports',
  runner: 'npx',
};

/** Where a repository is looked at: the folder that the command runs in, and git. */
export interface SiteRequest {
  readonly cwd: string;
  readonly git: Git;
  readonly paths: Repository;
  readonly version: string;
}

/** Looks at what is around the hooks of a repository. Nothing of it is executed but git. */
export async function openSite({ cwd, git, paths, version }: SiteRequest): Promise<HookSite> {
  const { root } = paths;
  const absolute = (path: string) => nodePath.resolve(root, path);
  const read = (path: string) => readHookFile(absolute(path));
  const hooksFolder = absolute(await line(git, ['rev-parse', '--git-path', 'hooks']));
  const common = absolute(await line(git, ['rev-parse', '--git-common-dir']));
  return {
    root,
    hooksFolder,
    hooksPathSet: (await setting(git, 'core.hooksPath')) !== null,
    hooksAreOwn: isWithin(root, hooksFolder) || isWithin(common, hooksFolder),
    calls: await callsIn(root, cwd),
    version,
    read,
    exists: (path) => exists(absolute(path)),
  };
}

async function callsIn(root: string, cwd: string): Promise<ToolCalls> {
  const found = await Promise.all(packageManagers.map(([file]) => exists(nodePath.join(root, file))));
  const [, install, runner] = packageManagers.find((_, at) => found[at]) ?? [
    '',
    noPackages.install,
    noPackages.runner,
  ];
  const plugAndPlay = await exists(nodePath.join(root, '.pnp.cjs'));
  return { bin: await installedBin(root, cwd), plugAndPlay, install, runner };
}

/** The command in the nearest folder, from the working folder up to the root, that has it installed. */
async function installedBin(root: string, cwd: string): Promise<string> {
  const bin = 'node_modules/.bin/vetted-imports';
  for (let folder = cwd; isWithin(root, folder); folder = nodePath.dirname(folder)) {
    if (await exists(nodePath.join(folder, bin)))
      return nodePath.relative(root, nodePath.join(folder, bin)).replaceAll(nodePath.sep, '/');
  }
  return bin;
}

async function readHookFile(file: string): Promise<HookFile | null> {
  try {
    const bytes = await readFile(file);
    const text = bytes.toString('utf8');
    const broken = text.includes('\0') || !Buffer.from(text, 'utf8').equals(bytes) ? 'binary' : null;
    return { text, executable: await isExecutable(file), broken };
  } catch (error) {
    if (isFileError(error) && ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return null;
    throw error;
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

async function line(git: Git, args: readonly string[]): Promise<string> {
  return (await runGit(git, args)).toString('utf8').replace(/\r?\n$/, '');
}

async function setting(git: Git, name: string): Promise<string | null> {
  try {
    return await line(git, ['config', '--get', name]);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  }
}
