import type { Files } from '../../../model/language.ts';

/**
 * Asks for the existence of files in few, large batches: what several resolutions want to know at the
 * same moment becomes one question, and nothing is asked twice.
 */
export class FileLookup {
  readonly #files: Files;
  readonly #answers = new Map<string, Promise<boolean>>();
  readonly #texts = new Map<string, Promise<string | undefined>>();
  #waiting: string[] = [];
  #batch: Promise<ReadonlySet<string>> | undefined;
  #list: Promise<readonly string[]> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns Those of the paths that are files of the snapshot. */
  async having(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const answers = await Promise.all(paths.map((path) => this.#has(path)));
    return new Set(paths.filter((_, index) => answers[index]));
  }

  /** @returns The text of a file, or undefined where there is none. */
  text(path: string): Promise<string | undefined> {
    const text = this.#texts.get(path) ?? this.#files.text(path);
    this.#texts.set(path, text);
    return text;
  }

  /** @returns Every path of the snapshot. */
  list(): Promise<readonly string[]> {
    this.#list ??= this.#files.list();
    return this.#list;
  }

  #has(path: string): Promise<boolean> {
    const cached = this.#answers.get(path);
    if (cached !== undefined) return cached;
    this.#waiting.push(path);
    this.#batch ??= this.#flush();
    const answer = this.#batch.then((present) => present.has(path));
    this.#answers.set(path, answer);
    return answer;
  }

  /** Lets every resolution that has started add its questions before the batch is sent. */
  async #flush(): Promise<ReadonlySet<string>> {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    const paths = this.#waiting;
    this.#waiting = [];
    this.#batch = undefined;
    return await this.#files.existing(paths);
  }
}
