import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
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
  const { code, stdout } = await runIn(scratch, ['list', '--references']);
  const rows = stdout.split('\n').filter((row) => row !== '');
  expect(code).toBe(0);
  expect(rows.map((row) => row.split(':')[0])).toEqual(files.map(([name]) => name));
  expect(rows[7]).toMatch(/^part_007\.ts:1:9 +static +package-7 +npm:package-7 \(in-use\)$/);
});

test('packages are listed with who decided, when and why, used or not', async () => {
  const scratch = await Scratch.with({
    'package.json': '{ "dependencies": { "chalk": "5" } }\n',
    'approved-packages.yaml': whitelistText({
      'npm:@acme/*': { approved: 'our own', ...byAda },
      'npm:request': { denied: 'deprecated', ...byAda },
      'npm:lodash': { approved: 'sorts', ...byAda, expires: '2020-01-01' },
      'npm:left-pad': { requested: 'pads a label', ...byAda },
      'pypi:numpy': { approved: 'counts', ...byAda },
    }),
    'a.ts': "import '@acme/ui';\nimport 'lodash';\nimport 'chalk';\nimport 'left-pad';\n",
    'web/b.ts': "import '@acme/ui/button';\nimport 'node:fs';\n",
  });
  open.push(scratch);
  const rowsOf = async (...args: readonly string[]) => {
    const { stdout } = await runIn(scratch, ['list', ...args]);
    return stdout
      .trim()
      .split('\n')
      .map((row) => row.replace(/ {2,}/g, ' | '));
  };
  expect(await rowsOf()).toEqual([
    'npm:@acme/ui | approved | 2 places | by Ada L <ada@example.org> on 2026-01-02: our own',
    'npm:chalk | declared | 2 places | package.json:1',
    'npm:left-pad | in-use, requested | 1 place | a.ts:4: by Ada L <ada@example.org> on 2026-01-02: pads a label',
    'npm:lodash | expired | 1 place | by Ada L <ada@example.org> on 2026-01-02 until 2020-01-01: sorts',
    'npm:request | denied | 0 places | by Ada L <ada@example.org> on 2026-01-02: deprecated',
    'pypi:numpy | approved | 0 places | by Ada L <ada@example.org> on 2026-01-02: counts',
  ]);
  expect(await rowsOf('web')).toEqual([
    'npm:@acme/ui | approved | 1 place | by Ada L <ada@example.org> on 2026-01-02: our own',
  ]);
  const { stdout } = await runIn(scratch, ['list', '--format', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({
    packages: [
      { package: 'pkg:npm/%40acme/ui', status: 'approved', reason: 'our own', date: '2026-01-02', places: 2 },
      { package: 'pkg:npm/chalk', status: 'declared', by: null, reason: null, places: 2 },
      { package: 'pkg:npm/left-pad', status: 'in-use', reason: 'pads a label', places: 1 },
      { package: 'pkg:npm/lodash', status: 'expired', expires: '2020-01-01', places: 1 },
      { package: 'pkg:npm/request', status: 'denied', places: 0 },
      { package: 'pkg:pypi/numpy', status: 'approved', places: 0 },
    ],
  });
});

test('works outside of a repository, and names what it could not read', async () => {
  const scratch = new Scratch();
  open.push(scratch);
  scratch.write({
    'app.py': 'import os\nimport numpy\n',
    'broken.py': 'import requests\ndef (:\n',
    'readme.txt': 'import evil\n',
  });
  const { code, stdout, stderr } = await runIn(scratch, ['list', '--references']);
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
