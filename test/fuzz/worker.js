/** Reads texts that nobody wrote, one after another, and tells which one it is at. See run.js. */
import { parentPort, workerData } from 'node:worker_threads';

const { root, at, shared, only } = workerData;
// run.js has just made it.
const { BrokenPromise, MOST_GROWTH, familyOf, growthOf, mutant, readersOf, realReadersOf } =
  await import('../../.fuzz/readers.js');
const readers = [...readersOf(root), ...(await realReadersOf(root))].filter(({ id }) => id.includes(only));
const position = new Int32Array(shared);
parentPort.postMessage({ kind: 'readers', ids: readers.map(({ id }) => id) });

/** More CPU time than any text of 40,000 characters takes, however busy the machine is. In milliseconds. */
const SLOW = 3_000;

/** Of so many numbers for each reader, the last one is that of a family of texts, whose time is measured. */
const ROUND = 8;

for (let number = at; ; number += 1) {
  const reader = readers[number % readers.length];
  const kind = Math.floor(number / readers.length) % ROUND;
  Atomics.store(position, 0, number);
  const measured = reader.measured === undefined ? reader.read : reader.measured;
  if (kind === ROUND - 1 && measured !== null) await measure(reader, measured, number);
  else
    await readText(
      reader,
      kind % 2 === 1 && reader.program ? reader.program(number) : mutant(reader.seeds, number),
      number,
    );
}

async function readText({ id, read }, text, number) {
  const before = process.threadCpuUsage?.() ?? process.cpuUsage();
  let problem;
  try {
    await read(text);
  } catch (error) {
    problem = error instanceof Error ? error.stack : String(error);
    if (error instanceof BrokenPromise) problem = error.message;
  }
  const { user } = process.threadCpuUsage?.(before) ?? process.cpuUsage(before);
  if (user > SLOW * 1000) problem ??= `took ${user / 1e6} s of the processor`;
  parentPort.postMessage({ kind: 'text', id, number, text: problem === undefined ? '' : text, problem });
}

async function measure({ id, seeds }, measured, number) {
  const family = familyOf(seeds, number);
  try {
    const growth = await growthOf(measured, family);
    const isTooMuch = growth.ratio !== null && growth.ratio > MOST_GROWTH;
    const problem = isTooMuch
      ? `takes ${growth.ratio.toFixed(1)} times as long for twice the text`
      : undefined;
    parentPort.postMessage({
      kind: 'family',
      id,
      number,
      text: isTooMuch ? family(4_000) : '',
      problem,
      ...growth,
    });
  } catch (error) {
    const problem = error instanceof Error ? error.stack : String(error);
    parentPort.postMessage({
      kind: 'family',
      id,
      number,
      text: family(4_000),
      problem,
      nanoseconds: 0,
      ratio: null,
    });
  }
}
