/** What a task is told: whether a newer one for the same key has been asked for in the meantime. */
export type IsCurrent = () => boolean;

interface Queue {
  generation: number;
  timer: NodeJS.Timeout | undefined;
  tail: Promise<void>;
}

/**
 * Runs tasks by key: never two of one key at once, and a newer request replaces one that has not started.
 * So typing never piles up work.
 */
export class Schedule {
  readonly #queues = new Map<string, Queue>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** @param delay How long to wait for a newer request, in milliseconds. */
  request(key: string, delay: number, task: (isCurrent: IsCurrent) => Promise<void>): void {
    const queue = this.#queues.get(key) ?? { generation: 0, timer: undefined, tail: Promise.resolve() };
    this.#queues.set(key, queue);
    clearTimeout(queue.timer);
    queue.generation += 1;
    const { generation } = queue;
    const isCurrent = () => queue.generation === generation;
    const run = async () => {
      if (isCurrent()) await task(isCurrent);
    };
    queue.timer = setTimeout(() => {
      queue.tail = queue.tail.then(run).catch(this.#onError);
    }, delay);
  }

  /** Drops what has not started, and makes what runs outdated. */
  cancel(key: string): void {
    const queue = this.#queues.get(key);
    if (!queue) return;
    clearTimeout(queue.timer);
    queue.generation += 1;
    this.#queues.delete(key);
  }

  cancelAll(): void {
    for (const key of [...this.#queues.keys()]) this.cancel(key);
  }
}
