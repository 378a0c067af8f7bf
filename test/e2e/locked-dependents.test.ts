import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { array, boolean, nullable, number, object, parse, string, union } from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { startPypi, wheel } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A lockfile of the base says why a name is in the project, as far as its graph leads from what is declared. It decides nothing. */

type Files = Readonly<Record<string, string>>;

const whitelist: Files = { 'approved-packages.yaml': whitelistText({}) };
const fixtures = path.join(import.meta.dirname, '../../fixtures/lockfiles');

/** @returns The lockfile of a fixture, whose root package is `flask` or `express`. */
function fixture(format: string, folder: string): Files {
  const at = path.join(fixtures, format, folder);
  const [file = ''] = readdirSync(at).filter((name) => name !== 'expected.txt');
  return { [file]: readFileSync(path.join(at, file), 'utf8') };
}

const flask: Files = { 'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["flask"]\n' };
const express: Files = { 'package.json': '{ "dependencies": { "express": "^4.0.0" } }' };
const python = (module: string): Files => ({ 'app.py': `import ${module}\n` });
const javascript = (specifier: string): Files => ({ 'app.mjs': `import '${specifier}';\n` });

/** A package of uv.lock, and those that it needs. */
const locked = (name: string, ...needs: readonly string[]) =>
  `\n[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = { registry = "https://index.example/simple" }\ndependencies = [\n${needs.map((need) => `    { name = "${need}" },\n`).join('')}]\n`;
const uvLock = (...packages: readonly string[]) =>
  `version = 1\nrevision = 3\nrequires-python = ">=3.11"\n${packages.join('')}`;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with(whitelist);
  await scratch.git('tag', 'start');
});
afterAll(() => {
  scratch.dispose();
});
beforeEach(async () => {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await scratch.git('clean', '--quiet', '-ffdx');
});

async function change(base: Files, added: Files): Promise<void> {
  scratch.write({ 'README.md': '', ...base });
  await scratch.commitAll('base');
  scratch.write(added);
  await scratch.git('add', '--all');
}

const value = union([string(), number(), boolean(), array(string())]);
const evidenceSchema = object({ fact: string(), state: string(), value: nullable(value), source: string() });
const reportSchema = object({
  findings: array(
    object({
      rule: string(),
      grade: nullable(string()),
      severity: string(),
      package: nullable(string()),
      message: string(),
      evidence: array(evidenceSchema),
    }),
  ),
});

async function reported(args: readonly string[] = ['--staged'], index?: string) {
  const options = index === undefined ? ['--offline'] : [];
  const env = index === undefined ? {} : { PIP_INDEX_URL: `${index}/simple` };
  const { code, stdout } = await runIn(scratch, [...args, ...options, '--format', 'json'], { env });
  const { findings } = parse(reportSchema, JSON.parse(stdout));
  const isLocked = ({ fact }: { fact: string }) => fact === 'dependency-of';
  return {
    facts: findings.flatMap(({ evidence }) => evidence.filter(isLocked)),
    /** All that the report says besides. */
    verdict: {
      code,
      findings: findings.map((finding) => ({
        ...finding,
        evidence: finding.evidence.filter((fact) => !isLocked(fact)),
      })),
    },
  };
}

const fact = (name: string, source: string) => [
  { fact: 'dependency-of', state: 'present', value: name, source },
];

describe('the base’s lockfile leads from a declared package', () => {
  test.each<[format: string, folder: string, base: Files, change: Files]>([
    ['uv.lock', 'graph', flask, python('blinker')],
    ['poetry.lock', 'graph', flask, python('click')],
    ['pdm.lock', 'graph', flask, python('click')],
    ['pylock.toml', 'graph', flask, python('blinker')],
    ['package-lock.json', 'graph-of-version-3', express, javascript('accepts')],
    ['pnpm-lock.yaml', 'graph-of-version-5', express, javascript('accepts')],
    ['pnpm-lock.yaml', 'graph-of-version-6', express, javascript('accepts')],
    ['pnpm-lock.yaml', 'graph-of-version-9', express, javascript('accepts')],
    ['yarn.lock', 'graph-of-version-1', express, javascript('accepts')],
    ['yarn.lock', 'graph-of-version-8', express, javascript('accepts')],
    ['bun.lock', 'graph', express, javascript('accepts')],
    ['deno.lock', 'graph', express, javascript('accepts')],
    // By way of others.
    ['uv.lock', 'graph', flask, python('colorama')],
    ['pnpm-lock.yaml', 'graph-of-version-9', express, javascript('@acme/scoped')],
    ['yarn.lock', 'graph-of-version-8', express, javascript('mime-types')],
  ])('%s of %s: %j, %j', async (format, folder, base, added) => {
    await change({ ...base, ...fixture(format, folder) }, added);
    const { facts } = await reported();
    expect(facts).toEqual(fact(base === flask ? 'flask' : 'express', format));
  });

  test('in a folder, from the manifest beside it', async () => {
    const api = { 'api/pyproject.toml': flask['pyproject.toml'] ?? '' };
    await change(
      { ...api, 'api/uv.lock': uvLock(locked('flask', 'blinker'), locked('blinker')) },
      {
        'api/app.py': 'import blinker\n',
      },
    );
    expect((await reported()).facts).toEqual(fact('flask', 'api/uv.lock'));
  });
});

