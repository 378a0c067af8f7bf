import { noProgress, type Progress } from '../app/progress.ts';
import type { CommandContext } from './context.ts';
import type { Output } from './output.ts';

/** How often the line is drawn anew, at the most. In milliseconds. */
const INTERVAL = 100;

const WIDTH = 20;

/** What a run has done in less time than this says little about the rest. In milliseconds. */
const SHORTEST = 2000;

/** How much faster one half of the time may be than the other, for the rest to be foreseen. */
const SPREAD = 1.5;

/** How many were done at a time. */
interface Mark {
  readonly time: number;
  readonly finished: number;
}

/**
 * The log of a build server keeps each state of a line, and a dumb terminal writes them one after the other.
 *
 * @returns A line on standard error where that is a terminal at which somebody waits, and nothing elsewhere.
 */
export function lineOn({ env, stderr }: CommandContext, noun: string, time: () => number): Progress {
  const isBuildServer = !['', '0', 'false'].includes(env['CI'] ?? '');
  const canRedraw = !isBuildServer && env['TERM'] !== 'dumb' && stderr.isTTY;
  return canRedraw ? new ProgressLine(stderr, noun, time) : noProgress;
}

/** A line of a terminal that says how far a run is, and how long it will still take once that is known well enough. */
export class ProgressLine implements Progress {
  readonly #output: Pick<Output, 'stream' | 'columns'>;
  readonly #noun: string;
  readonly #clock: () => number;
  readonly #marks: Mark[] = [];

  /**
   * @param noun What is counted, in the plural.
   * @param clock Milliseconds since some fixed time.
   */
  constructor(output: Pick<Output, 'stream' | 'columns'>, noun: string, clock: () => number) {
    this.#output = output;
    this.#noun = noun;
    this.#clock = clock;
  }

  /** Draws the line anew, unless it was drawn a moment ago. That all are done is always drawn. */
  step(finished: number, total: number): void {
    const time = this.#clock();
    const drawn = this.#marks.at(-1)?.time ?? -Infinity;
    if (time - drawn < INTERVAL && finished < total) return;
    this.#marks.push({ time, finished });
    const filled = total === 0 ? WIDTH : Math.round((finished / total) * WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    const left = timeLeft(this.#marks, total);
    const count = `${numeral(finished)} of ${numeral(total)} ${this.#noun}`;
    const text = `${bar} ${count}${left === null ? '' : `, about ${duration(left)} left`}`;
    // A line that wraps could not be cleared.
    this.#output.stream.write(`\r\u001b[2K${text.slice(0, (this.#output.columns ?? 80) - 1)}`);
  }

  /** Takes the line away. */
  done(): void {
    if (this.#marks.length > 0) this.#output.stream.write('\r\u001b[2K');
  }
}

/**
 * The rest takes as long as it would at the rate of the second half of the time.
 *
 * @returns Milliseconds; null where nothing is left, or the two halves differ too much to say.
 */
function timeLeft(marks: readonly Mark[], total: number): number | null {
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last || last.finished >= total || last.time - first.time < SHORTEST) return null;
  const middle = marks.find(({ time }) => time * 2 >= first.time + last.time) ?? last;
  const [early, late] = [rate(first, middle), rate(middle, last)];
  if (!(early > 0 && late > 0) || Math.max(early, late) > SPREAD * Math.min(early, late)) return null;
  return (total - last.finished) / late;
}

function rate(from: Mark, to: Mark): number {
  return (to.finished - from.finished) / (to.time - from.time);
}

/** @returns No more precise than an estimate is: `4 s`, `25 s`, `3 min`. */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const rounded = seconds < 10 ? seconds : Math.round(seconds / 5) * 5;
  return rounded < 60 ? `${String(rounded)} s` : `${String(Math.round(seconds / 60))} min`;
}

function numeral(count: number): string {
  return count.toLocaleString('en');
}
