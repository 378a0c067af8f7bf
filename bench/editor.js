import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { sourceModule } from './modules.js';
import { bin } from './repository.js';
import { median } from './timing.js';

/** An answer that takes longer is none. In milliseconds. */
const PATIENCE = 120_000;

/** @type {Promise<{ LanguageClient: import('../test/kit/lsp-client.ts').LanguageClient, uri: Function }> | undefined} */
let client;

/** An editor with a language server in a process of its own, which asks no registry. */
export class Editor {
  /** @param {string} root The folder of the workspace. */
  static async start(root) {
    client ??= sourceModule('test/kit/lsp-client.ts');
    const { LanguageClient, uri } = await client;
    const server = spawn(process.execPath, [bin, 'lsp', '--offline'], {
      cwd: root,
      env: { ...process.env, HOME: path.join(root, '.git') },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const started = await LanguageClient.connect(server.stdout, server.stdin, { folders: [root] });
    return new Editor(server, started.client, (name) => uri(root, name));
  }

  /**
   * @param {import('node:child_process').ChildProcess} server
   * @param {any} connected
   * @param {(name: string) => string} uriOf
   */
  constructor(server, connected, uriOf) {
    this.server = server;
    this.client = connected;
    this.uriOf = uriOf;
  }

  /** Opens a text, and waits until it is checked. */
  async open(name, text, languageId) {
    await this.client.open(this.uriOf(name), text, languageId);
    return this.published(name, 1);
  }

  /** Inserts text at the start of the second line, or deletes that line. @returns The new version. */
  edit(name, inserted) {
    const [first, second] = [1, 2].map((line) => ({ line, character: 0 }));
    const range = { start: first, end: inserted === '' ? second : first };
    return this.client.edit(this.uriOf(name), range, inserted);
  }

  /** Waits until diagnostics of a version are there, the one after `from` in the order of all that was published. */
  published(name, version, from = 0) {
    const where = this.uriOf(name);
    return this.answer(
      this.client.until(() =>
        this.client.published.slice(from).find((one) => one.uri === where && one.version === version),
      ),
    );
  }

  hover(name, position) {
    return this.answer(this.client.hover(this.uriOf(name), position));
  }

  actions(name, position) {
    return this.answer(this.client.actions(this.uriOf(name), position));
  }

  /** @param {Promise<any>} promise */
  async answer(promise) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE} ms`)), PATIENCE);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async stop() {
    const ended = once(this.server, 'exit');
    await this.client.shutdown();
    await ended;
  }
}

/**
 * @param {() => Promise<unknown>} act
 * @returns How long it took, in milliseconds.
 */
export async function timeOf(act) {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/**
 * @param {string} name
 * @param {readonly number[]} times In milliseconds.
 * @param {number} [budget]
 */
export function rowOf(name, times, budget) {
  const note = `at most ${Math.max(...times).toFixed(0)} ms of ${times.length}`;
  return { name, value: median(times), unit: 'ms', note, ...(budget === undefined ? {} : { budget }) };
}
