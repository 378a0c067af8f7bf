/**
 * A hook that writes down the event it is given and gives the answer that it was told to:
 * `node recorder.js <folder> <before|after|end>`.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder, event] = process.argv.slice(2);
const stdin = readFileSync(0, 'utf8');
appendFileSync(
  path.join(folder, 'events.jsonl'),
  `${JSON.stringify({ event, stdin, folder: process.cwd(), environment: Object.keys(process.env) })}\n`,
);
const answers = JSON.parse(readFileSync(path.join(folder, 'answers.json'), 'utf8'));
const given = answers[event] ?? {};
const isAgain = /"stop_hook_active":\s*true|"stopHookActive":\s*true/.test(stdin);
if (!(event === 'end' && isAgain && given.once !== false)) {
  if (given.wait !== undefined) await new Promise((done) => setTimeout(done, given.wait));
  process.stdout.write(given.stdout ?? '');
  process.stderr.write(given.stderr ?? '');
  process.exitCode = given.code ?? 0;
}
