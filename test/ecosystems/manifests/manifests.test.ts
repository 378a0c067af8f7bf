import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatOf, includeFormat, manifestFormats } from '../../../src/ecosystems/manifest-formats.ts';
import { describeContents } from './describe.ts';
import { casesOf, fixtures } from './fixtures.ts';

test('every folder of fixtures is that of a format', () => {
  const folders = readdirSync(fixtures).sort();
  expect(folders).toEqual(manifestFormats.map(({ id }) => id).sort());
});

test('included files are requirements files', async () => {
  const contents = await includeFormat.read('any-name', 'numpy\n-r more.txt\n');
  expect(describeContents('numpy', contents)).toBe(
    '1:1 numpy = pypi:numpy from registry\nincludes more.txt\n',
  );
});

describe.each(manifestFormats)('$id', (format) => {
  const claims = readFileSync(join(fixtures, format.id, 'claims.txt'), 'utf8')
    .trim()
    .split('\n');

  test.each(claims)('claims %s', (line) => {
    const path = line.slice(2);
    const isClaimed = line.startsWith('+');
    expect(format.matches(path)).toBe(isClaimed);
    expect(formatOf(path)?.id === format.id).toBe(isClaimed);
  });

  test('has a table with both answers, and claims the names that it calls usual', () => {
    expect(new Set(claims.map((line) => line.slice(0, 2)))).toEqual(new Set(['+ ', '- ']));
    expect(format.fileNames.filter((name) => !format.matches(name))).toEqual([]);
    expect([...format.fileNames, ...format.paths]).not.toEqual([]);
  });

  const cases = casesOf(format);

  test.each(cases)('reads $name', async ({ file, text, expected }) => {
    expect(describeContents(text, await format.read(file, text))).toBe(expected);
  });

  test('has a case that is well formed and one that is not', () => {
    const isBroken = cases.map(({ expected }) => expected.includes(' broken: '));
    expect(new Set(isBroken)).toEqual(new Set([true, false]));
  });

  test('claims the files of its cases', () => {
    expect(cases.filter(({ file }) => !format.matches(file))).toEqual([]);
  });
});

test.each([
  ['package.json', '{ "name": "@acme/app" }', '@acme/app'],
  ['pyproject.toml', '[project]\nname = "My_App"', 'my-app'],
  ['pyproject.toml', '[tool.poetry]\nname = "My.App"', 'my-app'],
  ['setup.cfg', '[metadata]\nname = My_App', 'my-app'],
  ['setup.py', 'setup(name="My_App", ext_modules=[Extension(name="other")])', 'my-app'],
  ['setup.py', 'Extension(name="other")', null],
  ['requirements.txt', 'name', null],
])('%s with %j defines %s', async (path, text, name) => {
  const contents = await formatOf(path)?.read(path, text);
  expect(contents?.defines).toBe(name);
});

const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'Pipfile.lock',
  'poetry.lock',
  'pdm.lock',
  'uv.lock',
  'pylock.toml',
  'pixi.lock',
  'conda-lock.yml',
];

test.each(LOCKFILES)('the lockfile %s is no manifest', (path) => {
  expect(formatOf(path)).toBeUndefined();
});

const ODD_TEXTS: readonly (readonly [string, string])[] = [
  ['an empty file', ''],
  ['a byte-order mark', '\uFEFF'],
  ['null', 'null'],
  ['a number', '1'],
  ['a list', '[]'],
  ['a string', '"x"'],
  ['deep JSON', '[{"a":'.repeat(20_000)],
  ['deep TOML', `a = ${'['.repeat(20_000)}`],
  ['deep TOML tables', `[${'a.'.repeat(5_000)}b]`],
  ['deep YAML', `dependencies: ${'['.repeat(5_000)}`],
  ['deep compact YAML lists', '- '.repeat(20_000)],
  ['deep compact YAML tables', 'a: '.repeat(20_000)],
  ['deep YAML keys', '? '.repeat(20_000)],
  ['deep Python', `setup(install_requires=${'['.repeat(20_000)}`],
  ['a cycle of aliases', 'dependencies: &x [*x, a]\ncatalog: &y {<<: *y, b: 1}\n'],
  ['aliases of aliases', merges(40)],
];

/** Each line merges the one before twice. */
function merges(levels: number): string {
  const lines = ['a0: &a0 {x: 1, y: 2}'];
  for (let level = 1; level < levels; level += 1) {
    lines.push(`a${level}: &a${level} {<<: [*a${level - 1}, *a${level - 1}]}`);
  }
  return `${lines.join('\n')}\ncatalog: *a${levels - 1}\ndependencies: *a${levels - 1}\n`;
}

describe.each(ODD_TEXTS)('%s', (_name, text) => {
  test.each(manifestFormats)('is read as $id without an exception', async (format) => {
    const contents = await format.read(format.fileNames[0] ?? '', text);
    expect(contents.dependencies.every(({ specifier }) => specifier !== '')).toBe(true);
  });
});

test.each(manifestFormats)('$id reads the same with CRLF and a byte-order mark', async (format) => {
  for (const { file, text } of casesOf(format)) {
    if (/[\r\f]/.test(text)) continue;
    const plain = await format.read(file, text);
    const other = await format.read(file, `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    const summary = (contents: typeof plain): unknown => [
      contents.dependencies.map(({ name, specifier, source }) => [name, specifier, source]),
      contents.registries.map(({ what, value }) => [what, value]),
      contents.includes.map(({ path }) => path),
    ];
    expect(summary(other), file).toEqual(summary(plain));
  }
});