/** What the base holds, what the change adds, and what lies in the work tree beside it. */
interface Row {
  readonly base: Files;
  readonly added: Files;
  readonly beside?: Files;
}

const evil = python('evil');

describe('nothing is said where', () => {
  const rows: Readonly<Record<string, Row>> = {
    'the lockfile holds the package, and nothing needs it': {
      base: { ...flask, 'uv.lock': uvLock(locked('flask', 'blinker'), locked('blinker'), locked('evil')) },
      added: evil,
    },
    'only what nobody declares needs it': {
      base: { ...flask, 'uv.lock': uvLock(locked('flask'), locked('evil-parent', 'evil'), locked('evil')) },
      added: evil,
    },
    'packages that nobody declares need each other': {
      base: { ...flask, 'uv.lock': uvLock(locked('flask'), locked('evil', 'twin'), locked('twin', 'evil')) },
      added: evil,
    },
    'the change adds the package to the lockfile': {
      base: { ...flask, 'uv.lock': uvLock(locked('flask')) },
      added: { ...evil, 'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')) },
    },
    'the change adds the lockfile': {
      base: flask,
      added: { ...evil, 'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')) },
    },
    'the change declares the package that needs it': {
      base: { 'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')) },
      added: { ...evil, ...flask },
    },
    'the lockfile is only in the work tree': {
      base: flask,
      added: evil,
      beside: { 'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')) },
    },
    'the edge is only in the work tree': {
      base: { ...flask, 'uv.lock': uvLock(locked('flask'), locked('evil')) },
      added: evil,
      beside: { 'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')) },
    },
    'the lockfile has no graph': {
      base: {
        ...flask,
        'Pipfile.lock': JSON.stringify({
          _meta: { 'pipfile-spec': 6 },
          default: { flask: { version: '==3.1.0' }, evil: { version: '==1.0.0' } },
        }),
      },
      added: evil,
    },
    'the config ignores the lockfile': {
      base: {
        ...flask,
        '.check-importsrc': 'ignorePaths: [vendored/**]\n',
        'vendored/uv.lock': uvLock(locked('flask', 'evil'), locked('evil')),
      },
      added: evil,
    },
    'the declared package is one of another ecosystem': {
      base: {
        'package.json': '{ "dependencies": { "flask": "1" } }',
        'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')),
      },
      added: evil,
    },
    'the lockfile takes the package from git': {
      base: {
        ...flask,
        'uv.lock': `${uvLock(locked('flask', 'evil'))}\n[[package]]\nname = "evil"\nversion = "1.0.0"\nsource = { git = "https://git.example/a/evil#0123456" }\n`,
      },
      added: evil,
    },
  };

  test.each(Object.entries(rows))('%s', async (_, { base, added, beside = {} }) => {
    await change(base, added);
    scratch.write(beside);
    const { facts, verdict } = await reported();
    expect(verdict.findings.map((finding) => finding.package)).toContain('pkg:pypi/evil');
    expect(facts).toEqual([]);
    scratch.write(beside);
    if (Object.keys(beside).length > 0) expect((await reported(['--all'])).facts).toEqual([]);
  });
});

test('before the first commit, nothing is said', async () => {
  const empty = new Scratch();
  try {
    await empty.git('init', '--quiet');
    empty.write({
      ...whitelist,
      ...flask,
      ...evil,
      'uv.lock': uvLock(locked('flask', 'evil'), locked('evil')),
    });
    await empty.git('add', '--all');
    const { stdout } = await runIn(empty, ['--all', '--offline']);
    expect(stdout).toContain('pypi:evil');
    expect(stdout).not.toContain('dependency of');
  } finally {
    empty.dispose();
  }
});

