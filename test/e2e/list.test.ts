import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

test('many files are shared among threads, and the list is complete and in order', async () => {
  const files = Array.from({ length: 120 }, (_, at): readonly [string, string] => {
    const name = `part_${String(at).padStart(3, '0')}`;
    return at % 2 === 0
      ? [`${name}.py`, `import package_${String(at)}\n`]
      : [`${name}.ts`, `import 'package-${String(at)}';\n`];
  });
  const scratch = await Scratch.with(Object.fromEntries<string>(files));
  open.push(scratch);
  const { code, stdout } = await runIn(scratch, ['list']);
  const rows = stdout.split('\n').filter((row) => row !== '');
  expect(code).toBe(0);
  expect(rows.map((row) => row.split(':')[0])).toEqual(files.map(([name]) => name));
  expect(rows[7]).toMatch(/^part_007\.ts:1:9 +static +package-7 +npm:package-7 \(in-use\)$/);
});

test('works outside of a repository, and names what it could not read', async () => {
  const scratch = new Scratch();
  open.push(scratch);
  scratch.write({
    'app.py': 'import os\nimport numpy\n',
    'broken.py': 'import requests\ndef (:\n',
    'readme.txt': 'import evil\n',
  });
  const { code, stdout, stderr } = await runIn(scratch, ['list']);
  expect(code).toBe(2);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((row) => row.replace(/ +/g, ' ')),
  ).toEqual([
    'app.py:1:8 static os builtin',
    'app.py:2:8 static numpy pypi:numpy (unapproved)',
    'broken.py:1:8 static requests pypi:requests (unapproved)',
  ]);
  expect(stderr).toContain('broken.py:2');
});
