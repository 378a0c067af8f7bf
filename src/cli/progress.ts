import type { Progress } from '../app/progress.ts';
import type { CommandContext } from './context.ts';

/** A run that is shorter than this shows no progress. In milliseconds. */
const PATIENCE = 500;

/** How often the line is drawn anew, at the most. In milliseconds. */
const INTERVAL = 100;

const WIDTH = 30;

/**
 * A bar on standard error where that is a terminal, and nothing elsewhere.
 *
 * @param noun What is counted, in the plural.
 */
export function progressOn(context: CommandContext, noun = 'files'): Progress {
  const start = clock();
  let drawn = 0;
  return {
    step(finished, total) {
      const currentTime = clock();
      // A short run does not even open the stream.
      if (currentTime - start < PATIENCE || currentTime - drawn < INTERVAL || !context.stderr.isTTY) return;
      drawn = currentTime;
      const filled = total === 0 ? WIDTH : Math.round((finished / total) * WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
      context.stderr.stream.write(`\r\u001b[2K${bar} ${String(finished)} of ${String(total)} ${noun}`);
    },
    done() {
      if (drawn > 0) context.stderr.stream.write('\r\u001b[2K');
    },
  };
}

/** @returns Milliseconds since this process began. Node loads eight modules for `performance.now()`. */
export function clock(): number {
  return process.uptime() * 1000;
}
