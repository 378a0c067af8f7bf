import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A bare name in a project of two ecosystems belongs to the only one that knows it, and that is said. */

const file = 'approved-packages.yaml';
let scratch: Scratch;

beforeAll(async () => {
  scratch = await Scratch.with({
    [file]: whitelistText({
      'npm:express': { approved: 'the server', ...byAda },
      'npm:shared': { approved: 'x', ...byAda },
      'pypi:numpy': { approved: 'arrays', ...byAda },
    }),
    '.check-importsrc': 'lookup: off\n',
    'package.json': '{ "dependencies": { "express": "4", "left-pad": "1" } }\n',
    'requirements.txt': 'flask\npyyaml\nshared\n',
    'pricing/__init__.py': '',
    'pricing/model.py': 'import numpy\n',
    'web/main.js': "import 'express';\nimport 'in-use';\n",
  });
  scratch.write({ 'web/stock.js': "import 'nanoid';\n", 'pricing/stock.py': 'import polars\n' });
  await scratch.git('add', '--all');
});

afterEach(async () => {
  await scratch.git('checkout', '--quiet', 'HEAD', '--', file);
});

afterAll(() => {
  scratch.dispose();
});

const explain = (...words: readonly string[]) => runIn(scratch, ['explain', ...words]);

describe('explain takes the ecosystem that knows the name', () => {
  test.each([
    ['express', 'npm:express (approved)', `${file}:5 has npm:express`],
    ['left-pad', 'npm:left-pad (declared)', 'package.json:1 declares npm:left-pad'],
    ['flask', 'pypi:flask (declared)', 'requirements.txt:1 declares pypi:flask'],
    ['yaml', 'pypi:pyyaml (declared)', 'requirements.txt:2 declares pypi:pyyaml'],
    ['numpy', 'pypi:numpy (approved)', `${file}:7 has pypi:numpy`],
    ['in-use', 'npm:in-use (in-use, not-asked)', 'web/main.js:2 uses npm:in-use'],
    ['nanoid', 'npm:nanoid (unapproved, not-asked)', 'web/stock.js:1 uses npm:nanoid'],
    ['pricing.model', 'local', 'pricing/model.py is its module'],
  ])('%s', async (name, lead, reason) => {
    const { code, stdout } = await explain(name);
    expect([code, stdout.split('\n')[0]]).toEqual([0, `${name} → ${lead}`]);
    expect(stdout).toMatch(/^ 1\. of npm and pypi, (?:npm|pypi) alone has this name here: /m);
    expect(stdout).toContain(`: ${reason}\n`);
  });

  test.each([
    ['node:fs', 'builtin'],
    ['@acme/ui', 'npm:@acme/ui (unapproved, not-asked)'],
    ['express/lib/router.js', 'npm:express (approved)'],
  ])('%s is written in programs of one alone', async (name, lead) => {
    const { code, stdout } = await explain(name);
    expect([code, stdout.split('\n')[0]]).toEqual([0, `${name} → ${lead}`]);
    expect(stdout).not.toContain('alone has');
  });

  test.each([
    ['shared', 'npm:shared (approved)', 'pypi:shared (declared)'],
    ['nobody', 'npm:nobody (unapproved', 'pypi:nobody (unapproved'],
  ])('%s of several, or of none, is explained in each', async (name, ...leads) => {
    const { code, stdout, stderr } = await explain(name);
    expect([code, stderr]).toEqual([0, '']);
    for (const lead of leads) expect(stdout).toContain(`${name} → ${lead}`);
    expect(stdout).not.toContain('alone has');
    const asData = await explain(name, '--format', 'json');
    expect([asData.code, asData.stderr]).toEqual([
      2,
      `${name} could belong to several ecosystems\nWrite npm:${name} or pypi:${name}.\n`,
    ]);
  });
});

describe('explain takes a place as reports print it', () => {
  const leadsOf = (stdout: string) => [...stdout.matchAll(/^(\S+ → \S+) ?/gm)].map(([, lead]) => lead);

  test.each([
    ['web/main.js', ['express → npm:express', 'in-use → npm:in-use']],
    ['web/main.js:2', ['in-use → npm:in-use']],
    ['web/main.js:2:8', ['in-use → npm:in-use']],
    ['./pricing/model.py:1', ['numpy → pypi:numpy']],
  ])('%s', async (place, leads) => {
    const { code, stdout } = await explain(place);
    expect([code, leadsOf(stdout)]).toEqual([0, leads]);
    expect(stdout).not.toContain('npm:web');
  });

  test('from a folder', async () => {
    const { stdout } = await runIn(scratch, ['explain', 'main.js:1'], { cwd: 'web' });
    expect(stdout).toContain('express → npm:express (approved)\n\n 1. web/main.js:1 imports it\n');
  });

  test.each([['web/main.js:9'], ['requirements.txt'], ['pricing/__init__.py']])(
    '%s imports nothing',
    async (place) => {
      const { code, stderr } = await explain(place);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is a file of the project')]);
    },
  );

  test.each([['web/other.js:1'], ['stock.py:1:8'], ['../outside.py:3']])(
    '%s is a line of no file',
    async (place) => {
      const { code, stdout, stderr } = await explain(place);
      const file = place.replace(/:.*/, '');
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`there is no program ${file} in the project, so it has no line `);
      expect(stderr).toContain('npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.');
    },
  );

  test.each([
    ['npm:web/main.js', 'npm:web '],
    ['web/other.js', 'npm:web '],
    ['npm:web/other.js:1', 'npm:web '],
  ])('innocent: %s is a package', async (name, lead) => {
    expect((await explain(name)).stdout).toContain(`→ ${lead}`);
  });

  test('a path says from where it is read', async () => {
    const from = '--from FILE names the file that imports it';
    expect((await explain('./stock.js')).stdout).toContain(from);
    const { stdout } = await explain('./stock.js', '--from', 'web/main.js');
    expect([stdout.includes(from), stdout.split('\n')[0]]).toEqual([false, './stock.js → local']);
  });
});

describe.each(['approve', 'deny', 'request'])('%s', (command) => {
  const decide = (name: string) => runIn(scratch, [command, name, '--reason', 'x', '--no-stage']);

  test.each([
    ['nanoid', 'npm', 'web/stock.js:1 uses npm:nanoid'],
    ['polars', 'pypi', 'pricing/stock.py:1 uses pypi:polars'],
    ['left-pad', 'npm', 'package.json:1 declares npm:left-pad'],
  ])('%s is decided where it is known, and that is said', async (name, ecosystem, reason) => {
    const { code, stdout, stderr } = await decide(name);
    expect(stderr).toContain(`${name} is one of ${ecosystem} here: ${reason}.\n`);
    expect(code).toBe(0);
    expect(stdout).toContain(` ${ecosystem}:${name}: {`);
  });

  test.each([['shared'], ['nobody'], ['os'], ['pricing']])(
    '%s of several, or of no package, is written by nobody',
    async (name) => {
      const { code, stderr } = await decide(name);
      expect([code, stderr]).toEqual([2, expect.stringContaining('could belong to several ecosystems')]);
      expect(await scratch.git('diff', '--name-only', '--', file)).toBe('');
    },
  );

  test('what is no name is said to be none', async () => {
    const { code, stderr } = await decide('Not A Package');
    expect([code, stderr]).toEqual([
      2,
      '“Not A Package” is not the name of a package\nWrite npm:NAME or pypi:NAME.\n',
    ]);
  });
});
