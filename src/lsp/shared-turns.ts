import type { Schedule } from './schedule.ts';

/** Whether somebody no longer wants an answer. */
type IsCancelled = () => boolean;

interface Turn<T> {
  readonly askers: IsCancelled[];
  readonly result: Promise<T | null>;
}

/**
 * Tasks that wait for their turn: whoever asks for the same meanwhile gets the same answer. An editor asks for each cell of a
 * notebook, and the notebook is checked as one.
 */
export class SharedTurns<T> {
  readonly #schedule: Pick<Schedule, 'inTurn'>;
  readonly #waiting = new Map<string, Turn<T>>();

  constructor(schedule: Pick<Schedule, 'inTurn'>) {
    this.#schedule = schedule;
  }

  /** @returns What comes of the task; null where nobody wanted it any more when its turn came. */
  take(key: string, isCancelled: IsCancelled, task: () => Promise<T | null>): Promise<T | null> {
    const waiting = this.#waiting.get(key);
    if (waiting) {
      waiting.askers.push(isCancelled);
      return waiting.result;
    }
    const askers = [isCancelled];
    const result = this.#schedule.inTurn(async () => {
      this.#waiting.delete(key);
      return askers.every((asker) => asker()) ? null : task();
    });
    this.#waiting.set(key, { askers, result });
    return result;
  }
}
