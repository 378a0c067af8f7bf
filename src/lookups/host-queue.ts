/** What waits for its turn at a host; `late` says that the time was over before it came. */
interface Turn {
  readonly host: string;
  readonly signal: AbortSignal;
  /** It goes before what waits already. */
  readonly isFirst?: boolean;
}

/** Runs at most so many tasks at once for each host; the others wait in their order. */
export class HostQueue {
  readonly #atOnce: number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async run<T>(turn: Turn, task: (late: boolean) => Promise<T>): Promise<T> {
    const started = await this.#enter(turn);
    if (!started) return task(true);
    try {
      return await task(false);
    } finally {
      this.#leave(turn.host);
    }
  }

  /** @returns Whether a place was taken; false where the signal was aborted first. */
  async #enter({ host, signal, isFirst = false }: Turn): Promise<boolean> {
    if (signal.aborted) return false;
    const running = this.#running.get(host) ?? 0;
    if (running < this.#atOnce) {
      this.#running.set(host, running + 1);
      return true;
    }
    const waiting = this.#waiting.get(host) ?? [];
    this.#waiting.set(host, waiting);
    return new Promise((resolve) => {
      const start = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(start), 1);
        resolve(false);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      if (isFirst) waiting.unshift(start);
      else waiting.push(start);
    });
  }

  /** Hands the place to the next one, or frees it. */
  #leave(host: string): void {
    const next = this.#waiting.get(host)?.shift();
    if (next !== undefined) next();
    else this.#running.set(host, (this.#running.get(host) ?? 1) - 1);
  }
}
