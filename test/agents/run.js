/**
 * Runs coding assistants with the hooks of check-imports: `npm test --prefix test/agents`, after `npm ci --prefix
 * test/agents`. Nothing leaves this machine: all of it runs in a network namespace that has the loopback interface alone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agents } from './agents.js';
import { answers } from './answers.js';
import { record, unlike } from './record.js';
import { columns, seen, ways } from './scenarios.js';

const [verb = 'test', ...names] = process.argv.slice(2);
const verbs = { answers, record, test };

if (!Object.hasOwn(verbs, verb) || !names.every((name) => Object.hasOwn(agents, name))) {
  const usage = `usage: node run.js [${Object.keys(verbs).join('|')}] [${Object.keys(agents).join('|')}]...\n`;
  process.stderr.write(usage);
  process.exitCode = 2;
} else if (interfaces().some((name) => name !== 'lo')) inNamespace();
else await verbs[verb](names.length > 0 ? names : Object.keys(agents));

/** Runs every turn with every assistant, prints a table of what was seen, and ends with 1 where something else was to be. */
async function test(ids) {
  const absent = ids.filter((id) => !existsSync(manifestOf(id)));
  if (absent.length > 0) {
    process.stderr.write(
      `not installed: ${absent.join(', ')}. Run npm ci --prefix test/agents, on Linux with an x64 processor\n`,
    );
    process.exitCode = 2;
    return;
  }
  const repository = path.resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, ['scripts/build.js', '--no-types'], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const rows = [];
  const failures = [];
  for (const id of ids) failures.push(...(await unlike(id)));
  for (const way of ways.filter(({ id }) => ids.includes(id))) {
    const { cells, failures: wrong } = await seen(way);
    rows.push([
      `${way.title} (${versionOf(way.id)})`,
      ...Object.keys(columns).map((column) => cells[column] ?? '–'),
    ]);
    failures.push(...wrong);
  }
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  const head = ['', ...Object.values(columns)];
  process.stdout.write([line(head), line(head.map(() => '---')), ...rows.map(line)].join(''));
  for (const failure of failures) process.stdout.write(`\n${failure}\n`);
  process.stdout.write(`\n${rows.length} rows, ${failures.length} failures\n`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function versionOf(id) {
  return JSON.parse(readFileSync(manifestOf(id), 'utf8')).version;
}

function manifestOf(id) {
  return new URL(`node_modules/${agents[id].package}/package.json`, import.meta.url);
}

/** @returns The names of the network interfaces that this process sees. */
function interfaces() {
  return [...readFileSync('/proc/net/dev', 'utf8').matchAll(/^\s*(\S+):/gm)].map(([, name]) => name);
}

/** Starts this program again where there is no network but the loopback interface. */
function inNamespace() {
  const alone = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const attempt = spawnSync('unshare', [...alone, 'true'], { encoding: 'utf8' });
  if (attempt.status !== 0) {
    const reason = attempt.error?.message ?? attempt.stderr.trim();
    process.stderr.write(
      `No network namespace could be made: ${reason}\nAssistants are started in one of their own, so that they reach no other machine. That takes Linux with unshare (util-linux) and ip (iproute2), and namespaces that users may make (sysctl kernel.unprivileged_userns_clone or kernel.apparmor_restrict_unprivileged_userns): nothing was run.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const words = [...alone, process.execPath, ...process.argv.slice(1)];
  process.exitCode = spawnSync('unshare', words, { stdio: 'inherit' }).status ?? 1;
}
