import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { GitError, startGit, type Git } from './git.ts';
import type { ObjectFiles, StoredObject } from './object-files.ts';
import { Tree } from './tree.ts';

/** What git has under a name: a blob, nothing, or a reason why it can't be had. */
export type ObjectRead =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'absent' }
  | { readonly kind: 'tooLarge'; readonly size: number; readonly start: Buffer }
  | { readonly kind: 'unreadable'; readonly reason: string };

interface Request {
  readonly name: string;
  readonly expectedType: 'blob' | 'tree';
  readonly settle: (read: ObjectRead) => void;
}

/** Of an object that is too large, the first bytes tell whether it is a script. */
const START = 1024;

/** Bytes of an object id, in files that are read without git. */
const SHA1 = 20;

/** Of so many objects, reading takes less time than git takes to start. */
const FEW = 100;

/** Body of an object that is arriving: its chunks are kept when it has the expected type and is small enough. */
interface Body {
  readonly type: string;
  readonly size: number;
  readonly chunks: Buffer[] | null;
  start: Buffer;
  missing: number;
}

/**
 * Reads objects through one `git cat-file --batch` (https://git-scm.com/docs/git-cat-file), which is
 * started by the first request and answers in order. Where an object is missing from a partial clone or
 * damaged, git ends without answering the rest: a new one is started for them.
 */
export class ObjectReader {
  readonly #git: Git;
  readonly #limit: number;
  readonly #waiting: Request[] = [];
  #outgoing = '';
  #child: ChildProcessWithoutNullStreams | null = null;
  #pending: Buffer = Buffer.alloc(0);
  #body: Body | null = null;
  #lastWords = '';
  /** Bytes of an object id. */
  #idLength = 0;
  /** Where few objects are wanted; null once git is better asked. */
  #files: ObjectFiles | null;
  #readsInFiles = 0;

  /**
   * @param limit Bytes; larger objects are passed over without being held in memory.
   * @param files Reads without git; null where many objects are wanted.
   */
  constructor(git: Git, limit: number, files: ObjectFiles | null = null) {
    this.#git = git;
    this.#limit = limit;
    this.#files = files;
  }

  /** @returns The blob that has an object id. */
  read(oid: string): Promise<ObjectRead> {
    return this.#ask(oid, 'blob');
  }

  /**
   * @param name An object id, or `HEAD^{tree}`.
   * @throws GitError where git has no such tree.
   */
  async tree(name: string): Promise<Tree> {
    const read = await this.#ask(name, 'tree');
    if (read.kind === 'bytes') return new Tree(read.bytes, this.#idLength);
    throw lostObject(`the folder ${name}`, read);
  }

  /**
   * Ends git, and does not wait for its end. Requests that it has not answered stay open: call it when nothing is
   * awaited.
   */
  close(): void {
    this.#closeFiles();
    const child = this.#child;
    this.#child = null;
    child?.stdin.end();
    child?.stdout.destroy();
    child?.stderr.destroy();
    child?.unref();
  }

  #ask(name: string, expectedType: Request['expectedType']): Promise<ObjectRead> {
    const stored = this.#child === null ? this.#storedAt(name) : null;
    if (stored !== null) {
      this.#idLength = SHA1;
      const { type, bytes } = stored;
      return Promise.resolve(type === expectedType ? { kind: 'bytes', bytes } : { kind: 'absent' });
    }
    return new Promise((settle) => {
      this.#waiting.push({ name, expectedType, settle });
      this.#send(name);
    });
  }

  /** @returns null where git has to be asked. Once it runs, it answers as quickly as its files are read here. */
  #storedAt(name: string): StoredObject | null {
    if (this.#files === null) return null;
    this.#readsInFiles++;
    const object = this.#readsInFiles > FEW ? null : objectIn(this.#files, name);
    if (object === null || object.bytes.length > this.#limit) this.#closeFiles();
    else return object;
    return null;
  }

  #closeFiles(): void {
    this.#files?.close();
    this.#files = null;
  }

