import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * The library as a program that installed the package sees it: by its name, through the exports of package.json, with
 * the types that the build writes.
 */

const require = createRequire(import.meta.url);
const tsc = require.resolve('typescript/bin/tsc');

const program = `
import { check, explain, list, UsageError } from 'vetted-imports';
import type { CheckOptions, CheckReport, Explanation, Inventory } from 'vetted-imports';

const [cwd = '.'] = process.argv.slice(2);
const options: CheckOptions = { cwd, offline: true, scope: { kind: 'staged' } };
// @ts-expect-error -- there is no such scope
const wrong: CheckOptions = { scope: { kind: 'index' } };
const report: CheckReport = await check(options);
const text = await check({ ...options, scope: { kind: 'text', path: 'new.py', text: 'import panda_tools\\n' } });
const inventory: Inventory = await list({ cwd, paths: ['app.py'] });
const explanation: Explanation = await explain({ cwd, offline: true, name: 'pypi:flask' });
const outside = await check({ ...options, scope: { kind: 'paths', paths: ['/'] } }).catch((error: unknown) => error);
console.log(JSON.stringify({
  staged: report.findings.map(({ file, line, rule, package: subject }) => [file, line, rule, subject]),
  text: text.findings.map(({ file, package: subject }) => [file, subject]),
  lookups: report.summary.lookups,
  listed: inventory.references.map(({ specifier, origin, status }) => [specifier, origin, status]),
  explained: [explanation.package, explanation.status, explanation.steps.length > 0],
  outside: outside instanceof UsageError && wrong !== options,
}));
`;

let consumer: string;
let scratch: Scratch;
beforeAll(async () => {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  consumer = realpathSync(mkdtempSync(path.join(tmpdir(), 'consumer-')));
  mkdirSync(path.join(consumer, 'node_modules/@types'), { recursive: true });
  symlinkSync(projectRoot, path.join(consumer, 'node_modules/vetted-imports'));
  const nodeTypes = path.dirname(require.resolve('@types/node/package.json'));
  symlinkSync(nodeTypes, path.join(consumer, 'node_modules/@types/node'));
  writeFileSync(path.join(consumer, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(consumer, 'main.ts'), program);
  scratch = await Scratch.with({ 'requirements.txt': 'flask\n', 'app.py': 'import flask\nimport os\n' });
  scratch.write({ 'other.py': 'import numpy_utils\n' });
  await scratch.git('add', '--all');
});
afterAll(() => {
  rmSync(consumer, { recursive: true });
  scratch.dispose();
});

/** The libraries of JavaScript itself come with the compiler; the types of Node and ours are checked. */
const compile = (...flags: readonly string[]): Promise<Finished> =>
  run(
    process.execPath,
    [
      tsc,
      '--strict',
      '--skipDefaultLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
      ...flags,
      'main.ts',
    ],
    {
      cwd: consumer,
      env: scratch.env,
    },
  );

test('the types fit a strict program, and it runs', async () => {
  expect(await compile()).toMatchObject({ code: 0, stdout: '' });
  const ran = await run(process.execPath, ['main.js', scratch.root], { cwd: consumer, env: scratch.env });
  expect(ran.stderr).toBe('');
  expect(JSON.parse(ran.stdout)).toEqual({
    staged: [['other.py', 1, 'unapproved-package', 'pkg:pypi/numpy-utils']],
    text: [['new.py', 'pkg:pypi/panda-tools']],
    lookups: 'offline',
    listed: [
      ['flask', 'package', 'declared'],
      ['os', 'builtin', null],
    ],
    explained: ['pkg:pypi/flask', 'declared', true],
    outside: true,
  });
});

test('nothing else is public', async () => {
  const names =
    'const library = await import("vetted-imports"); console.log(Object.keys(library).sort().join())';
  const shown = await run(process.execPath, ['--input-type=module', '--eval', names], {
    cwd: consumer,
    env: scratch.env,
  });
  expect(shown.stdout.trim()).toBe('UsageError,check,explain,list');
  const deep = 'await import("vetted-imports/dist/cli.js")';
  const refused = await run(process.execPath, ['--input-type=module', '--eval', deep], {
    cwd: consumer,
    env: scratch.env,
  });
  expect(refused.stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});
