import { setFlagsFromString } from 'node:v8';
import type { Worker } from 'node:worker_threads';

/** How the heaps of a whole run grow. The last one holds for threads that start later. */
const HEAP = [
  '--heap-growing-percent=50',
  '--semi-space-growth-factor=1',
  '--min-semi-space-size=2',
] as const;

/**
 * What V8 does otherwise in a run over a whole project, by the major version of Node: flags differ, and an unknown one is
 * complained of (`node --v8-options`, of 20.20, 22.23 and 24.22 on 2026-11-30). Such a run takes a few seconds, in which much
 * is made and little kept; by default V8 expects a process that lives long:
 *
 * - It compiles functions once more, with optimisations, in threads of its own. In a short run most of that is never paid
 *   back: a third of the processor's time of `--all` over 2,000 files. So it waits longer: for 500 kB of bytecode instead of
 *   64, or 24,000 calls instead of 3,000.
 * - It lets the heap grow to several times what is in use before it collects garbage: that is a quarter of the memory. What was
 *   made last gets no more room than at the start. In threads, whose trees outlive many collections, that is 2 MB twice.
 */
const FLAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['20', ['--interrupt-budget=500000', ...HEAP]],
  ['22', ['--invocation-count-for-turbofan=24000', ...HEAP]],
  ['24', ['--invocation-count-for-turbofan=24000', ...HEAP]],
]);

/** Prepares V8 for a run over a whole project. Of other versions of Node nothing is changed. */
export function prepareWholeRun(): void {
  setFlags();
  // With the heap of each thread V8 lets those of all threads grow as usual again (`Heap::ConfigureHeap` allows no
  // `semi_space_growth_factor` below 2).
  if (!process.listeners('worker').includes(setFlagsWith)) process.on('worker', setFlagsWith);
}

function setFlagsWith(thread: Worker): void {
  thread.once('online', setFlags);
}

function setFlags(): void {
  const [major = ''] = process.versions.node.split('.');
  for (const flag of FLAGS.get(major) ?? []) setFlagsFromString(flag);
}
