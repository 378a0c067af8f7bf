import { noProgress, type Progress } from '../app/progress.ts';
import type { CommandContext } from './context.ts';

/** A run that is shorter than this shows no progress. In milliseconds. */
const PATIENCE = 500;

/**
 * A line on standard error where that is a terminal at which somebody waits, and nothing elsewhere. A short run does not
 * even open the stream, and loads nothing for it.
 *
 * @param noun What is counted, in the plural.
 * @param time Milliseconds since some fixed time.
 */
export function progressOn(context: CommandContext, noun = 'files', time = clock): Progress {
  const start = time();
  let shown = noProgress;
  let state: 'short' | 'long' | 'over' = 'short';
  return {
    step(finished, total) {
      shown.step(finished, total);
      if (state !== 'short' || time() - start < PATIENCE) return;
      state = 'long';
      void import('./progress-line.ts').then(({ lineOn }) => {
        if (state === 'over') return;
        shown = lineOn(context, noun, time);
        shown.step(finished, total);
      });
    },
    done() {
      state = 'over';
      shown.done();
    },
  };
}

/** @returns Milliseconds since this process began. Node loads eight modules for `performance.now()`. */
export function clock(): number {
  return process.uptime() * 1000;
}
