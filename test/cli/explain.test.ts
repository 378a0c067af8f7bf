import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

const packages = whitelistText({
  'npm:@acme/*': { approved: 'our own scope', ...byAda },
  'npm:request': { denied: 'unmaintained', use: 'npm:undici', ...byAda },
  'pypi:boto3': { baseline: '2026-01-02' },
  'pypi:numpy': { approved: 'arrays', ...byAda },
  'pypi:pandas': { approved: 'tables', expires: '2026-01-02', ...byAda, date: '2025-01-02' },
  'pypi:polars': { requested: 'faster', ...byAda, date: '2026-11-01' },
});
const whitelist = `${packages}extends: [more.yaml]\n`;
const more = whitelistText({
  'pypi:scipy': { approved: 'our build', source: 'git+https://git.example.org/scipy.git', by: byAda.by },
});

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelist,
    'more.yaml': more,
    'requirements.txt': '# runtime\nflask\ngoogle-auth\nscipy @ git+https://git.example.org/scipy.git\n',
    'shop/__init__.py': '',
    'shop/stock.py': '',
    'web/main.ts': '',
    'package.json': '{ "imports": { "#db": "./web/main.ts" }, "devDependencies": { "@types/estree": "1" } }',
    '.gitignore': '.venv\nnode_modules\n',
  });
  const info = '.venv/lib/python3.12/site-packages/Some_Vision-4.9.0.dist-info';
  scratch.write({
    [`${info}/RECORD`]: 'vision3/__init__.py,,\nvision3/draw.py,,\n"some_vision-4.9.0.dist-info/RECORD",,\n',
    [`${info}/../vision3/__init__.py`]: '',
    'node_modules/left-padder/package.json': '{"name":"left-padder","version":"1.3.0"}',
  });
});
afterAll(() => {
  scratch.dispose();
});

const explain = (...args: readonly string[]) => runIn(scratch, ['explain', '--offline', ...args]);

const explained = v.object({
  specifier: v.string(),
  origin: v.string(),
  package: v.nullable(v.string()),
  status: v.nullable(v.string()),
  steps: v.array(v.object({ text: v.string(), file: v.nullable(v.string()), line: v.nullable(v.number()) })),
  suggestions: v.array(v.looseObject({ package: v.string() })),
});

test('settings that say nothing are one step, and the one that settles a name another', async () => {
  const stepsOf = async (name: string) => {
    const { stdout } = await explain(name, '--format', 'json');
    const { steps } = v.parse(explained, JSON.parse(stdout));
    return steps.map(({ text }) => text).filter((text) => text.startsWith('no setting leads it elsewhere'));
  };
  expect(await stepsOf('npm:undici')).toHaveLength(2);
  expect(await stepsOf('npm:#db')).toEqual([]);
});

describe('where a name leads, and the record of the last step', () => {
  test.each([
    ['pypi:os.path', 'builtin', null, null, null],
    ['pypi:shop.stock', 'local', null, null, 'shop/stock.py'],
    ['npm:#db', 'local', null, null, 'web/main.ts'],
    ['pypi:numpy.linalg', 'package', 'pkg:pypi/numpy', 'approved', 'approved-packages.yaml:8'],
    ['pypi:pandas', 'package', 'pkg:pypi/pandas', 'expired', 'approved-packages.yaml:9'],
    ['npm:@acme/ui/button', 'package', 'pkg:npm/%40acme/ui', 'approved', 'approved-packages.yaml:5'],
    ['@acme/ui', 'package', 'pkg:npm/%40acme/ui', 'approved', 'approved-packages.yaml:5'],
    ['npm:request', 'package', 'pkg:npm/request', 'denied', 'approved-packages.yaml:6'],
    ['pypi:boto3', 'package', 'pkg:pypi/boto3', 'baseline', 'approved-packages.yaml:7'],
    ['pkg:pypi/boto3', 'package', 'pkg:pypi/boto3', 'baseline', 'approved-packages.yaml:7'],
    ['pypi:flask', 'package', 'pkg:pypi/flask', 'declared', 'requirements.txt:2'],
    ['pypi:polars', 'package', 'pkg:pypi/polars', 'unapproved', 'approved-packages.yaml:10'],
    ['pypi:numpy_utils', 'package', 'pkg:pypi/numpy-utils', 'unapproved', 'approved-packages.yaml'],
  ])('%s', async (name, ...[origin, subject, status, place]) => {
    const { code, stdout } = await explain(name, '--format', 'json');
    expect(code).toBe(0);
    const found = v.parse(explained, JSON.parse(stdout));
    const places = found.steps.flatMap(({ file, line }) => {
      return file === null ? [] : [line === null ? file : `${file}:${String(line)}`];
    });
    expect([found.origin, found.package, found.status]).toEqual([origin, subject, status]);
    if (place === null) expect(places).toEqual([]);
    else expect(places).toContain(place);
  });

  test('the JSON fits its schema, also for a hostile name', async () => {
    const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
    formats.default(ajv);
    for (const name of ['report', 'list', 'explain']) {
      const file = new URL(`../../schema/${name}.schema.json`, import.meta.url);
      ajv.addSchema(v.parse(v.looseObject({}), JSON.parse(readFileSync(file, 'utf8'))), name);
    }
    for (const name of ['pypi:numpy_utils', 'npm:\u202e::error::x', 'pypi:__proto__', 'npm:constructor']) {
      const { stdout } = await explain(name, '--format', 'json');
      expect([name, ajv.validate('explain', JSON.parse(stdout)), ajv.errors]).toEqual([name, true, null]);
      expect(stdout).not.toContain('\u202e');
    }
  });
});

