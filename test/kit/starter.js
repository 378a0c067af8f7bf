import { spawn } from 'node:child_process';

/*
 * Starts the processes of a worker of the tests, which asks through `process.send` (test/kit/child-process.ts), and
 * ends with it.
 */

const running = new Map();

function start({ id, file, words, options }) {
  const child = spawn(file, words, options);
  running.set(id, child);
  for (const stream of ['stdout', 'stderr'])
    child[stream]?.on('data', (bytes) => process.send({ id, kind: 'output', stream, bytes }));
  child.stdin?.on('error', () => undefined);
  child.on('error', ({ message, code }) => process.send({ id, kind: 'error', message, code }));
  child.on('close', (code, signal) => {
    running.delete(id);
    process.send({ id, kind: 'end', code, signal });
  });
}

process.on('message', (request) => {
  const child = running.get(request.id);
  if (request.kind === 'start') start(request);
  else if (request.kind === 'input') child?.stdin.write(request.bytes);
  else if (request.kind === 'inputEnd') child?.stdin.end();
  else child?.kill(request.signal);
});
process.on('disconnect', () => process.exit());
