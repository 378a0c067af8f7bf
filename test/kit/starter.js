import { spawn } from 'node:child_process';

/*
 * Starts the processes of a worker of the tests, which asks through `process.send` (test/kit/child-process.ts), and
 * ends with it.
 */

const running = new Map();

function start({ id, file, words, options }) {
  const child = spawn(file, words, options);
  running.set(id, child);
  const output = outputOf(child, { id, isAnswered: options.stdio?.[0] !== 'ignore' });
  child.stdin?.on('error', () => undefined);
  child.on('error', ({ message, code }) => process.send({ id, kind: 'error', message, code }));
  child.on('close', (code, signal) => {
    running.delete(id);
    const [stdout, stderr] = [Buffer.concat(output.stdout), Buffer.concat(output.stderr)];
    process.send({ id, kind: 'end', code, signal, stdout, stderr });
  });
}

/**
 * What is yet to be told of a process's output. What a process without an input writes is told at its end, in one
 * message: a message takes as long as a third of a short git.
 */
function outputOf(child, { id, isAnswered }) {
  const output = { stdout: [], stderr: [] };
  for (const stream of ['stdout', 'stderr'])
    child[stream]?.on('data', (bytes) => {
      if (isAnswered) process.send({ id, kind: 'output', stream, bytes });
      else output[stream].push(bytes);
    });
  return output;
}

process.on('message', (request) => {
  const child = running.get(request.id);
  if (request.kind === 'start') start(request);
  else if (request.kind === 'input') child?.stdin.write(request.bytes);
  else if (request.kind === 'inputEnd') child?.stdin.end();
  else child?.kill(request.signal);
});
process.on('disconnect', () => process.exit());
