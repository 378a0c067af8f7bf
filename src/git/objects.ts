import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { startGit, type Git } from './git.ts';

/** What git has under a name: a blob, nothing (also for a folder), or a reason why it can't be had. */
export type ObjectRead =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'exists' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'tooLarge'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

const newline = Buffer.from('\n');

interface Request {
  readonly name: Buffer;
  readonly wanted: 'bytes' | 'existence';
  readonly settle: (read: ObjectRead) => void;
}

/** Body of an object that is arriving: kept when it is wanted and small enough. */
interface Body {
  readonly type: string;
  readonly size: number;
  readonly kept: Buffer[] | null;
  missing: number;
}

/**
 * Reads objects through one `git cat-file --batch` (https://git-scm.com/docs/git-cat-file), which is
 * started by the first request and answers in order. Symbolic links on the way to a name in a commit are followed
 * inside of it; what they lead to elsewhere is absent. Where an object is missing from a partial clone or
 * damaged, git ends without answering the rest: a new one is started for them.
 */
export class ObjectReader {
  readonly #git: Git;
  readonly #limit: number;
  readonly #waiting: Request[] = [];
  #outgoing: Buffer[] = [];
  #child: ChildProcessWithoutNullStreams | null = null;
  #pending: Buffer = Buffer.alloc(0);
  #body: Body | null = null;
  #lastWords = '';

  /** @param limit Bytes; larger objects are passed over without being held in memory. */
  constructor(git: Git, limit: number) {
    this.#git = git;
    this.#limit = limit;
  }

  /** @param name An object name without newlines: an object id, `:0:path`, `HEAD:path`. */
  read(name: Buffer): Promise<ObjectRead> {
    return new Promise((settle) => {
      this.#ask({ name, wanted: 'bytes', settle });
    });
  }

  /** @returns For each name, whether git has a blob of it. */
  existing(names: readonly Buffer[]): Promise<readonly boolean[]> {
    if (names.length === 0) return Promise.resolve([]);
    // Dozens of names are asked for at a time: a promise for all of them does.
    return new Promise((resolve) => {
      const answers: boolean[] = [];
      const settle = (read: ObjectRead) => {
        answers.push(read.kind === 'exists');
        if (answers.length === names.length) resolve(answers);
      };
      for (const name of names) this.#ask({ name, wanted: 'existence', settle });
    });
  }

  /**
   * Ends git, and does not wait for its end. Requests that it has not answered stay open: call it when nothing is
   * awaited.
   */
  close(): void {
    const child = this.#child;
    this.#child = null;
    child?.stdin.end();
    child?.stdout.destroy();
    child?.stderr.destroy();
    child?.unref();
  }

  #ask(request: Request): void {
    this.#waiting.push(request);
    this.#send(request.name);
  }

  /** What is asked at the same time goes out in one write. */
  #send(name: Buffer): void {
    this.#child ??= this.#start();
    if (this.#outgoing.length === 0) {
      process.nextTick(() => {
        this.#child?.stdin.write(Buffer.concat(this.#outgoing));
        this.#outgoing = [];
      });
    }
    this.#outgoing.push(name, newline);
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = startGit(this.#git, ['cat-file', '--batch', '--follow-symlinks']);
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
    this.#outgoing = [];
    const reason = this.#lastWords.trim().replace(/^fatal: /, '') || 'git cat-file ended early';
    this.#waiting.shift()?.settle({ kind: 'unreadable', reason });
    for (const { name } of this.#waiting) this.#send(name);
  }

  #receive(chunk: Buffer): void {
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    this.#pending = Buffer.alloc(0);
    while (rest.length > 0) {
      if (this.#body) {
        rest = this.#receiveBody(this.#body, rest);
        continue;
      }
      const end = rest.indexOf(0x0a);
      if (end < 0) {
        this.#pending = rest;
        return;
      }
      this.#receiveHeader(rest.toString('latin1', 0, end));
      rest = rest.subarray(end + 1);
    }
  }

  /**
   * `<oid> <type> <size>`, `<name> missing` or `<name> ambiguous`; a name can hold spaces. For a link that leads
   * nowhere: `dangling <size>`, or another such word, and then as many bytes that say where it leads.
   */
  #receiveHeader(header: string): void {
    const found = /^(?:[0-9a-f]{40,64} (\w+)|dangling|loop|notdir|symlink) (\d+)$/.exec(header);
    if (!found) {
      this.#waiting.shift()?.settle({ kind: 'absent' });
      return;
    }
    const [, type = 'link', length] = found;
    const size = Number(length);
    const wanted = type === 'blob' && this.#waiting[0]?.wanted === 'bytes' && size <= this.#limit;
    this.#body = { type, size, kept: wanted ? [] : null, missing: size + 1 };
  }

  /** @returns What follows the body, which ends with a newline that is not part of the object. */
  #receiveBody(body: Body, chunk: Buffer): Buffer {
    const part = chunk.subarray(0, body.missing);
    body.kept?.push(part);
    body.missing -= part.length;
    if (body.missing === 0) {
      this.#body = null;
      this.#finish(body);
    }
    return chunk.subarray(part.length);
  }

  #finish({ type, size, kept }: Body): void {
    const request = this.#waiting.shift();
    if (!request) return;
    if (type !== 'blob') request.settle({ kind: 'absent' });
    else if (kept) request.settle({ kind: 'bytes', bytes: Buffer.concat(kept, size) });
    else request.settle(request.wanted === 'existence' ? { kind: 'exists' } : { kind: 'tooLarge', size });
  }
}
