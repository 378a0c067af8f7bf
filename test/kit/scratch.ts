import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { assistantVariables } from '../../src/model/assistant-environment.ts';

/** What a finished process left behind. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const projectRoot = path.resolve(import.meta.dirname, '../..');
export const bin = path.join(projectRoot, 'bin/check-imports.js');

/**
 * The environment of a person at a quiet terminal: no variables of git, of assistants or of colours, an
 * empty home, no registries beyond this machine, and no settings of the machine (whose authorities take 0.2 s of each
 * connection).
 */
export function plainEnvironment(home: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const ours =
      assistantVariables.includes(name) || /^(?:GIT|npm|NPM|PRE_COMMIT|XDG|HUSKY|CHECK_IMPORTS)_?/.test(name);
    const colour = name === 'FORCE_COLOR' || name === 'NO_COLOR' || name === 'CI';
    if (value !== undefined && !ours && !colour) env[name] = value;
  }
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_NOSYSTEM: '1',
    XDG_CACHE_HOME: path.join(home, '.cache'),
    PIP_CONFIG_FILE: '/dev/null',
    NPM_CONFIG_GLOBALCONFIG: path.join(home, 'no-global-npmrc'),
  };
}

/** A person's settings. After each commit git would start another one, which looks whether there is something to pack. */
const gitSettings = `[user]
	name = Ada L
	email = ada@example.org
[init]
	defaultBranch = main
[maintenance]
	auto = false
`;

/** A real git repository in a temporary folder. */
export class Scratch {
  readonly root: string;
  readonly home: string;
  readonly env: Record<string, string>;
  readonly #folder: string;

  constructor() {
    this.#folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-')));
    this.root = path.join(this.#folder, 'repository');
    this.home = path.join(this.#folder, 'home');
    mkdirSync(this.root);
    mkdirSync(this.home);
    this.env = plainEnvironment(this.home);
    writeFileSync(path.join(this.home, '.gitconfig'), gitSettings);
  }

  /**
   * Makes the folder a repository whose first commit holds the given files. A run of the tests makes each such
   * repository once and copies it from then on, which starts one git in place of three.
   */
  static async with(files: Readonly<Record<string, string>>): Promise<Scratch> {
    const key = createHash('sha256').update(JSON.stringify(files)).digest('hex');
    const template = path.join(inject('templates'), key);
    if (!existsSync(template)) await makeTemplate(template, files);
    const scratch = new Scratch();
    // The index knows files by their times in seconds and their sizes (`core.checkStat`), so that a copy's is right.
    copyFolder(template, scratch.root);
    return scratch;
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Makes symbolic links, each with what it says. */
  link(links: Readonly<Record<string, string>>): void {
    for (const [name, target] of Object.entries(links)) {
      const file = path.join(this.root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      symlinkSync(target, file);
    }
  }

  /** Writes files into the person's home. */
  writeHome(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(this.home, name), text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.root, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(path.join(this.root, name));
  }

  /** @returns Whether the user's home has a file. */
  hasAtHome(name: string): boolean {
    return existsSync(path.join(this.home, name));
  }

  remove(name: string): void {
    rmSync(path.join(this.root, name), { recursive: true });
  }

  /** Stages everything and commits it past every hook. */
  async commitAll(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', message);
  }

  /** Writes hooks that call this checkout's command, as a plain hook does. */
  installHooks(names: readonly string[] = ['pre-commit', 'pre-merge-commit']): void {
    for (const name of names) {
      const hook = path.join(this.root, '.git/hooks', name);
      mkdirSync(path.dirname(hook), { recursive: true });
      writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${bin}' hook pre-commit\n`);
      chmodSync(hook, 0o755);
    }
  }

  /** Runs git and expects it to succeed. */
  async git(...args: readonly string[]): Promise<string> {
    const done = await this.tryGit(...args);
    if (done.code !== 0)
      throw new Error(`git ${args.join(' ')} ended with ${String(done.code)}: ${done.stderr}`);
    return done.stdout;
  }

  tryGit(...args: readonly string[]): Promise<Finished> {
    return run('git', args, { cwd: this.root, env: this.env });
  }

  /** Runs check-imports as a process of its own. */
  check(...args: readonly string[]): Promise<Finished> {
    return this.checkWith({}, ...args);
  }

  checkWith(
    options: { env?: Record<string, string>; stdin?: string; cwd?: string },
    ...args: readonly string[]
  ): Promise<Finished> {
    const env = { ...this.env, ...options.env };
    const cwd = path.join(this.root, options.cwd ?? '.');
    return run(process.execPath, [bin, ...args], {
      cwd,
      env,
      ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    });
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Makes a repository and puts it in its place as a whole: other workers may make the same one. */
async function makeTemplate(template: string, files: Readonly<Record<string, string>>): Promise<void> {
  using scratch = new Scratch();
  const empty = path.join(inject('templates'), 'empty');
  if (existsSync(empty)) copyFolder(empty, scratch.root);
  else await makeEmpty(empty, scratch);
  scratch.write(files);
  await scratch.commitAll('first');
  place(scratch.root, template);
}

/** Makes a repository without a commit, and keeps a copy: each other one starts from it, not from two gits. */
async function makeEmpty(kept: string, scratch: Scratch): Promise<void> {
  await scratch.git('init', '--quiet');
  await scratch.git('config', 'core.checkStat', 'minimal');
  // Git's own examples would be half of what is copied.
  for (const name of readdirSync(path.join(scratch.root, '.git/hooks'))) scratch.remove(`.git/hooks/${name}`);
  const copy = `${scratch.root}-copy`;
  copyFolder(scratch.root, copy);
  place(copy, kept);
}

/** Gives a folder its name, unless another worker was first. */
function place(folder: string, name: string): void {
  try {
    renameSync(folder, name);
  } catch (error) {
    if (!existsSync(name)) throw error;
  }
}

/** Copies a folder with the times of its files; `cpSync` of Node takes twice as long. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else copyFile(source, target);
  }
}

function copyFile(source: string, target: string): void {
  copyFileSync(source, target);
  const { atime, mtime } = statSync(source);
  utimesSync(target, atime, mtime);
}

/** Runs a program to its end, whatever its exit code; without an input, if `stdin` is left out. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; stdin?: string },
): Promise<Finished> {
  const { stdin, ...where } = options;
  return new Promise((resolve, reject) => {
    const child =
      stdin === undefined
        ? spawn(program, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] })
        : spawn(program, args, { ...where, stdio: 'pipe' });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === null) reject(new Error(`${program} was ended by ${String(signal)}`));
      else resolve({ code, stdout: textOf(stdout), stderr: textOf(stderr) });
    });
    // A program that does not read its input may end before it has all of it.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
