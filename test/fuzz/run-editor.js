/**
 * Plays an editor whose user writes nonsense against the built language server: `npm run fuzz:editor -- --minutes 10
 * [--from NUMBER] [--push]`. With `--push` the server tells diagnostics unasked. Round N is the same in every run of the same sources. Ends with 1 where an answer was an error, lay
 * outside of the text, or did not come. To be started by hand.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../kit/bundle.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    from: { type: 'string', default: '0' },
    push: { type: 'boolean', default: false },
  },
});
const root = path.resolve(import.meta.dirname, '../..');
const end = Date.now() + Number(values.minutes) * 60_000;

/** After so many edits the memory of the server is told. */
const STEP = 500;

await bundle(root, 'test/fuzz/editor-session.ts', 'editor-session.js');
const { EditorSession } = await import('../../.fuzz/editor-session.js');
const session = new EditorSession(root, (problem) => {
  console.log(problem);
});
await session.start(path.join(root, 'bin/check-imports.js'), { pulls: !values.push });
let told = -1;
for (let number = Number(values.from); Date.now() < end; number += 1) {
  await session.play(number);
  const step = Math.floor(session.counts.edits / STEP);
  if (step === told) continue;
  told = step;
  console.log(`after ${session.counts.edits} edits: ${memoryText()}`);
}
const finalMemory = memoryText();
await session.stop();
const { documents, notebooks, edits, requests, errors } = session.counts;
console.log(
  `${documents} documents, ${notebooks} notebooks, ${edits} edits, ${requests} requests, ${errors} errors, ${finalMemory} at the end`,
);
process.exitCode = errors > 0 ? 1 : 0;

function memoryText() {
  const megabytes = session.memory();
  return megabytes === null ? 'this system does not tell the memory' : `${megabytes.toFixed(0)} MB`;
}