  /** What is asked at the same time goes out in one write. */
  #send(name: string): void {
    this.#child ??= this.#start();
    if (this.#outgoing.length === 0) {
      process.nextTick(() => {
        this.#child?.stdin.write(this.#outgoing, 'latin1');
        this.#outgoing = '';
      });
    }
    this.#outgoing += `${name}\n`;
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#git, ['objects']);
    this.#pending = Buffer.alloc(0);
    this.#body = null;
    this.#lastWords = '';
    child.stdout.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#lastWords += chunk.toString('utf8');
    });
    child.stdin.on('error', (error) => {
      this.#lastWords ||= error.message;
    });
    child.on('error', (error) => {
      this.#lastWords = error.message;
    });
    child.on('close', () => {
      if (this.#child === child) this.#recover();
    });
    return child;
  }

  /** git ended early: the request that it stood at fails, the others are asked again. */
  #recover(): void {
    this.#child = null;
    this.#outgoing = '';
    const reason = this.#lastWords.trim().replace(/^fatal: /, '') || 'git cat-file ended early';
    this.#waiting.shift()?.settle({ kind: 'unreadable', reason });
    for (const { name } of this.#waiting) this.#send(name);
  }

  #receive(chunk: Buffer): void {
    let remaining = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    this.#pending = Buffer.alloc(0);
    while (remaining.length > 0) {
      if (this.#body) {
        remaining = this.#receiveBody(this.#body, remaining);
        continue;
      }
      const end = remaining.indexOf(0x0a);
      if (end < 0) {
        this.#pending = remaining;
        return;
      }
      this.#receiveHeader(remaining.toString('latin1', 0, end));
      remaining = remaining.subarray(end + 1);
    }
  }

  /** `<oid> <type> <size>`, or `<name> missing`. */
  #receiveHeader(header: string): void {
    const [oid = '', type = '', length] = header.split(' ');
    if (length === undefined) {
      this.#waiting.shift()?.settle({ kind: 'absent' });
      return;
    }
    this.#idLength = oid.length / 2;
    const size = Number(length);
    const isAccepted = type === this.#waiting[0]?.expectedType && size <= this.#limit;
    this.#body = { type, size, chunks: isAccepted ? [] : null, start: Buffer.alloc(0), missing: size + 1 };
  }

  /** @returns What follows the body, which ends with a newline that is not part of the object. */
  #receiveBody(body: Body, chunk: Buffer): Buffer {
    const part = chunk.subarray(0, body.missing);
    body.chunks?.push(part);
    if (body.chunks === null && body.start.length < START)
      body.start = Buffer.concat([body.start, part.subarray(0, START - body.start.length)]);
    body.missing -= part.length;
    if (body.missing === 0) {
      this.#body = null;
      this.#finish(body);
    }
    return chunk.subarray(part.length);
  }

  #finish({ type, size, chunks, start }: Body): void {
    const request = this.#waiting.shift();
    if (chunks) request?.settle({ kind: 'bytes', bytes: Buffer.concat(chunks, size) });
    else
      request?.settle(type === request.expectedType ? { kind: 'tooLarge', size, start } : { kind: 'absent' });
  }
}

/** @param name An object id, or the name of a commit's tree: `<id>^{tree}`. */
function objectIn(files: ObjectFiles, name: string): StoredObject | null {
  const commitId = /^([0-9a-f]+)\^\{tree\}$/.exec(name)?.[1];
  if (commitId === undefined) return files.read(name);
  const commit = files.read(commitId);
  const tree = /^tree ([0-9a-f]+)\n/.exec(commit?.bytes.toString('latin1', 0, 64) ?? '')?.[1];
  return commit?.type !== 'commit' || tree === undefined ? null : files.read(tree);
}

/** @returns An error for something that git names itself, so that it must be there. */
export function lostObject(what: string, read: ObjectRead): GitError {
  const why = read.kind === 'unreadable' ? ` (${read.reason})` : '';
  return new GitError(`git can’t read ${what}${why}; \`git fsck\` says what else is damaged`, 0);
}
