import { describe, expect, test } from 'vitest';
import type { Files } from '../../src/model/language.ts';
import { latestIn, manifestEditFor } from '../../src/ecosystems/declare.ts';

function filesOf(texts: Readonly<Record<string, string>>): Files {
  const map = new Map(Object.entries(texts));
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter((path) => map.has(path)))),
    text: (path) => Promise.resolve(map.get(path)),
    list: () => Promise.resolve([...map.keys()]),
  };
}

/** @returns The manifest's path and its text after the edit. */
async function edited(
  [ecosystem, latest]: readonly [string, string | null],
  texts: Readonly<Record<string, string>>,
  near = 'src/app.x',
): Promise<readonly [string, string] | undefined> {
  const declared = { package: { ecosystem, name: 'left-padder' }, latest };
  const edit = await manifestEditFor(declared, near, filesOf(texts));
  if (!edit) return undefined;
  const lines = (texts[edit.path] ?? '').split(/(?<=\n)/);
  const offset = ({ line, column }: { line: number; column: number }) =>
    lines.slice(0, line - 1).join('').length + column - 1;
  const text = lines.join('');
  const after = edit.edits
    .toReversed()
    .reduce(
      (now, { start, end, text: added }) => now.slice(0, offset(start)) + added + now.slice(offset(end)),
      text,
    );
  return [edit.path, after];
}

describe('package.json', () => {
  test.each([
    [
      '{\n  "dependencies": {\n    "react": "^19.0.0"\n  }\n}\n',
      '{\n  "dependencies": {\n    "react": "^19.0.0",\n    "left-padder": "^1.3.0"\n  }\n}\n',
    ],
    [
      '{\n\t"name": "x"\n}\n',
      '{\n\t"name": "x",\n\t"dependencies": {\n\t\t"left-padder": "^1.3.0"\n\t}\n}\n',
    ],
    ['{}', '{\n  "dependencies": {\n    "left-padder": "^1.3.0"\n  }\n}'],
  ])('%j', async (before, after) => {
    expect(await edited(['npm', '1.3.0'], { 'package.json': before })).toEqual(['package.json', after]);
  });

  test('without a known version, or with a text that is none, nothing is offered', async () => {
    expect(await edited(['npm', null], { 'package.json': '{}' })).toBeUndefined();
    for (const text of [
      '[]',
      '{ "dependencies": [] }',
      '{ "dependencies": null }',
      '{ "dependencies": "x" }',
    ])
      expect(await edited(['npm', '1.3.0'], { 'package.json': text })).toBeUndefined();
  });
});

describe('pyproject.toml', () => {
  test.each([
    [
      '[project]\ndependencies = [\n    "numpy>=2",\n]\n',
      '[project]\ndependencies = [\n    "numpy>=2",\n    "left-padder",\n]\n',
    ],
    [
      "[project]\ndependencies = [\n  'numpy>=2'\n]\n",
      '[project]\ndependencies = [\n  \'numpy>=2\',\n  "left-padder"\n]\n',
    ],
    ['[project]\ndependencies = ["numpy"]\n', '[project]\ndependencies = ["numpy", "left-padder"]\n'],
    ['[project]\ndependencies = ["numpy",]\n', '[project]\ndependencies = ["numpy", "left-padder",]\n'],
    [
      '[project]\ndependencies = [\n  "a",\n  "b"]\n',
      '[project]\ndependencies = [\n  "a",\n  "b",\n  "left-padder"]\n',
    ],
    [
      '[project]\r\ndependencies = [\r\n    "numpy>=2",\r\n]\r\n',
      '[project]\r\ndependencies = [\r\n    "numpy>=2",\r\n    "left-padder",\r\n]\r\n',
    ],
    [
      '[project]\ndependencies = [\n    "flask", # web\n]\n',
      '[project]\ndependencies = [\n    "flask", # web\n    "left-padder",\n]\n',
    ],
    [
      '[project]\ndependencies = [\n    "flask" # web\n]\n',
      '[project]\ndependencies = [\n    "flask", # web\n    "left-padder"\n]\n',
    ],
    [
      '[project]\ndependencies = ["flask", # web\n]\n',
      '[project]\ndependencies = ["flask", # web\n    "left-padder",\n]\n',
    ],
    [
      '[project]\ndependencies = ["flask" # web\n  , # comma\n  # "old"\n]\n',
      '[project]\ndependencies = ["flask" # web\n  , # comma\n    "left-padder",\n  # "old"\n]\n',
    ],
    [
      '[project]\ndependencies = [\n  """flask""",\n]\n',
      '[project]\ndependencies = [\n  """flask""",\n  "left-padder",\n]\n',
    ],
  ])('%j', async (before, after) => {
    expect(await edited(['pypi', null], { 'pyproject.toml': before })).toEqual(['pyproject.toml', after]);
  });

  test.each([
    '[tool.poetry.dependencies]\nnumpy = "*"\n',
    '[project]\ndependencies = [\n',
    '[project]\ndynamic = ["dependencies"]\n',
    '[project]\nname = "left_padder"\ndependencies = ["numpy"]\n',
  ])('is left alone where nobody can be sure: %j', async (text) => {
    expect(await edited(['pypi', null], { 'pyproject.toml': text })).toBeUndefined();
  });
});

describe('requirements.txt', () => {
  test.each([
    ['numpy\n', 'numpy\nleft-padder\n'],
    ['numpy', 'numpy\nleft-padder\n'],
    ['numpy\r\n', 'numpy\r\nleft-padder\r\n'],
    ['', 'left-padder\n'],
  ])('%j', async (before, after) => {
    expect(await edited(['pypi', null], { 'requirements.txt': before })).toEqual(['requirements.txt', after]);
  });

  test.each(['numpy \\\n', 'numpy==1 \\\n    --hash=sha256:aaaa\n'])(
    'is left alone where a line would not stand by itself: %j',
    async (text) => {
      expect(await edited(['pypi', null], { 'requirements.txt': text })).toBeUndefined();
    },
  );

  test('the nearest one', async () => {
    const texts = { 'requirements.txt': '', 'src/deep/requirements.txt': '', 'src/requirements.txt': '' };
    expect((await edited(['pypi', null], texts, 'src/deep/er/app.py'))?.[0]).toBe(
      'src/deep/requirements.txt',
    );
    expect((await edited(['pypi', null], texts, 'app.py'))?.[0]).toBe('requirements.txt');
  });
});

test('a version that is none is no version', () => {
  const latest = (value: string) =>
    latestIn([{ fact: 'latest', source: 'npm', state: 'present', value, asOf: '2026-11-23T09:00:00Z' }]);
  expect(latest('1.3.0')).toBe('1.3.0');
  expect(latest('1.3.0", "evil": "*')).toBeNull();
  expect(latestIn([])).toBeNull();
});
