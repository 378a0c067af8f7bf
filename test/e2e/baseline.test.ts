import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { entryOf, entriesText } from '../kit/entries.ts';
import { runIn } from '../kit/world.ts';

/* The baseline is a record of what was there before: what a change adds to it counts only as far as that is so. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const file = 'approved-packages.yaml';
const baseline = (...labels: readonly string[]) =>
  entriesText(labels.map((label) => entryOf('baseline', label)));

async function repository(files: Files): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

const withFlask = await baseline('pypi:flask');
const denyingOdd = await entriesText([entryOf('denied', 'pypi:acme-odd', { imports: ['odd'] })]);

interface Verdict {
  readonly code: number;
  readonly faults: readonly string[];
  readonly others: readonly string[];
}

async function judge(scratch: Scratch, args = ['--staged'], env: Files = {}): Promise<Verdict> {
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, [...args, '--offline', '--format', 'concise'], { env });
  const isFault = (line: string) => line.includes(': fault ');
  const lines = stdout.split('\n').filter(Boolean);
  const others = findingsIn(lines.filter((line) => !isFault(line)).join('\n'));
  return {
    code,
    faults: lines.filter(isFault).map((line) => line.replace(/^.*: fault whitelist /, '')),
    others: others.map((line) => line.replace(/^\S+ /, '')),
  };
}

const fault = (label: string, state = 'HEAD') =>
  `${label} cannot be in the baseline: ${state} neither declares nor uses it. Remove the entry; a person can approve the package if it is needed.`;

/** Each claims the module of a package that is declared and in use. */
describe('what the base neither declares nor uses is a fault, and approves nothing', () => {
  const base = { 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' };

  test.each<[string, Files, Files, string]>([
    ['in a whitelist that is there', { [file]: withFlask }, {}, 'pypi:numpy-utils'],
    ['in a first whitelist', {}, {}, 'pypi:numpy-utils'],
    [
      'and the change declares it itself',
      {},
      { 'requirements.txt': 'flask\nnumpy-utils\n' },
      'pypi:numpy-utils',
    ],
    [
      'and only a text, a comment and an ignored file name it',
      {
        'README.md': 'import numpy_utils\n',
        'notes.py': '# import numpy_utils\n"""\nimport numpy_utils\n"""\n',
        'vendor/old.py': 'import numpy_utils\n',
      },
      {},
      'pypi:numpy-utils',
    ],
    [
      'and a package of another ecosystem has its name',
      { 'web.js': "import 'numpy-utils';\n" },
      {},
      'pypi:numpy-utils',
    ],
  ])('%s', async (_, more, next, label) => {
    const scratch = await repository({ ...base, ...more });
    const entries = [entryOf('baseline', 'pypi:flask'), entryOf('baseline', label, { imports: ['flask'] })];
    scratch.write({ ...next, [file]: await entriesText(entries), 'new.py': 'import numpy_utils\n' });
    const { code, faults, others } = await judge(scratch);
    expect([code, faults]).toEqual([2, [fault(label)]]);
    expect(others).toContain(`unapproved-package ${label}`);
    expect(others).toContain('policy-change');
  });

  test('a whole scope, of which packages are declared', async () => {
    const manifest = '{ "name": "shop", "dependencies": { "@acme/ui": "1" } }\n';
    const scratch = await repository({ 'package.json': manifest });
    scratch.write({ [file]: await baseline('npm:@acme/*') });
    expect(await judge(scratch)).toMatchObject({ code: 2, faults: [fault('npm:@acme/*')] });
  });

  test('whoever judges, in a range', async () => {
    const scratch = await repository(base);
    await scratch.git('switch', '--quiet', '--create', 'topic');
    scratch.write({ [file]: await baseline('pypi:flask', 'pypi:numpy-utils') });
    await scratch.commitAll('topic');
    for (const policy of ['base', 'head'])
      expect(await judge(scratch, ['--since', 'main', '--policy-from', policy])).toMatchObject({
        code: 2,
        faults: [fault('pypi:numpy-utils', 'the merge base with main')],
      });
  });

  test('in a merge, where only one parent uses it', async () => {
    const scratch = await repository(base);
    await scratch.git('switch', '--quiet', '--create', 'topic');
    scratch.write({ 'other.py': 'import numpy_utils\n' });
    await scratch.commitAll('topic');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ 'more.py': 'import os\n' });
    await scratch.commitAll('main');
    await scratch.git('merge', '--quiet', '--no-commit', 'topic');
    scratch.write({ [file]: await baseline('pypi:flask', 'pypi:numpy-utils') });
    expect(await judge(scratch)).toMatchObject({ code: 2, faults: [fault('pypi:numpy-utils')] });
  });
});

