import { linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { run, type Finished, type Scratch } from './scratch.ts';

/** Puts what npm installed once (test/kit/install.ts) into a project, or a folder of it, with hard links, as pnpm does. */
export function installIn(scratch: Scratch, folder = '.'): void {
  linkFolder(path.join(inject('installed'), 'node_modules'), path.join(scratch.root, folder, 'node_modules'));
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
