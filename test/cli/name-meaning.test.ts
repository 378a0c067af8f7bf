import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decide as decideInEditor } from '../../src/lsp/decide.ts';
import { runWithKeys } from '../kit/keys.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistLine, whitelistText } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/* A name without an ecosystem is first what imports of the project call so. One repository, no registry. */

const file = 'approved-packages.yaml';
const base = whitelistText({
  'pypi:attr': { baseline: '2026-01-02' },
  'pypi:evil': { requested: 'for the report', imports: ['evilmod'] },
  'pypi:scikit-fem': { approved: 'meshes', imports: ['skfem'] },
  'pypi:was-denied': { denied: 'old', imports: ['denied_module'] },
});
/** What the work tree says of its own accord, uncommitted. */
const entries = `${base.replace('[skfem]', '[skfem, later]')}${whitelistLine('pypi:zz', { approved: 'x', imports: ['zzmod'] })}\n`;
let scratch: Scratch;

beforeAll(async () => {
  scratch = await Scratch.with({
    [file]: base,
    'requirements.txt': 'jwt\n',
    'app.py': '',
    '.check-importsrc': 'lookup: off\n',
  });
  scratch.write({ 'requirements.txt': 'jwt\nyaml\n', 'app.py': 'import yaml\n' });
  await scratch.git('add', 'requirements.txt', 'app.py');
});

beforeEach(() => {
  scratch.write({ [file]: entries });
});

afterAll(() => {
  scratch.dispose();
});

/** The keys of the entries that a command has added or changed. */
function changedKeys(): string[] {
  const before = new Set(entries.split('\n'));
  return scratch
    .read(file)
    .split('\n')
    .filter((line) => !before.has(line))
    .map((line) => /^ {2}(\S+): /.exec(line)?.[1] ?? line);
}

const decide = (...words: readonly string[]) => runIn(scratch, [...words, '--reason', 'x', '--no-stage']);

describe.each(['approve', 'request'])('%s', (command) => {
  test.each([
    ['bs4', 'pypi:beautifulsoup4'],
    ['fitz', 'pypi:pymupdf'],
    ['sklearn.metrics', 'pypi:scikit-learn'],
    ['google.protobuf', 'pypi:protobuf'],
    // The change declares a package of this name: that has no say.
    ['yaml', 'pypi:pyyaml'],
  ])('%s means %s, and a line says so', async (word, label) => {
    const { code, stderr } = await decide(command, word);
    const verb = command === 'approve' ? 'approving' : 'requesting';
    const named = `pypi:${word.replace('.', '-')}`;
    const sentence = `${word} is a module of ${label.slice(5)}: ${verb} that. (For the distribution ${word}: ${named}.)`;
    expect(stderr).toContain(sentence);
    expect([code, changedKeys()]).toEqual([0, [label]]);
  });

  test.each([
    ['pypi:bs4', 'pypi:bs4'],
    ['pkg:pypi/bs4', 'pypi:bs4'],
    ['beautifulsoup4', 'pypi:beautifulsoup4'],
    // One of those that provide it bears its name.
    ['psycopg2', 'pypi:psycopg2'],
    ['google.cloud.storage', 'pypi:google-cloud-storage'],
    ['docker', 'pypi:docker'],
    // What is only requested, only denied, or only in the work tree, has no say.
    ['evilmod', 'pypi:evilmod'],
    ['denied_module', 'pypi:denied-module'],
    ['zzmod', 'pypi:zzmod'],
    ['later', 'pypi:later'],
  ])('%s is the name of %s', async (word, label) => {
    const { code, stderr } = await decide(command, word);
    expect(stderr).not.toContain('is a module of');
    expect([code, changedKeys()]).toEqual([0, [label]]);
  });

  test.each([
    ['cv2', ['pypi:opencv-python, ', 'pypi:opencv-python-headless', 'pypi:cv2']],
    ['attr', ['pypi:attrs or pypi:attr.']],
    ['jwt', ['pypi:pyjwt or pypi:jwt.']],
  ])('%s may mean several: they are shown, and nothing is written', async (word, shown) => {
    const { code, stderr } = await decide(command, word, 'bs4');
    for (const text of shown) expect(stderr).toContain(text);
    expect([code, changedKeys()]).toEqual([2, []]);
  });

  test.each([
    ['\r', 2, []],
    ['y', 0, ['pypi:beautifulsoup4']],
  ])('at a terminal it is asked, and %j ends with %i', async (key, code, keys) => {
    const words = [command, 'bs4', '--reason', 'x', '--no-stage'];
    const run = runWithKeys(scratch, words, [['beautifulsoup4? (For the distribution bs4: pypi:bs4.)', key]]);
    expect(await run.then((done) => done.code).catch(() => 2)).toBe(code);
    expect(changedKeys()).toEqual(keys);
  });
});

