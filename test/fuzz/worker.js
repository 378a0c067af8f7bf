/** Reads texts that nobody wrote, one after another, and tells which one it is at. See run.js. */
import { parentPort, workerData } from 'node:worker_threads';

const { root, at, shared } = workerData;
// run.js has just made it.
const { mutant, readersOf } = await import('../../.fuzz/readers.js');
const readers = readersOf(root);
const position = new Int32Array(shared);

/** More CPU time than any text of 40,000 characters takes, however busy the machine is. In milliseconds. */
const SLOW = 3_000;

for (let number = at; ; number += 1) {
  const { id, seeds, read } = readers[number % readers.length];
  Atomics.store(position, 0, number);
  const text = mutant(seeds, number);
  const before = process.threadCpuUsage?.() ?? process.cpuUsage();
  try {
    await read(text);
  } catch (error) {
    parentPort.postMessage({ id, number, text, what: error instanceof Error ? error.stack : String(error) });
  }
  const { user } = process.threadCpuUsage?.(before) ?? process.cpuUsage(before);
  if (user > SLOW * 1000)
    parentPort.postMessage({ id, number, text, what: `took ${user / 1e6} s of the processor` });
}
