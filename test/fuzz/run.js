/**
 * Looks for texts that a reader has no answer to, that two readers answer differently, and that take a reader more time
 * than their length explains: `npm run fuzz -- --minutes 60 [--from NUMBER] [--only PART-OF-A-READERS-NAME]`. Text N is
 * the same in every run of the same sources, so a finding is reproduced with `--from N` (and the same `--only`). Ends
 * with 1 where something was found; the texts are then in .fuzz. To be started by hand: how much it reads depends on
 * the machine.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundle } from '../kit/bundle.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, '.fuzz');
const end = Date.now() + Number(values.minutes) * 60_000;

/** A reader that answers nothing for so long is in a loop. In milliseconds. */
const PATIENCE = 60_000;

// Where worker.js finds them.
await bundle(root, 'test/fuzz/readers.ts', 'readers.js');
const shared = new SharedArrayBuffer(4);
const position = new Int32Array(shared);
/** For each reader what was read, what was found, and the most time that a text took. */
const readers = new Map();
const nothing = { texts: 0, families: 0, findings: 0, nanoseconds: 0, slowest: 0, ratio: null };
let findings = 0;
/** The readers' names: text N is for the one at N, counted round and round. */
let ids = [];

let at = Number(values.from);
while (Date.now() < end) at = await readUntilItHangs(at);
table();
process.exitCode = findings > 0 ? 1 : 0;

/** @returns The number to go on with: a worker that hangs is ended, and its text left behind. */
async function readUntilItHangs(start) {
  const worker = new Worker(path.join(import.meta.dirname, 'worker.js'), {
    workerData: { root, at: start, shared, only: values.only },
    // Parsers are given deep texts without being asked whether they have the stack for them.
    resourceLimits: { stackSizeMb: 256 },
  });
  const state = { ended: false };
  worker.on('message', keep);
  worker.on('error', (error) => {
    keep({ kind: 'text', id: 'worker', number: position[0], text: '', problem: error.stack });
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
      const problem = `text ${seen} takes longer than ${PATIENCE} ms`;
      keep({ kind: 'text', id: ids[seen % ids.length] ?? 'worker', number: seen, text: '', problem });
      break;
    }
  }
  await worker.terminate();
  return Atomics.load(position, 0) + 1;
}

function keep({ kind, id, number, text, problem, nanoseconds = 0, ratio = null, ...more }) {
  if (kind === 'readers') {
    ids = more.ids;
    return;
  }
  const reader = readers.get(id) ?? { ...nothing };
  readers.set(id, reader);
  if (kind === 'text') reader.texts += 1;
  else reader.families += 1;
  if (nanoseconds > reader.nanoseconds) Object.assign(reader, { nanoseconds, slowest: number });
  if (ratio !== null) reader.ratio = Math.max(reader.ratio ?? 0, ratio);
  if (problem === undefined) return;
  reader.findings += 1;
  findings += 1;
  const file = path.join(folder, `${number}.txt`);
  writeFileSync(file, text);
  console.log(`${id}, text ${number} (${file}):\n${problem}\n`);
}

/** What was read: programs and other texts, families of growing texts, the slowest of them, and its growth when doubled. */
function table() {
  const rows = [...readers].sort(([one], [other]) => (one < other ? -1 : 1));
  const columns = ['texts', 'disagreements', 'families', 'slowest ns/char', 'at text', 'most growth'];
  console.log(['reader'.padEnd(38), ...columns.map((column) => column.padStart(15))].join(' '));
  for (const [id, reader] of rows) {
    const { texts, families, nanoseconds, slowest, ratio } = reader;
    const growth = ratio === null ? '–' : `× ${ratio.toFixed(2)}`;
    const cells = [texts, reader.findings, families, nanoseconds.toFixed(0), slowest, growth];
    console.log([id.padEnd(38), ...cells.map((cell) => String(cell).padStart(15))].join(' '));
  }
  const sum = (of) => rows.reduce((total, [, reader]) => total + of(reader), 0);
  console.log(
    `${sum(({ texts }) => texts)} texts, ${sum(({ families }) => families)} families, ${findings} findings`,
  );
}