test.each(['approve', 'request'] as const)('an editor’s %s of a word goes by the same rule', async (name) => {
  const context = { cwd: scratch.root, env: scratch.env, now };
  const confirm = () => Promise.resolve(true);
  const decided = (word: string) =>
    decideInEditor({ name, package: word, reason: 'x' }, { context, offline: true, confirm });
  expect((await decided('bs4'))?.message).toContain('bs4 is a module of beautifulsoup4: ');
  await decided('pypi:fitz');
  expect(await decided('cv2')).toMatchObject({ done: false });
  expect(changedKeys()).toEqual(['pypi:beautifulsoup4', 'pypi:fitz']);
});

test('a module that an approval of the base lists means its package', async () => {
  const { stderr } = await decide('approve', 'skfem');
  expect(stderr).toContain('skfem is a module of scikit-fem: approving that.');
  expect(changedKeys()).toEqual(['pypi:scikit-fem']);
});

describe('deny', () => {
  test('denies the distribution, and tells what imports mean by its name', async () => {
    const { code, stderr } = await decide('deny', 'fitz');
    expect(stderr).toContain(
      'What is denied is the distribution pypi:fitz; imports of fitz lead to pypi:pymupdf.',
    );
    expect([code, changedKeys()]).toEqual([0, ['pypi:fitz']]);
  });

  test.each(['pypi:fitz', 'flask'])('tells nothing of %s', async (word) => {
    const { code, stderr } = await decide('deny', word);
    expect([code, stderr.includes('imports of')]).toEqual([0, false]);
  });

  test('names no module as what to use instead', async () => {
    const { code, stderr } = await decide('deny', 'pypi:soup', '--use', 'bs4');
    expect(stderr).toContain('--use: bs4 is a module of pypi:beautifulsoup4');
    expect([code, changedKeys()]).toEqual([2, []]);
    expect((await decide('deny', 'pypi:soup', '--use', 'beautifulsoup4')).code).toBe(0);
  });
});

test('explain says what imports mean by a name, and which package it is then', async () => {
  const { stdout } = await runIn(scratch, ['explain', 'bs4']);
  expect(stdout).toContain('bs4 is provided by beautifulsoup4');
  expect(stdout).toContain('it leads to the package pypi:beautifulsoup4');
  expect(stdout).toContain('the distribution bs4 is another package: pypi:bs4');
  for (const word of ['flask', 'psycopg2', 'google.cloud.storage'])
    expect((await runIn(scratch, ['explain', word])).stdout).not.toContain('is another package');
});

test('in a project of two ecosystems the answer names the package of the module', async () => {
  scratch.write({ 'page.js': '' });
  const { code, stderr } = await decide('approve', 'bs4');
  scratch.remove('page.js');
  expect(stderr).toContain('Write npm:bs4 or pypi:beautifulsoup4 (which provides the module bs4).');
  expect([code, changedKeys()]).toEqual([2, []]);
});
