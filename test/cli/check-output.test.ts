import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/** Nothing to report in what is committed; seven files of the work tree use what nobody approved. */
let scratch: Scratch;
const files = Array.from({ length: 7 }, (_, at) => `part${String(at)}.py`);
beforeAll(async () => {
  scratch = await Scratch.with({ 'app.py': 'import os\n', 'web.js': 'import "node:fs";\n' });
});
afterAll(() => {
  scratch.dispose();
});

describe('a check of a whole project without findings', () => {
  test.each<[string, readonly string[], boolean, string]>([
    ['answers on a terminal', ['--all'], true, '2 files checked: nothing to report\n'],
    ['is silent elsewhere', ['--all'], false, ''],
    ['is silent with --quiet', ['--all', '--quiet'], true, ''],
    ['has no sentence for programs', ['--all', '--format', 'concise'], true, ''],
    ['is silent as a hook', ['--staged'], true, ''],
  ])('%s', async (_, args, terminal, stdout) => {
    expect(await runIn(scratch, ['check', '--offline', ...args], { terminal })).toEqual({
      code: 0,
      stdout,
      stderr: '',
    });
  });
});

test.each<[string, readonly string[], number]>([
  ['five places', [], 5],
  ['every place with --verbose', ['--verbose'], 7],
])('a package has %s', async (_, flags, count) => {
  scratch.write(Object.fromEntries(files.map((file) => [file, 'import numpy_utils\n'])));
  const { code, stdout } = await runIn(scratch, ['check', '--offline', ...flags]);
  expect([code, files.filter((file) => stdout.includes(file)).length]).toEqual([1, count]);
  expect(stdout.includes('--verbose')).toBe(count < 7);
  expect(stdout).toContain('1 error in 7 files checked: 1 package, 7 places');
});

test('a terminal that says it has no columns gets lines as long as one that says nothing', async () => {
  scratch.write({ 'part0.py': 'import numpy_utils\n' });
  const args = ['check', '--offline', 'part0.py'];
  const [elsewhere, unsized, narrow] = await Promise.all([
    runIn(scratch, args),
    runIn(scratch, args, { terminal: true, columns: 0, env: { NO_COLOR: '1' } }),
    runIn(scratch, args, { terminal: true, columns: 40, env: { NO_COLOR: '1' } }),
  ]);
  expect(unsized.stdout).toBe(elsewhere.stdout);
  expect(narrow.stdout).not.toBe(elsewhere.stdout);
});
