import type { Progress } from '../app/progress.ts';
import type { CommandContext } from './context.ts';
import type { ProgressLine } from './progress-line.ts';

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
  let newest = { finished: 0, total: 0 };
  let line: ProgressLine | null = null;
  let state: 'waiting' | 'opened' | 'over' = 'waiting';
  const open = async () => {
    const { ProgressLine } = await import('./progress-line.ts');
    if (state === 'over') return;
    line = new ProgressLine(context.stderr, noun, time);
    line.step(newest.finished, newest.total);
  };
  return {
    step(finished, total) {
      newest = { finished, total };
      line?.step(finished, total);
      if (state !== 'waiting' || time() - start < PATIENCE) return;
      state = 'opened';
      if (canRedraw(context)) void open();
    },
    done() {
      state = 'over';
      line?.clear();
      line = null;
    },
  };
}

/** The log of a build server keeps each state of a line, and a dumb terminal writes them one after the other. */
function canRedraw({ env, stderr }: CommandContext): boolean {
  const isBuildServer = !['', '0', 'false'].includes(env['CI'] ?? '');
  return !isBuildServer && env['TERM'] !== 'dumb' && stderr.isTTY;
}

/** @returns Milliseconds since this process began. Node loads eight modules for `performance.now()`. */
export function clock(): number {
  return process.uptime() * 1000;
}
