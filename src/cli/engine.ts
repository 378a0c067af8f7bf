import { setFlagsFromString } from 'node:v8';

/**
 * Prepares V8 for a run over a whole project: a few seconds in which much is made and little kept. By default it expects a
 * process that lives long:
 *
 * - It compiles functions once more, with optimisations, in threads of its own. In a short run most of that is never paid
 *   back: a third of the processor's time of `--all` over 2,000 files. So it waits longer: the first flag is that of
 *   Node 20 (64 kB by default), the second that of Node 22 and later (3,000 calls).
 * - It lets the heap grow to several times what is in use before it collects garbage: that is two fifths of the memory.
 *
 * An engine leaves alone what it does not know (`node --v8-options`).
 */
export function prepareWholeRun(): void {
  for (const flag of [
    '--interrupt-budget=500000',
    '--invocation-count-for-turbofan=24000',
    '--heap-growing-percent=50',
    '--semi-space-growth-factor=1',
  ])
    setFlagsFromString(flag);
}
