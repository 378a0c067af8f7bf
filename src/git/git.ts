import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative } from 'node:path';
import { calls, commandLine, environment, type Request } from './calls.ts';

/** git ended with an error, or could not be started. `message` is fit for a person. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly exitCode: number | null;
  /** What git wrote to standard error, without hints; '' where it said nothing. */
  readonly complaint: string;

  constructor(message: string, exitCode: number | null, complaint = '') {
    super(message);
    this.exitCode = exitCode;
    this.complaint = complaint;
  }
}

/** Where and how git runs: its executable, the folder it starts in and its environment. */
export interface Git {
  readonly executable: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

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
        return { executable, cwd: root, env };
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

/** Calls that git answers without looking at contents of the work tree. */
type ObjectCall = {
  [Name in keyof typeof calls]: (typeof calls)[Name]['reach'] extends 'objects' ? Name : never;
}[keyof typeof calls];

/** Starts git with its pipes open. */
export function startGit(git: Git, request: readonly [ObjectCall, ...string[]]) {
  return start(git, commandLine(request, []));
}

function start({ executable, cwd, env }: Git, words: readonly string[]) {
  return processes().spawn(executable, words, {
    cwd,
    env: environment(env),
    windowsHide: true,
    stdio: 'pipe',
  });
}

/** Loaded when git starts: most edits of assistants are judged without it. */
function processes() {
  return process.getBuiltinModule('node:child_process');
}

/** Starts git without an input. A pipe would cost a hook milliseconds, most of them when git closes its end. */
function startSilent({ executable, cwd, env }: Git, words: readonly string[]) {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  return processes().spawn(executable, words, { cwd, env: environment(env), windowsHide: true, stdio });
}

/**
 * Runs git to its end.
 *
 * @param input What it reads from standard input; nothing, if left out.
 * @returns What it wrote to standard output.
 * @throws GitError when it ends with another code than 0; the message is git's own.
 */
export async function runGit(git: Git, request: Request, input?: string): Promise<Buffer> {
  const words = await wordsOf(git, request);
  const out: Buffer[] = [];
  await finished(input === undefined ? startSilent(git, words) : start(git, words), {
    request,
    input,
    take: (chunk) => out.push(chunk),
  });
  return Buffer.concat(out);
}

/**
 * Runs git to its end and passes on what it writes with `-z`, one field at a time: there may be a hundred thousand,
 * and nobody waits for the last to read the first.
 *
 * @returns What git said beside, which it does of what it could not read; '' where all went well.
 * @throws GitError as {@link runGit} does.
 */
export async function readFields(git: Git, request: Request, read: (field: Buffer) => void): Promise<string> {
  const words = await wordsOf(git, request);
  let remaining: Buffer = Buffer.alloc(0);
  const take = (chunk: Buffer) => {
    const bytes = remaining.length > 0 ? Buffer.concat([remaining, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      read(bytes.subarray(start, end));
      start = end + 1;
    }
    remaining = bytes.subarray(start);
  };
  const complaint = await finished(startSilent(git, words), { request, take });
  if (remaining.length > 0) read(remaining);
  return complaint;
}

async function wordsOf(git: Git, request: Request): Promise<string[]> {
  const needsMore = calls[request[0]].reach === 'contents';
  return commandLine(request, needsMore ? await programSettings(git) : []);
}

/**
 * The settings that name filters (https://git-scm.com/docs/gitattributes#_filter) and the events of hooks that stand
 * in the config (https://git-scm.com/docs/git-hook, since git 2.54). A repository chooses their names.
 *
 * @throws GitError where a name can't stand in front of `=` on a command line.
 */
async function programSettings(git: Git): Promise<readonly string[]> {
  const fields: Buffer[] = [];
  const pattern = '^(filter\\..*\\.(clean|smudge|process|required)|hook\\..*\\.event)$';
  try {
    await readFields(git, ['settingNames', pattern], (field) => fields.push(field));
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return [];
    throw error;
  }
  return [...new Set(fields.map(keyOf))];
}

function keyOf(field: Buffer): string {
  const key = field.toString('utf8');
  if (!key.includes('=') && Buffer.from(key, 'utf8').equals(field)) return key;
  const advice = 'call it otherwise, without “=” and in UTF-8';
  throw new GitError(`the program of the setting ${key} can’t be switched off under this name: ${advice}`, 0);
}

function finished(
  child: ReturnType<typeof startSilent> | ReturnType<typeof startGit>,
  run: { request: Request; input?: string | undefined; take: (chunk: Buffer) => void },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const err: Buffer[] = [];
    child.stdout.on('data', run.take);
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => {
      reject(new GitError(`git could not be started: ${error.message}`, null));
    });
    child.on('close', (code) => {
      const complaint = gitMessage(Buffer.concat(err));
      if (code === 0) resolve(complaint);
      else reject(new GitError(complaint || `git ${calls[run.request[0]].words[0]} failed`, code, complaint));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(run.input);
  });
}

/** What git says, without its hints and warnings where it says more. */
function gitMessage(stderr: Buffer): string {
  const lines = stderr.toString('utf8').trim().split('\n');
  const errors = lines.filter((line) => !/^(?:hint|warning): /.test(line));
  return (errors.length > 0 ? errors : lines).join('\n').replace(/^(?:fatal|error): /, '');
}
