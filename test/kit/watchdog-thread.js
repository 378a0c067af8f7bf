import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

let timer;

parentPort.on('message', (watched) => {
  clearTimeout(timer);
  if (watched === null) return;
  timer = setTimeout(() => {
    writeSync(2, `\n${watched.name} did not end within ${watched.limit} ms; its process is ended.\n`);
    process.kill(process.pid, 'SIGKILL');
  }, watched.limit);
});