describe('what was there before is no fault:', () => {
  test.each<[string, Files, string]>([
    ['a line of a manifest', { 'requirements.txt': 'numpy-utils\n' }, 'pypi:numpy-utils'],
    ['an import', { 'app.py': 'import numpy_utils\n' }, 'pypi:numpy-utils'],
    ['an import of a part of a package', { 'a.js': "const x = require('left-pad/x');\n" }, 'npm:left-pad'],
    ['a package of a module that bears another name', { 'app.py': 'import cv2\n' }, 'pypi:opencv-python'],
    ['another one that provides the module', { 'app.py': 'import cv2\n' }, 'pypi:opencv-python-headless'],
    [
      'a module that the whitelist of the base names',
      {
        'app.py': 'import odd\n',
        [file]: denyingOdd,
      },
      'pypi:acme-odd',
    ],
  ])('%s', async (_, base, label) => {
    const scratch = await repository(base);
    scratch.write({ [file]: await baseline(label) });
    expect((await judge(scratch)).faults).toEqual([]);
  });

  test('what init writes, in the commit of a person and of an assistant', async () => {
    const scratch = await repository({
      'requirements.txt': 'flask\nnumpy\n',
      'package.json': '{ "name": "shop", "dependencies": { "lodash": "4" } }\n',
      'app.py': 'import flask\nimport numpy_utils\n',
    });
    expect((await runIn(scratch, ['init', '--yes', '--offline'])).code).toBe(0);
    for (const env of [{}, { CLAUDECODE: '1' }])
      expect(await judge(scratch, ['--staged'], env)).toEqual({ code: 0, faults: [], others: [] });
  });

  test('before the first commit, where there is no state to ask', async () => {
    const scratch = new Scratch();
    open.push(scratch);
    await scratch.git('init', '--quiet');
    scratch.write({ 'requirements.txt': 'flask\n', [file]: await baseline('pypi:flask') });
    expect(await judge(scratch)).toMatchObject({ code: 0, faults: [] });
  });

  test('an entry that moves to another file, and one that a parent of a merge has', async () => {
    const scratch = await repository({ [file]: await baseline('pypi:flask'), 'a.txt': '' });
    scratch.write({
      'team.yaml': await baseline('pypi:flask'),
      [file]: await entriesText([]),
      '.check-importsrc.yaml': 'extends: [team.yaml]\n',
    });
    expect((await judge(scratch)).faults).toEqual([]);
    await scratch.git('reset', '--quiet', '--hard');
    await scratch.git('switch', '--quiet', '--orphan', 'other');
    scratch.write({ 'b.txt': '' });
    await scratch.commitAll('another beginning');
    await scratch.git('merge', '--quiet', '--no-commit', '--allow-unrelated-histories', 'main');
    expect(await judge(scratch)).toEqual({ code: 0, faults: [], others: [] });
  });
});

describe('an expired approval', () => {
  test('stays where something uses the package; that manifests let it pass without is told, and stops an assistant', async () => {
    const scratch = await repository({
      '.check-importsrc.yaml': 'trust: manifests\n',
      'requirements.txt': 'numpy\n',
      'app.py': 'import numpy\n',
      [file]: await entriesText([entryOf('approved', 'pypi:numpy', { reason: 'x', expires: '2026-06-30' })]),
    });
    scratch.write({ 'more.py': 'import numpy\n' });
    expect((await judge(scratch)).others).toEqual(['expired-approval pypi:numpy']);
    expect((await runIn(scratch, ['prune', '--yes', '--stage'])).code).toBe(0);
    expect((await judge(scratch)).others).toEqual(['expired-approval pypi:numpy']);
    scratch.write({ [file]: await entriesText([]) });
    expect(await judge(scratch)).toEqual({ code: 0, faults: [], others: ['policy-change'] });
    expect(await judge(scratch, ['--staged'], { CLAUDECODE: '1' })).toMatchObject({ code: 1 });
  });
});
