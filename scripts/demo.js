/**
 * The main job on real input: a repository with a small Python and TypeScript service gets the linter, a
 * commit with an invented package is stopped, and the mended commit passes. Prints each command and what
 * came back, and fails if anything differs from what is expected.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const project = path.resolve(import.meta.dirname, '..');
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-demo-')));
const home = path.join(scratch, 'home');
const shop = path.join(scratch, 'shop');

/** What a person's machine would have; the registries stand on the loopback address. */
const env = { ...process.env, HOME: home, GIT_CONFIG_NOSYSTEM: '1', npm_config_update_notifier: 'false' };
for (const name of Object.keys(env))
  if (/^(?:GIT_(?:DIR|INDEX_FILE|WORK_TREE)|CHECK_IMPORTS)$/.test(name)) delete env[name];
// A person runs it, whoever starts this script.
const assistants = readFileSync(path.join(project, 'src/app/assistants.ts'), 'utf8');
for (const [, name] of assistants.matchAll(/^ {2}'([A-Z_]+)',/gm)) delete env[name];

const registry = spawn(process.execPath, [path.join(import.meta.dirname, 'demo-registry.js')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});

try {
  const [address] = await once(registry.stdout, 'data');
  prepare(String(address).trim());
  adoptLinter();
  pythonCommit();
  typeScriptCommit();
  say('\nEverything went as expected.');
} finally {
  registry.kill();
  rmSync(scratch, { recursive: true, force: true });
}

function prepare(address) {
  mkdirSync(home);
  writeFileSync(path.join(home, '.npmrc'), `registry=${address}/\n`);
  env.PIP_INDEX_URL = `${address}/simple`;
  writeFileSync(path.join(home, '.gitconfig'), '[user]\n\tname = Ada L\n\temail = ada@example.org\n');
  cpSync(path.join(project, 'fixtures/projects/demo'), shop, { recursive: true });
  // As an installation would leave it: the package and its command in node_modules.
  mkdirSync(path.join(shop, 'node_modules/.bin'), { recursive: true });
  symlinkSync(project, path.join(shop, 'node_modules/vetted-imports'), 'dir');
  symlinkSync('../vetted-imports/bin/check-imports.js', path.join(shop, 'node_modules/.bin/vetted-imports'));
  heading('A small service in Python and TypeScript');
  run('git init --quiet --initial-branch=main');
  run('git add --all');
  run('git commit --quiet --message "A small shop"');
}

function adoptLinter() {
  heading('It gets the linter: what it declares today becomes the baseline');
  run('npx --no -- vetted-imports init --yes', { prints: ['approved-packages.yaml', 'pre-commit'] });
  run('git add approved-packages.yaml');
  run('git commit --quiet --message "Check imports before every commit"', { silent: true });
}

function pythonCommit() {
  heading('An assistant takes a name for NumPy’s, declares it too, and invents another one');
  write(
    'shop/prices.py',
    'import numpy_utils\n\n\ndef total(prices):\n    return numpy_utils.safe_sum(prices)\n',
  );
  write('shop/pages.py', 'import flask_pagination_helper\n');
  write('requirements.txt', 'flask>=3\nnumpy>=2\nnumpy-utils>=0.1\n');
  run('git add --all');
  const stopped = [
    'unapproved-package/lookalike',
    'pypi:numpy-utils',
    'requirements.txt:3:1',
    'shop/prices.py:1:8',
    'unapproved-package/nonexistent',
    'pypi:flask-pagination-helper',
    'shop/pages.py:1:8',
  ];
  run('git commit --message "Add prices"', { code: 1, prints: stopped });
  heading('The real package is in the baseline, so the mended commit passes');
  write('shop/prices.py', 'import numpy\n\n\ndef total(prices):\n    return numpy.nansum(prices)\n');
  write('shop/pages.py', 'import flask\n');
  write('requirements.txt', 'flask>=3\nnumpy>=2\n');
  run('git add --all');
  run('git commit --quiet --message "Add prices"', { silent: true });
}

function typeScriptCommit() {
  heading('The same in TypeScript');
  write(
    'web/cart.ts',
    "import { sum } from 'lodash-helpers-pro';\n\nexport const total = (prices: number[]): number => sum(prices);\n",
  );
  const manifest =
    '{ "name": "shop-web", "private": true, "dependencies": { "lodash": "^4.17.21", "lodash-helpers-pro": "^1.0.0" } }\n';
  write('package.json', manifest);
  run('git add --all');
  const stopped = ['web/cart.ts', '1:22', 'package.json', 'npm:lodash-helpers-pro', 'unapproved-package'];
  run('git commit --message "Add the cart"', { code: 1, prints: stopped });
  write(
    'web/cart.ts',
    "import sum from 'lodash/sum';\n\nexport const total = (prices: number[]): number => sum(prices);\n",
  );
  write(
    'package.json',
    '{ "name": "shop-web", "private": true, "dependencies": { "lodash": "^4.17.21" } }\n',
  );
  run('git add --all');
  run('git commit --quiet --message "Add the cart"', { silent: true });
}

function write(name, text) {
  say(`\n$ cat ${name}\n${text.trimEnd()}`);
  const file = path.join(shop, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Runs a command in the shop; what it prints and how it ends must be as expected. */
function run(command, { code = 0, prints = [], silent = false } = {}) {
  say(`\n$ ${command}`);
  const done = spawnSync(command, { cwd: shop, env, shell: true, encoding: 'utf8' });
  const output = `${done.stdout}${done.stderr}`;
  if (output.trim()) say(output.trimEnd());
  if (code !== 0) say(`(exit code ${done.status})`);
  const missing = prints.filter((text) => !output.includes(text));
  if (done.status !== code) fail(`expected exit code ${code}, got ${done.status}`);
  if (missing.length > 0) fail(`expected the output to name ${missing.join(', ')}`);
  if (silent && output.trim()) fail('expected no output');
}

function fail(reason) {
  say(`\nThe demonstration failed: ${reason}.`);
  rmSync(scratch, { recursive: true, force: true });
  process.exit(1);
}

function heading(text) {
  say(`\n── ${text} ${'─'.repeat(Math.max(3, 96 - text.length))}`);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
