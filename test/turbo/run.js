/**
 * Runs the tasks of docs/build-systems.md with Turborepo on a generated monorepo: `npm test --prefix test/turbo --
 * [--packages 200] [--each 5]`, after `npm ci --prefix test/turbo`. Shows which tasks run after which edit and which come
 * from the cache, and that the tasks together report what one `check --all` reports. Ends with 1 where something is not
 * as it should be. To be started by hand: each full run starts one process for every package. Nothing leaves this
 * machine: there is no remote cache, no telemetry and no question for updates.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { numbers } from '../../bench/generate.js';
import { report } from '../../bench/command.js';
import { Monorepo, withDependents } from './monorepo.js';

const { values } = parseArgs({
  options: { packages: { type: 'string', default: '200' }, each: { type: 'string', default: '5' } },
});
const packages = Number(values.packages);
const everything = ['//', ...numbers(packages)];

const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  TURBO_CACHE: 'local:rw,remote:',
};

const monorepo = new Monorepo(packages, Number(values.each));
process.stdout.write(`${packages} packages, ${monorepo.git('ls-files').split('\n').length - 1} files\n`);
try {
  suite();
} finally {
  monorepo.dispose();
}

function suite() {
  const leaf = packages - 1;
  const parent = Math.floor(packages / 10);
  const program = (at) => `packages/p${at}/src/f1.ts`;
  const isUser =
    (name) =>
    ({ file }) =>
      textOf(file).includes(name);

  step('first run', { runs: everything });
  monorepo.removeReports();
  step('second run', { runs: [] });
  edit([[program(leaf), `${textOf(program(leaf))}// More.\n`]]);
  step('a program of a package that none depends on', { runs: [leaf] });
  edit([[program(parent), `${textOf(program(parent))}// More.\n`]]);
  step('a program of a package that others depend on', { runs: withDependents(parent, packages) });

  monorepo.reset();
  edit([[program(leaf), `import fake from 'lodahs';\n${textOf(program(leaf))}`]]);
  step('a package that nobody approved', { runs: [leaf], findings: isUser('lodahs') });
  step('the same again', { runs: [leaf], findings: isUser('lodahs') });
  monorepo.reset();
  step('as it was', { runs: [] });

  edit([['approved-packages.yaml', textOf('approved-packages.yaml').replace(/^ {2}npm:pkg-007:.*\n/m, '')]]);
  step('an approval is taken back', { runs: everything, findings: isUser('pkg-007') });
  monorepo.reset();
  edit([['package.json', monorepo.rootManifest('another monorepo')]]);
  step('the manifest of the root', { runs: everything });
  monorepo.reset();
  edit([[`packages/p${leaf}/package.json`, monorepo.manifestOf(leaf, '1.0.1')]]);
  step('the manifest of a package that none depends on', { runs: everything });
  monorepo.reset();
  monorepo.remove(program(0));
  monorepo.commit();
  step('a module that an alias leads to is removed', { runs: everything, findings: isUser('shared/f1') });
  monorepo.reset();
  step('as it was', { runs: [] });
}

/** @param {(readonly [string, string])[]} files */
function edit(files) {
  monorepo.write(files);
  monorepo.commit();
}

/** @returns {string} */
function textOf(file) {
  return readFileSync(path.join(monorepo.root, file), 'utf8');
}

/**
 * Runs all tasks, compares what ran and what they report, and prints one line.
 *
 * @param {string} name
 * @param {{ runs: (string | number)[], findings?: (finding: { file: string }) => boolean }} expected The tasks that run, by
 *   their package; which findings are errors: none, if left out.
 */
function step(name, { runs, findings = () => false }) {
  const start = performance.now();
  const { status, tasks, output } = turbo();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  assert.equal(tasks.length, packages + 1, output);
  const executed = tasks
    .filter(({ cache }) => cache.status === 'MISS')
    .map(({ package: owner }) => packageOf(owner));
  assert.deepEqual(executed.sort(order), [...runs].sort(order), `${name}: other tasks ran`);

  const startOfOne = performance.now();
  const whole = report(monorepo, '--all');
  const secondsOfOne = ((performance.now() - startOfOne) / 1000).toFixed(1);
  const parts = monorepo.taskReports();
  for (const key of ['findings', 'faults'])
    assert.deepEqual(sorted(parts.flatMap((part) => part[key])), sorted(whole[key]), `${name}: other ${key}`);
  assert.equal(sum(parts.map(({ summary }) => summary.files)), whole.summary.files, `${name}: other files`);

  const errors = whole.findings.filter(({ severity }) => severity === 'error');
  assert.equal(errors.every(findings), true, `${name}: unexpected errors`);
  assert.equal(errors.length > 0, status !== 0, `${name}: exit code ${status} with ${errors.length} errors`);
  const failed = tasks
    .filter(({ execution }) => execution && execution.exitCode !== 0)
    .map(({ package: owner }) => packageOf(owner));
  const owners = new Set(errors.map(({ file }) => Number(/^packages\/p(\d+)\//.exec(file)?.[1])));
  assert.deepEqual(failed.sort(order), [...owners].sort(order), `${name}: other tasks failed`);
  const counts = `${tasks.length} tasks, ${executed.length} run, ${tasks.length - executed.length} from the cache`;
  const verdict = `${failed.length} failed, ${whole.findings.length} findings as in one run`;
  process.stdout.write(`${name}: ${counts}, ${verdict}; ${seconds} s (one check --all: ${secondsOfOne} s)\n`);
}

/** @returns What `npm run check-imports:all` of the page ended with, and its tasks that have a script. */
function turbo() {
  const runs = path.join(monorepo.root, '.turbo/runs');
  rmSync(runs, { recursive: true, force: true });
  const args = ['run', '--silent', 'check-imports:all', '--', '--summarize', '--output-logs=errors-only'];
  const options = {
    cwd: monorepo.root,
    encoding: 'utf8',
    env: { ...process.env, ...quiet },
    maxBuffer: 2 ** 30,
  };
  const { status, stdout, stderr } = spawnSync('npm', args, options);
  const [file] = readdirSync(runs);
  const { tasks } = JSON.parse(readFileSync(path.join(runs, file), 'utf8'));
  return {
    status,
    tasks: tasks.filter(({ command }) => command !== '<NONEXISTENT>'),
    output: stdout + stderr,
  };
}

function packageOf(owner) {
  return owner === '//' || owner === undefined ? '//' : Number(owner.slice('@acme/p'.length));
}

function order(left, right) {
  return String(left).localeCompare(String(right));
}

function sorted(items) {
  return items.map((item) => JSON.stringify(item)).sort();
}

function sum(counts) {
  return counts.reduce((total, count) => total + count, 0);
}