describe('a lockfile decides nothing', () => {
  const lock = { 'uv.lock': uvLock(locked('flask', 'blinker'), locked('blinker')) };

  test.each([[['--staged']], [['--all']], [['worktree']]])('%j says the same without it', async (args) => {
    const options = args[0] === 'worktree' ? [] : args;
    await change({ ...flask, ...lock }, python('blinker'));
    const withLock = await reported(options);
    const concise = await runIn(scratch, [...options, '--offline', '--format', 'concise']);
    await scratch.git('reset', '--quiet', '--hard', 'start');
    await change(flask, python('blinker'));
    const without = await reported(options);
    expect(withLock.verdict).toEqual(without.verdict);
    expect(withLock.verdict.code).toBe(1);
    expect([withLock.facts, without.facts]).toEqual([fact('flask', 'uv.lock'), []]);
    const concisely = await runIn(scratch, [...options, '--offline', '--format', 'concise']);
    expect(concise).toEqual(concisely);
    expect(findingsIn(concise.stdout)[0]).toBe('app.py:1:8 unapproved-package pypi:blinker');
  });

  test('what an index says grades as before, and stands in front', async () => {
    const index = await startPypi(
      new Map([['blinker', { files: [wheel('blinker', '2015-03-04T00:00:00Z', ['blinker/__init__.py'])] }]]),
    );
    try {
      const added = { 'app.py': 'import blinker\nimport evil\n' };
      const graph = uvLock(locked('flask', 'blinker', 'evil'), locked('blinker'), locked('evil'));
      await change({ ...flask, 'uv.lock': graph }, added);
      const withLock = await reported(['--staged'], index.url);
      await scratch.git('reset', '--quiet', '--hard', 'start');
      await change(flask, added);
      const without = await reported(['--staged'], index.url);
      expect(withLock.verdict).toEqual(without.verdict);
      expect(withLock.verdict.findings.map(({ grade }) => grade)).not.toContain('not-asked');
      expect(new Set(withLock.verdict.findings.map(({ grade }) => grade)).size).toBe(2);
      expect(withLock.facts).toEqual([...fact('flask', 'uv.lock'), ...fact('flask', 'uv.lock')]);
      expect(without.facts).toEqual([]);
    } finally {
      await index.close();
    }
  });

  test.each([
    ['start', []],
    ['main~1', fact('flask', 'uv.lock')],
  ])('of a merge, every parent has to say so: %s', async (from, facts) => {
    await scratch.git('checkout', '--quiet', '-B', 'main');
    await change({ ...flask, ...lock }, { 'other.txt': '' });
    await scratch.commitAll('main');
    await scratch.git('checkout', '--quiet', '-b', 'side', from);
    scratch.write({ 'side.txt': '' });
    await scratch.commitAll('side');
    await scratch.git('checkout', '--quiet', 'main');
    await scratch.git('merge', '--quiet', '--no-ff', '--no-commit', 'side');
    scratch.write(python('blinker'));
    await scratch.git('add', '--all');
    const { verdict, facts: told } = await reported();
    expect(verdict.findings).toHaveLength(1);
    expect(told).toEqual(facts);
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'merge');
    await scratch.git('branch', '--quiet', '-D', 'side');
  });
});

describe('what people read', () => {
  const said = 'dependency of flask, in uv.lock';
  beforeEach(async () => {
    await change(
      { ...flask, 'uv.lock': uvLock(locked('flask', 'blinker'), locked('blinker')) },
      python('blinker'),
    );
  });

  test.each([
    [['--staged'], `  · ${said}`],
    [['--staged', '--format', 'markdown'], said],
    [['--staged', '--format', 'github'], `- ${said}`],
    [['--staged', '--format', 'sarif'], `${said}.`],
    [['explain', 'blinker'], `  ${said}\n`],
  ])('%j', async (args, text) => {
    const { stdout } = await runIn(scratch, [...args, '--offline']);
    const plain = stdout.replaceAll('\\', '');
    expect(plain).toContain(text);
    const grade = plain.indexOf('not-asked');
    expect(grade).toBeGreaterThan(-1);
    if (!args.includes('sarif')) expect(plain.indexOf(said)).toBeGreaterThan(grade);
  });

  test('approve, before it asks', async () => {
    const { stdout, stderr } = await runIn(scratch, [
      'approve',
      'pypi:blinker',
      '--reason',
      'x',
      '--offline',
    ]);
    expect(`${stdout}${stderr}`).toContain(`  ${said}\n`);
  });
});
