import { spawn } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';

/** git ended with an error, or could not be started. `message` is fit for a person. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly exitCode: number | null;

  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Where and how git runs: its executable, the folder it starts in and its environment. */
export interface Git {
  readonly executable: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Settings that a repository's own config must not override: fsmonitor and pagers are programs that it
 * could name (https://git-scm.com/docs/git-config).
 */
const safeConfig = ['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false'];

/**
 * Prepares git for a folder. The executable comes from the first PATH entry outside of the repository,
 * because hook managers put `node_modules/.bin` first, where a dependency could place a `git` of its own.
 *
 * @param root The repository's top folder, or the folder to start in.
 * @param env The environment; GIT_ variables of a hook are kept as they are.
 * @throws GitError when there is no git.
 */
export function findGit(root: string, env: Git['env']): Git {
  const inside = realpathSync(root);
  const names = process.platform === 'win32' ? ['git.exe', 'git.cmd'] : ['git'];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder) || isWithin(inside, folder)) continue;
    for (const name of names) {
      const executable = join(folder, name);
      if (isExecutable(executable, inside)) {
        return { executable, cwd: root, env: { ...env, GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' } };
      }
    }
  }
  throw new GitError('git was not found on PATH', null);
}

function isExecutable(file: string, repository: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return !isWithin(repository, realpathSync(file));
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

/** @returns Whether `file` is `folder` or lies below it. Both are absolute. */
export function isWithin(folder: string, file: string): boolean {
  const inside = relative(folder, file);
  return inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
}

/** @returns Whether an error is one that the file system reports, with a code such as ENOENT. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** Starts git with its pipes open. */
export function startGit(git: Git, args: readonly string[]) {
  return spawn(git.executable, [...safeConfig, ...args], { ...settings(git), stdio: 'pipe' });
}

/** Starts git without an input. A pipe would cost a hook milliseconds, most of them when git closes its end. */
function startSilent(git: Git, args: readonly string[]) {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return spawn(git.executable, [...safeConfig, ...args], { ...settings(git), stdio });
}

function settings({ cwd, env }: Git) {
  return { cwd, env, windowsHide: true };
}

/**
 * Runs git to its end.
 *
 * @param input What it reads from standard input; nothing, if left out.
 * @returns What it wrote to standard output.
 * @throws GitError when it ends with another code than 0; the message is git's own.
 */
export async function runGit(git: Git, args: readonly string[], input?: string): Promise<Buffer> {
  const out: Buffer[] = [];
  await finished(input === undefined ? startSilent(git, args) : startGit(git, args), {
    name: args[0],
    input,
    take: (chunk) => out.push(chunk),
  });
  return Buffer.concat(out);
}

/**
 * Runs git to its end and passes on what it writes with `-z`, one field at a time: there may be a hundred thousand,
 * and nobody waits for the last to read the first.
 *
 * @throws GitError as {@link runGit} does.
 */
export async function readFields(
  git: Git,
  args: readonly string[],
  read: (field: Buffer) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      read(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
  };
  await finished(startSilent(git, args), { name: args[0], take });
  if (rest.length > 0) read(rest);
}

function finished(
  child: ReturnType<typeof startSilent> | ReturnType<typeof startGit>,
  run: { name: string | undefined; input?: string | undefined; take: (chunk: Buffer) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const err: Buffer[] = [];
    child.stdout.on('data', run.take);
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => {
      reject(new GitError(`git could not be started: ${error.message}`, null));
    });
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new GitError(gitMessage(Buffer.concat(err)) || `git ${run.name ?? ''} failed`, code));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(run.input);
  });
}

function gitMessage(stderr: Buffer): string {
  return stderr
    .toString('utf8')
    .trim()
    .replace(/^(?:fatal|error): /, '');
}
