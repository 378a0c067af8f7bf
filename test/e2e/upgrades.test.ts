import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { coverableWords } from '../../src/whitelist/coverable-words.ts';
import { findingsIn } from '../kit/findings.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A new version reads more than the one before. The whitelists here are of a version that read npm alone: their `covers`
 * lacks PyPI. What that version said is what this one says where the config leaves out all that it did not read.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const file = 'approved-packages.yaml';
const config = '.check-importsrc.yaml';
const olderWhitelist = whitelistText({ 'npm:zod': { baseline: '2026-01-02' } }).replace(
  '[npm, pypi, golang, cargo, commands]',
  '[npm]',
);
const notRead = 'ignorePaths: ["**/*.py", "**/requirements.txt"]\n';

const project: Files = {
  [file]: olderWhitelist,
  'package.json': '{ "name": "shop", "dependencies": { "zod": "1" } }\n',
  'web/cart.js': 'import "zod";\n',
  'requirements.txt': 'flask==1\n',
  'shop/__init__.py': '',
  'shop/app.py': 'import flask\nimport undeclared\n',
};

async function repository(settings: string, files: Files = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ ...project, [config]: `lookup: off\n${settings}`, ...files });
  open.push(scratch);
  return scratch;
}

interface Outcome {
  readonly code: number;
  readonly findings: readonly string[];
  readonly stdout: string;
}

async function judged(scratch: Scratch, change: Files, args: readonly string[]): Promise<Outcome> {
  scratch.write(change);
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, [...args, '--format', 'concise']);
  return { code, findings: findingsIn(stdout), stdout };
}

const staged = ['--staged'];

describe('an upgrade that reads another ecosystem', () => {
  test.each<[what: string, change: Files, args: readonly string[]]>([
    ['an import of what a manifest declares', { 'shop/a.py': 'import flask\n' }, staged],
    ['an import of what a program used before', { 'shop/a.py': 'import undeclared\n' }, staged],
    ['the standard library and an own module', { 'shop/a.py': 'import json\nimport shop.app\n' }, staged],
    ['another version', { 'requirements.txt': 'flask==2\n' }, staged],
    ['a name that is computed', { 'shop/a.py': 'import importlib\nimportlib.import_module(x)\n' }, staged],
    ['a package that npm serves and nobody approved', { 'web/a.js': 'import "stranger";\n' }, staged],
    ['a file in the work tree', { 'shop/a.py': 'import flask\n' }, []],
    ['files that are named', {}, ['shop/app.py', 'web/cart.js']],
    ['everything', {}, ['--all']],
    ['everything, with what came since', { 'shop/a.py': 'import flask\nimport undeclared\n' }, ['--all']],
  ])('changes no verdict on %s', async (_, change, args) => {
    const before = await judged(await repository(notRead), change, args);
    const { code, stdout } = await judged(await repository(''), change, args);
    expect(code, stdout).toBe(before.code);
    const isMet = Object.keys({ ...(args.length === 0 || args[0] === '--staged' ? {} : project), ...change });
    const isSaid = isMet.some((path) => /\.(?:py|txt)$/.test(path));
    expect(stdout.includes(`${file} does not cover pypi`)).toBe(isSaid);
  });

  test('lets the manifests of the base judge: what they do not declare, and no program uses, is stopped', async () => {
    const scratch = await repository('');
    const change = { 'shop/a.py': 'import numpy_utils\n', 'requirements.txt': 'flask==1\nnumpy-utils\n' };
    const { code, findings } = await judged(scratch, change, staged);
    expect([code, findings]).toEqual([
      1,
      [
        'requirements.txt:2:1 unapproved-package pypi:numpy-utils',
        'shop/a.py:1:8 unapproved-package pypi:numpy-utils',
      ],
    ]);
  });

  test('takes nothing from a whitelist of this version, nor from rules that are errors', async () => {
    const current = await repository('', {
      [file]: olderWhitelist.replace('[npm]', '[npm, pypi, golang, cargo, commands]'),
    });
    expect((await judged(current, {}, ['--all'])).code).toBe(1);
    const strict = await repository('rules: { unreviewed-package: error }\n');
    expect((await judged(strict, {}, ['--all'])).code).toBe(1);
  });

  test('ends with the command that the note prints: the whitelist is the authority from then on', async () => {
    const scratch = await repository('', { 'shop/app.py': 'import flask\n' });
    const { stdout } = await judged(scratch, {}, ['--all']);
    const [, words = ''] = /Run `vetted-imports (.*)` to cover it/.exec(stdout) ?? [];
    expect((await runIn(scratch, [...words.split(' '), '--yes'])).stderr).toBe('');
    expect(scratch.read(file)).toBe(
      whitelistText({ 'npm:zod': { baseline: '2026-01-02' }, 'pypi:flask': { baseline: '2026-11-23' } }),
    );
    await scratch.commitAll('cover it');
    expect(await judged(scratch, {}, ['--all'])).toMatchObject({ code: 0, stdout: '' });
    scratch.write({ 'requirements.txt': 'flask==1\nclick\n' });
    await scratch.commitAll('past the hook');
    expect(await judged(scratch, {}, ['--all'])).toMatchObject({
      code: 1,
      findings: ['requirements.txt:2:1 unreviewed-package pypi:click'],
    });
  });

  test('never lets a change take the word out to pass itself', async () => {
    const whitelist = whitelistText({ 'npm:zod': { baseline: '2026-01-02' } });
    const scratch = await repository('', { [file]: whitelist });
    const change = { [file]: olderWhitelist, 'shop/a.py': 'import flask\n' };
    const { findings } = await judged(scratch, change, [...staged, '--max-warnings', '0']);
    expect(findings).toContain('shop/a.py:1:8 unreviewed-package pypi:flask');
  });
});

