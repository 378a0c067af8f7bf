/** What a task is told: whether a newer one for the same key has been asked for in the meantime. */
export type IsCurrent = () => boolean;

/** When a task is to run, and before whom. */
export interface Timing {
  /** How long to wait for a newer request, in milliseconds. */
  readonly delay: number;
  /** Somebody waits for it: it goes before those that nobody asked for. */
  readonly isUrgent: boolean;
}

interface Job {
  readonly key: string;
  readonly id: number;
  readonly isUrgent: boolean;
  readonly run: () => Promise<void>;
}

/**
 * Runs tasks by key: never two of one key at once, few of all keys, and a newer request replaces one that has not started.
 * So typing never piles up work, and what was asked for last does not wait for everything before.
 */
export class Schedule {
  readonly #onError: (error: unknown) => void;
  readonly #atOnce: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Those whose time has come, in the order in which it came. */
  readonly #ready = new Map<string, Job>();
  readonly #running = new Set<string>();
  /** The newest request of each key. */
  readonly #newest = new Map<string, number>();
  readonly #urgent = new Set<string>();
  #count = 0;

  /** @param atOnce How many tasks run at once. */
  constructor(onError: (error: unknown) => void, atOnce: number) {
    this.#onError = onError;
    this.#atOnce = atOnce;
  }

  request(key: string, { delay, isUrgent }: Timing, task: (isCurrent: IsCurrent) => Promise<void>): void {
    const id = ++this.#count;
    clearTimeout(this.#timers.get(key));
    this.#ready.delete(key);
    this.#newest.set(key, id);
    // What is urgent stays so where the same is asked for again.
    if (isUrgent) this.#urgent.add(key);
    const isCurrent = () => this.#newest.get(key) === id;
    const ready = () => {
      this.#timers.delete(key);
      const wasUrgent = this.#urgent.delete(key);
      this.#ready.set(key, { key, id, isUrgent: wasUrgent, run: () => task(isCurrent) });
      this.#advance();
    };
    this.#timers.set(key, setTimeout(ready, delay));
  }

  /** Runs what somebody waits for in its turn. @returns What comes of it. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => task().then(resolve, reject);
      this.request(`in turn ${String(this.#count)}`, { delay: 0, isUrgent: true }, run);
    });
  }

  /** Drops what has not started, and makes what runs outdated. */
  cancel(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#ready.delete(key);
    this.#newest.delete(key);
    this.#urgent.delete(key);
  }

  cancelAll(): void {
    for (const key of [...this.#newest.keys()]) this.cancel(key);
  }

  #advance(): void {
    for (let job = this.#next(); job !== undefined && this.#running.size < this.#atOnce; job = this.#next())
      this.#start(job);
  }

  #next(): Job | undefined {
    const free = [...this.#ready.values()].filter(({ key }) => !this.#running.has(key));
    return free.find(({ isUrgent }) => isUrgent) ?? free[0];
  }

  #start({ key, id, run }: Job): void {
    this.#ready.delete(key);
    this.#running.add(key);
    run()
      .catch(this.#onError)
      .finally(() => {
        this.#running.delete(key);
        if (this.#newest.get(key) === id) this.#newest.delete(key);
        this.#advance();
      });
  }
}