describe('for people', () => {
  test('an approval is shown with who, when and why, and what would undo it', async () => {
    const { stdout } = await explain('pypi:numpy');
    expect(stdout).toContain(
      'approved by Ada L <ada@example.org> on 2026-01-02: arrays  [approved-packages.yaml:8]',
    );
    expect(stdout).toContain('\nWhat would change it\n  vetted-imports deny pypi:numpy --reason "…"\n');
  });

  test('who had asked for it is shown too', async () => {
    using copy = await Scratch.with({
      'approved-packages.yaml': whitelistText({
        'pypi:numpy': { approved: 'arrays', ...byAda, asked: 'Grace H <grace@example.org>' },
      }),
      'app.py': '',
    });
    const { stdout } = await runIn(copy, ['explain', '--offline', 'numpy']);
    expect(stdout).toContain(
      'approved by Ada L <ada@example.org> on 2026-01-02 (asked for by Grace H <grace@example.org>): arrays  [',
    );
  });

  test('an unapproved one comes with evidence, suggestions and commands', async () => {
    const { stdout } = await explain('pypi:numpy_utils');
    expect(stdout).toContain('exists: not asked (pypi): offline');
    expect(stdout).toMatch(/What may have been meant\n {2}pypi:numpy – /);
    expect(stdout).toContain('  vetted-imports approve pypi:numpy-utils');
  });

  test('an environment suggests and approves nothing', async () => {
    const python = v.parse(
      explained,
      JSON.parse((await explain('pypi:vision3.draw', '--format', 'json')).stdout),
    );
    expect(python.status).toBe('unapproved');
    expect(python.suggestions[0]?.package).toBe('pkg:pypi/some-vision');
    const node = await explain('npm:left-padder');
    expect(node.stdout).toContain('installed: left-padder 1.3.0  [node_modules/left-padder/package.json]');
    expect(node.stdout).toContain('npm:left-padder (unapproved');
  });

  test('the installed distribution is the first that may be approved', async () => {
    const { stdout } = await explain('pypi:vision3.draw');
    const commands = stdout.slice(stdout.indexOf('What would change it')).split('\n');
    expect(commands[1]).toBe('  vetted-imports approve pypi:some-vision --reason "…"');
  });

  test.each([
    ['pypi:google', /\d+ packages provide it, and pypi:google-auth is the one that counts here/],
    [
      'pypi:pandas',
      /its approval has expired: approved by Ada L <ada@example\.org> on 2025-01-02 until 2026-01-02: tables/,
    ],
    [
      'pypi:scipy',
      /approved by Ada L <ada@example\.org> from git\+https:\/\/git\.example\.org\/scipy\.git: our build/,
    ],
    ['npm:estree', /an import of types alone leads to npm:@types\/estree, which is declared/],
  ])('%s is explained in words that hold for it', async (name, words) => {
    expect((await explain(name)).stdout).toMatch(words);
  });

  test('a loader and a query are no part of the name that suggestions start from', async () => {
    expect((await explain('npm:!!raw-loader!./a.txt')).stdout).not.toContain('raw-loader (npm:raw-loader)');
    expect((await explain('npm:x.svg?component')).stdout).not.toContain('What may have been meant');
  });

  test.each([
    ['pypi:numpy_utils', 'approve pypi:numpy-utils --reason "…"'],
    ['npm:request', 'approve npm:request --despite denied --reason "…"'],
    ['pypi:boto3', 'deny pypi:boto3 --reason "…"'],
    ['pypi:pandas', 'approve pypi:pandas --reason "…"'],
  ])('what would change %s runs as printed, without a terminal', async (name, command) => {
    using copy = await Scratch.with({
      'approved-packages.yaml': whitelist,
      'more.yaml': more,
      'app.py': '',
    });
    const { stdout } = await runIn(copy, ['explain', '--offline', name]);
    expect(stdout).toContain(`  vetted-imports ${command}\n`);
    const words = [...command.replace('…', 'looked at').matchAll(/"([^"]*)"|\S+/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    expect(
      await runIn(copy, words, {
        env: { npm_config_registry: 'http://127.0.0.1:9/', PIP_INDEX_URL: 'http://127.0.0.1:9/' },
      }),
    ).toMatchObject({ code: 0 });
  });

  test('no command is offered for a name that a shell could misread', async () => {
    const { stdout } = await explain('pypi:a;b');
    expect(stdout).toContain('pypi:a;b (unapproved');
    expect(stdout).not.toContain('What would change it');
  });
});

