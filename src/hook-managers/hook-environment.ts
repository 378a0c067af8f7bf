import { access, constants, readFile, stat } from 'node:fs/promises';
import nodePath from 'node:path';
import type { Request } from '../git/calls.ts';
import { GitError, isFileError, isWithin, runGit, type Git } from '../git/git.ts';
import type { Repository } from '../git/repository.ts';
import type { Files } from '../model/language.ts';
import { toolCommand } from '../tool-command/command.ts';
import { findInstallation, type ToolInstallation } from '../tool-command/installation.ts';
import { npm, packageManagerOf } from '../tool-command/package-managers.ts';
import { pythonManager } from '../tool-command/python-managers.ts';
import { environmentOf } from '../tool-command/own-environment.ts';
import { pathInside } from '../git/path-inside.ts';
import { inactiveEnvironment } from './inactive-environment.ts';
import type { HookFile, HookEnvironment } from './manager.ts';
import { PACKAGE, PROGRAM, type ToolCalls } from '../starts/script.ts';
import { TOOL } from '../model/tool.ts';
import { pathIn } from '../text/upwards.ts';

/** Where a repository is looked at: the folder that the command runs in, and git. */
export interface SiteRequest {
  readonly cwd: string;
  readonly git: Git;
  readonly paths: Repository;
  /** The files of the work tree. */
  readonly files: Files;
  readonly version: string;
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks at what is around the hooks of a repository. Nothing of it is executed but git. */
export async function openHookEnvironment(request: SiteRequest): Promise<HookEnvironment> {
  const { git, paths, version } = request;
  const { root } = paths;
  const home = await findInstallation(request.files, pathInside(root, request.cwd, '.') ?? '');
  const absolute = (path: string) => nodePath.resolve(root, path);
  const read = (path: string) => readHookFile(absolute(path));
  const hooksFolder = absolute(await line(git, ['hooksFolder']));
  // A linked work tree has its hooks in the folder of the main one.
  const isShared = async () => isWithin(absolute(await line(git, ['commonFolder'])), hooksFolder);
  return {
    root,
    hooksFolder,
    hooksPathSet: (await setting(git, 'core.hooksPath')) !== null,
    hooksAreOwn: isWithin(root, hooksFolder) || (await isShared()),
    calls: await callsIn(root, home, request),
    manifest: home === null ? null : pathIn(home.folder, home.manifest),
    ownEnvironment: environmentOf(import.meta.dirname),
    version,
    read,
    exists: (path) => exists(absolute(path)),
  };
}

async function callsIn(
  root: string,
  home: ToolInstallation | null,
  { cwd, files, env }: SiteRequest,
): Promise<ToolCalls> {
  const from = pathInside(root, cwd, '.') ?? '';
  const manager = await packageManagerOf(files, '');
  const python = await pythonManager(files);
  const { outside } = home?.manager ?? python ?? npm;
  return {
    folder: await folderWithTool(root, [cwd, nodePath.join(root, home?.folder ?? '')]),
    plugAndPlay: await exists(nodePath.join(root, '.pnp.cjs')),
    environments: environmentsIn(root, home),
    install: home === null ? outside : installerOf(home),
    add: home === null && python?.add ? `${python.add} ${TOOL}` : null,
    outside,
    runner: manager.here,
    command: await toolCommand(files, from, { environment: env, inactive: inactiveEnvironment(root, env) }),
    named: home !== null,
  };
}

/** What brings the tool, run at the root. */
function installerOf({ folder, manager }: ToolInstallation): string {
  return folder === '' ? manager.install : manager.installElsewhere(folder);
}

/**
 * The environment of Python that this process runs from, where it lies in the repository; else the one that a manifest of
 * Python is installed in by most package managers.
 */
function environmentsIn(root: string, home: ToolInstallation | null): string[] {
  const ownFolder = pathInside(root, environmentOf(import.meta.dirname) ?? root, '.') ?? '';
  if (ownFolder !== '') return [ownFolder];
  return home === null || home.manifest === 'package.json' ? [] : [pathIn(home.folder, '.venv')];
}

/**
 * The nearest folder, from one of these up to the root, that has the tool installed; where none has, the last of them,
 * which is going to have it.
 */
async function folderWithTool(root: string, folders: readonly string[]): Promise<string> {
  const inside = (folder: string) => nodePath.relative(root, folder).replaceAll(nodePath.sep, '/');
  for (const start of folders)
    for (let folder = start; isWithin(root, folder); folder = nodePath.dirname(folder))
      if (await exists(nodePath.join(folder, PACKAGE, PROGRAM))) return inside(folder);
  return inside(folders.at(-1) ?? root);
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

/** @returns Whether a file is there that this user may start. */
export async function isExecutable(file: string): Promise<boolean> {
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

async function line(git: Git, request: Request): Promise<string> {
  return (await runGit(git, request)).toString('utf8').replace(/\r?\n$/, '');
}

async function setting(git: Git, name: string): Promise<string | null> {
  try {
    return await line(git, ['setting', name]);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  }
}
