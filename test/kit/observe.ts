import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot, type Finished, type Scratch } from './scratch.ts';

/** What one run of the command did besides what it printed. */
export interface Observed extends Finished {
  /** The files of `dist/` that were loaded, without folder, extension, and the bundler's numbers, sorted. */
  readonly loaded: readonly string[];
  /** The git commands that were started, without options before the command, sorted. */
  readonly git: readonly string[];
}

/**
 * Runs check-imports and looks at what it loads (V8's coverage names every script:
 * https://nodejs.org/api/cli.html#node_v8_coveragedir) and which git processes it starts (a `git` early on
 * PATH, outside of the repository, that writes its arguments down).
 */
export function observe(scratch: Scratch, ...args: readonly string[]): Promise<Observed> {
  return observeWith(scratch, undefined, args);
}

/** As {@link observe}. @param stdin What stands on standard input. */
export async function observeWith(
  scratch: Scratch,
  stdin: string | undefined,
  args: readonly string[],
): Promise<Observed> {
  const coverage = path.join(scratch.home, 'coverage');
  const log = path.join(scratch.home, 'git.log');
  writeFileSync(log, '');
  const env = {
    NODE_V8_COVERAGE: coverage,
    PATH: `${loggingGit(scratch, log)}${path.delimiter}${scratch.env['PATH'] ?? ''}`,
  };
  const finished = await scratch.checkWith({ env, ...(stdin !== undefined && { stdin }) }, ...args);
  const commands = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  return { ...finished, loaded: scriptsIn(coverage), git: commands.sort() };
}

/** @returns A folder for PATH whose `git` writes each command into a log and runs it. */
export function loggingGit(scratch: Scratch, log: string): string {
  const folder = path.join(scratch.home, 'bin');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'git');
  const script = [
    '#!/bin/sh',
    'PATH=${PATH#*:}',
    'for word in "$@"; do case $word in -*|*=*) ;; *) echo "$word" >>"' + log + '"; break;; esac; done',
    'exec git "$@"',
  ];
  writeFileSync(file, `${script.join('\n')}\n`);
  chmodSync(file, 0o755);
  return folder;
}

function scriptsIn(coverage: string): string[] {
  const dist = path.join(projectRoot, 'dist') + path.sep;
  const urls = readdirSync(coverage).flatMap((name) => {
    const report: unknown = JSON.parse(readFileSync(path.join(coverage, name), 'utf8'));
    return [...JSON.stringify(report).matchAll(/"url":"(file:[^"]+)"/g)].map(([, url = '']) => url);
  });
  const files = urls.map((url) => fileURLToPath(url)).filter((file) => file.startsWith(dist));
  const others = urls
    .map((url) => fileURLToPath(url))
    .filter((file) => file.includes('node_modules'))
    .map((file) => file.slice(file.lastIndexOf('node_modules')));
  return [...new Set([...files.map((file) => path.parse(file).name.replace(/\d+$/, '')), ...others])].sort();
}
