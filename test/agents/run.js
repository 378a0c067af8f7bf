/**
 * Runs coding assistants with the hooks of check-imports: `npm test --prefix test/agents`, after `npm ci --prefix
 * test/agents`. Nothing leaves this machine: all of it runs in a network namespace that has the loopback interface alone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { agents } from './agents.js';
import { answers } from './answers.js';
import { record } from './record.js';

const [verb, ...names] = process.argv.slice(2);

if (interfaces().some((name) => name !== 'lo')) inNamespace();
else if (verb === 'record') await record(names.length > 0 ? names : Object.keys(agents));
else if (verb === 'answers') await answers(names.length > 0 ? names : Object.keys(agents));

/** @returns The names of the network interfaces that this process sees. */
function interfaces() {
  return [...readFileSync('/proc/net/dev', 'utf8').matchAll(/^\s*(\S+):/gm)].map(([, name]) => name);
}

/** Starts this program again where there is no network but the loopback interface. */
function inNamespace() {
  const args = [
    '-rn',
    'sh',
    '-c',
    'ip link set lo up && exec "$@"',
    'sh',
    process.execPath,
    ...process.argv.slice(1),
  ];
  const { status, error } = spawnSync('unshare', args, { stdio: 'inherit' });
  if (status !== 0)
    process.stderr.write(
      `${error === undefined ? '' : `${error.message}\n`}What starts assistants needs a network namespace (unshare -rn, of util-linux, and ip, of iproute2), so that they reach no machine but this one.\n`,
    );
  process.exitCode = status ?? 2;
}
