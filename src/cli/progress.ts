import type { ProcessContext } from '../app/process.ts';

/** A run that is shorter than this shows no progress. In milliseconds. */
const PATIENCE = 500;

/** How often the line is drawn anew, at the most. In milliseconds. */
const INTERVAL = 100;

const WIDTH = 30;

/** Shows how many files are done. `done` clears the line. */
export interface Progress {
  readonly step: (finished: number, total: number) => void;
  readonly done: () => void;
}

/** A bar on standard error where that is a terminal, and nothing elsewhere. */
export function progressOn(context: ProcessContext): Progress {
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
      context.stderr.stream.write(`\r\u001b[2K${bar} ${String(finished)} of ${String(total)} files`);
    },
    done() {
      if (drawn > 0) context.stderr.stream.write('\r\u001b[2K');
    },
  };
}

/** Node loads eight modules for `performance.now()`. */
function clock(): number {
  return process.uptime() * 1000;
}
