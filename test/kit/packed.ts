import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { isFileError } from '../../src/git/git.ts';
import { run, type Finished, type Scratch } from './scratch.ts';

/**
 * Puts what npm installed once (test/kit/install.ts) into a project, or a folder of it: what a project that is done has
 * left (see `leave`), else hard links, as pnpm makes them. A new link is to Node a new file, for which the tool would
 * have to keep its compiled code anew.
 */
export function installIn(scratch: Scratch, folder = '.'): void {
  const target = path.join(scratch.root, folder, 'node_modules');
  const left = leftFolders().find((candidate) => take(candidate, target));
  if (left === undefined) linkFolder(path.join(inject('installed'), 'node_modules'), target);
}

/** Takes the installed packages out of a project, or of a folder of it, for the next one. */
export function leave(scratch: Scratch, folder = '.'): void {
  const modules = path.join(scratch.root, folder, 'node_modules');
  if (!existsSync(modules)) return;
  mkdirSync(leftFolder(), { recursive: true });
  renameSync(modules, path.join(mkdtempSync(path.join(leftFolder(), 'left-')), 'node_modules'));
}

/** Beside the project of `inject('installed')`, with which it is removed. */
function leftFolder(): string {
  return path.join(inject('installed'), '../left');
}

function leftFolders(): string[] {
  const parent = leftFolder();
  return existsSync(parent) ? readdirSync(parent).map((name) => path.join(parent, name, 'node_modules')) : [];
}

/** @returns Whether it was there: another worker may have been faster. */
function take(folder: string, target: string): boolean {
  try {
    renameSync(folder, target);
    return true;
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Runs the tool that is installed in a project, as a person in its root folder does. */
export function vettedImports(
  scratch: Scratch,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return run(installed(scratch, 'vetted-imports'), args, {
    cwd: scratch.root,
    env: { ...scratch.env, ...env },
  });
}

/** The path of a command that is installed in a project. */
export function installed(scratch: Scratch, command: string): string {
  return path.join(scratch.root, 'node_modules/.bin', command);
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