test('docs/upgrading.md explains every word of covers', () => {
  const page = readFileSync(path.join(projectRoot, 'docs/upgrading.md'), 'utf8');
  const words = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, word]) => word);
  expect(words.toSorted()).toEqual(coverableWords.toSorted());
});

describe('ignorePaths that says nothing of the defaults', () => {
  const vendored: Files = { 'vendor/a.py': 'import stranger\n', 'web/lib.min.js': 'import "stranger";\n' };
  const note = `${config}:2: “ignorePaths” adds to the defaults.`;

  test.each<[what: string, settings: string, change: Files, expected: string | null]>([
    [
      'one file',
      'ignorePaths: [gen/**]\n',
      { 'vendor/a.py': 'import stranger\n' },
      'vendor/a.py (**/vendor/**)',
    ],
    [
      'several files, once',
      'ignorePaths: [gen/**]\n',
      { ...vendored, 'vendor/requirements.txt': 'stranger\n' },
      'vendor/a.py and 2 more (**/vendor/**, **/*.min.js)',
    ],
    [
      'what it does not name besides',
      'ignorePaths: ["**/vendor/**"]\n',
      vendored,
      'web/lib.min.js (**/*.min.js)',
    ],
    ['files that are checked', 'ignorePaths: [gen/**]\n', { 'shop/a.py': 'import flask\n' }, null],
    ['what it leaves out itself', 'ignorePaths: [gen/**]\n', { 'gen/a.py': 'import stranger\n' }, null],
    ['what both leave out', 'ignorePaths: [gen/**]\n', { 'gen/vendor/a.py': 'import stranger\n' }, null],
    ['what no version checks', 'ignorePaths: [gen/**]\n', { 'vendor/a.png': '' }, null],
    ['all that it repeats', 'ignorePaths: ["**/vendor/**", "**/*.min.js"]\n', vendored, null],
    ['a default, where it takes one away', 'ignorePaths: ["!**/_vendor/**"]\n', vendored, null],
    ['the defaults, in a config without the key', '', vendored, null],
  ])('is told of %s', async (_, settings, change, expected) => {
    const { code, stdout } = await judged(await repository(settings), change, staged);
    expect(code, stdout).toBe(0);
    const told = stdout.split('\n').filter((line) => line.includes('ignorePaths'));
    expect(told).toEqual(
      expected === null ? [] : [expect.stringContaining(`${note} Not checked: ${expected}. `)],
    );
  });

  test('is told what to write, and either is heard', async () => {
    const { stdout } = await judged(await repository('ignorePaths: [gen/**]\n'), vendored, staged);
    const [, toCheck = '', toLeave = ''] = /Write “(.+?)” there .* or “(.+?)” to/.exec(stdout) ?? [];
    const checked = await judged(await repository(`ignorePaths: [gen/**, "${toCheck}"]\n`), vendored, staged);
    expect(checked.findings).toContain('vendor/a.py:1:8 unapproved-package pypi:stranger');
    const left = await judged(
      await repository(`ignorePaths: [gen/**, "${toLeave}"]\n`),
      { 'vendor/a.py': 'import stranger\n' },
      staged,
    );
    expect([left.code, left.stdout.includes('ignorePaths')]).toEqual([0, false]);
  });

  test('is told with --all, and never in the environment of an assistant', async () => {
    const scratch = await repository('ignorePaths: [gen/**]\n', vendored);
    expect((await judged(scratch, {}, ['--all'])).stdout).toContain(note);
    scratch.env['CLAUDECODE'] = '1';
    expect((await judged(scratch, {}, ['--all'])).stdout).not.toContain('ignorePaths');
  });
});
