/**
 * Looks for texts that a reader has no answer to: `npm run fuzz -- --minutes 60 [--from NUMBER]`. Text N is the same
 * in every run of the same sources, so a finding is reproduced with `--from N`. Ends with 1 where something was found;
 * the texts are then in .fuzz. To be started by hand: how much it reads depends on the machine.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, from: { type: 'string', default: '0' } },
});
const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, '.fuzz');
const end = Date.now() + Number(values.minutes) * 60_000;

/** A reader that answers nothing for so long is in a loop. In milliseconds. */
const PATIENCE = 60_000;

await bundle();
const shared = new SharedArrayBuffer(4);
const position = new Int32Array(shared);
const found = [];

let at = Number(values.from);
const first = at;
while (Date.now() < end) at = await readUntilItHangs(at);
console.log(`${at - first} texts, ${found.length} without an answer`);
process.exitCode = found.length > 0 ? 1 : 0;

/** @returns The number to go on with: a worker that hangs is ended, and its text left behind. */
async function readUntilItHangs(start) {
  const worker = new Worker(path.join(import.meta.dirname, 'worker.js'), {
    workerData: { root, at: start, shared },
  });
  const state = { ended: false };
  worker.on('message', keep);
  worker.on('error', (error) => {
    keep({ id: 'worker', number: position[0], text: '', what: error.stack });
    state.ended = true;
  });
  worker.on('exit', () => (state.ended = true));
  Atomics.store(position, 0, start);
  let [seen, since] = [start, Date.now()];
  while (!state.ended && Date.now() < end) {
    await sleep(1_000);
    const now = Atomics.load(position, 0);
    if (now !== seen) [seen, since] = [now, Date.now()];
    else if (Date.now() - since > PATIENCE) {
      keep({ id: 'worker', number: seen, text: '', what: `text ${seen} takes longer than ${PATIENCE} ms` });
      break;
    }
  }
  await worker.terminate();
  return Atomics.load(position, 0) + 1;
}

function keep({ id, number, text, what }) {
  const file = path.join(folder, `${number}.txt`);
  writeFileSync(file, text);
  found.push(number);
  console.log(`${id}, text ${number} (${file}):\n${what}\n`);
}

/** Puts all readers into one file, where worker.js finds it. */
async function bundle() {
  mkdirSync(folder, { recursive: true });
  const made = await rolldown({
    input: 'test/fuzz/readers.ts',
    cwd: root,
    platform: 'node',
    external: /^[^./]/,
    logLevel: 'silent',
  });
  await made.write({ file: path.join(folder, 'readers.js'), format: 'esm', codeSplitting: false });
  await made.close();
}