describe('which ecosystem a bare name belongs to', () => {
  test('the importing file decides, then the flag', async () => {
    const fromFile = await explain('vision', '--from', 'web/main.ts');
    expect(fromFile.stdout).toContain('npm:vision');
    const flagged = await explain('vision', '--ecosystem', 'pypi');
    expect(flagged.stdout).toContain('pypi:vision');
  });

  test('where the project has several, it is explained in each, and as data in none', async () => {
    const { code, stdout } = await explain('vision');
    expect([code, stdout.match(/^vision → .*$/gm)]).toEqual([
      0,
      ['vision → npm:vision (unapproved, not-asked)', 'vision → pypi:vision (unapproved, not-asked)'],
    ]);
    const asData = await explain('vision', '--format', 'json');
    expect([asData.code, asData.stdout, asData.stderr]).toEqual([
      2,
      '',
      'vision could belong to several ecosystems\nWrite npm:vision or pypi:vision.\n',
    ]);
  });

  test('where the project has one, it is that one', async () => {
    using other = await Scratch.with({ 'app.py': '' });
    const { stdout } = await runIn(other, ['explain', '--offline', 'vision']);
    expect(stdout).toContain('pypi:vision');
  });
});

describe('rules', () => {
  test('a rule shows its page', async () => {
    const page = readFileSync(new URL('../../rules/unclear-import/README.md', import.meta.url), 'utf8');
    expect(await explain('unclear-import')).toEqual({ code: 0, stdout: page, stderr: '' });
  });

  test.each([
    ['unreviewed-package', 'unapproved-package'],
    ['foreign-source', 'policy-change'],
  ])('%s names the page of %s by the command that shows it', async (rule, other) => {
    const { stdout } = await explain(rule);
    expect(stdout).toContain(` (\`vetted-imports explain ${other}\`)`);
    expect(stdout).not.toMatch(/\]\(\.\./);
  });

  test('a grade shows its section alone', async () => {
    const { stdout } = await explain('unapproved-package/young');
    expect(stdout).toMatch(/^# unapproved-package\/young\n\n.*90 days/);
    expect(stdout).not.toContain('### ');
  });

  test('a rule that is misspelled', async () => {
    const { code, stderr } = await explain('unaproved-package');
    expect([code, stderr]).toEqual([
      2,
      'there is no rule called unaproved-package\nDid you mean unapproved-package? Write a package with its ecosystem: npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.\n',
    ]);
  });

  test('a grade that there is not', async () => {
    const { code, stderr } = await explain('unapproved-package/yong');
    expect(code).toBe(2);
    expect(stderr).toContain('Grades of unapproved-package are malicious, nonexistent');
  });
});

test('a whitelist that can’t be read is a fault', async () => {
  using broken = await Scratch.with({ 'approved-packages.yaml': 'packages: [', 'app.py': '' });
  const { code, stderr } = await runIn(broken, ['explain', '--offline', 'numpy']);
  expect(code).toBe(2);
  expect(stderr).toContain('approved-packages.yaml');
});
