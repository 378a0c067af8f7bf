/**
 * Lets only so many pieces of work run at once; the others wait in their order. A client may send as many calls as it wants,
 * and each starts git.
 */
export class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param most How many run at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /** @returns What the work gives, once it had its turn. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#most) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }
}
