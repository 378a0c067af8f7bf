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
    '[project]\ndependencies = [\n',
    '[project]\ndynamic = ["dependencies"]\n',
    '[project]\nname = "left_padder"\ndependencies = ["numpy"]\n',
  ])('is left alone where nobody can be sure: %j', async (text) => {
    expect(await edited(['pypi', null], { 'pyproject.toml': text })).toBeUndefined();
  });
});

describe('the list or table that everything needs, in the form that is there', () => {
  const rows: readonly (readonly [file: string, before: string, after: string, latest?: string])[] = [
    ['pyproject.toml', '[project]\ndependencies = []\n', '[project]\ndependencies = ["left-padder"]\n'],
    [
      'pyproject.toml',
      '[project]\r\ndependencies = [ # none yet\r\n]\r\n',
      '[project]\r\ndependencies = [ # none yet\r\n    "left-padder",\r\n]\r\n',
    ],
    [
      'pyproject.toml',
      '[project]\ndependencies = [\n    "numpy", # keep\n]\n',
      '[project]\ndependencies = [\n    "numpy", # keep\n    "left-padder",\n]\n',
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3.11"\nnumpy = "*" # keep\n\n[tool.poetry.group.dev.dependencies]\nx = "*"\n',
      '[tool.poetry.dependencies]\npython = "^3.11"\nnumpy = "*" # keep\nleft-padder = "^1.3.0"\n\n[tool.poetry.group.dev.dependencies]\nx = "*"\n',
      '1.3.0',
    ],
    [
      'pyproject.toml',
      '[tool.poetry]\ndependencies = { numpy = "*" }\n',
      '[tool.poetry]\ndependencies = { numpy = "*", left-padder = "*" }\n',
    ],
    [
      'pyproject.toml',
      '[dependency-groups]\ndocs = ["sphinx"]\ndev = ["pytest", { include-group = "docs" }]\n',
      '[dependency-groups]\ndocs = ["sphinx"]\ndev = ["pytest", { include-group = "docs" }, "left-padder"]\n',
    ],
    [
      'pyproject.toml',
      '[tool.hatch.envs.default]\ndependencies = ["pytest"]\n',
      '[tool.hatch.envs.default]\ndependencies = ["pytest", "left-padder"]\n',
    ],
    [
      'hatch.toml',
      '[envs.default]\ndependencies = [\n  "pytest"\n]\n',
      '[envs.default]\ndependencies = [\n  "pytest",\n  "left-padder"\n]\n',
    ],
    [
      'Pipfile',
      '[packages]\n\n[dev-packages]\nx = "*"\n',
      '[packages]\nleft-padder = "*"\n\n[dev-packages]\nx = "*"\n',
    ],
    [
      'pixi.toml',
      '[pypi-dependencies]\r\nnumpy = "*"',
      '[pypi-dependencies]\r\nnumpy = "*"\r\nleft-padder = "*"',
    ],
    [
      'setup.cfg',
      '[options]\ninstall_requires =\n    numpy\n    flask\nzip_safe = false\n',
      '[options]\ninstall_requires =\n    numpy\n    flask\n    left-padder\nzip_safe = false\n',
    ],
    [
      'setup.py',
      "setup(\n    install_requires=[\n        'numpy',  # keep\n    ],\n)\n",
      "setup(\n    install_requires=[\n        'numpy',  # keep\n        'left-padder',\n    ],\n)\n",
    ],
    [
      'environment.yml',
      'dependencies:\n  - numpy\n  - pip:\n      - flask # web\n  - rich\n',
      'dependencies:\n  - numpy\n  - pip:\n      - flask # web\n      - left-padder\n  - rich\n',
    ],
    [
      'custom_components/x/manifest.json',
      '{\n  "requirements": ["numpy==1.0"]\n}\n',
      '{\n  "requirements": ["numpy==1.0", "left-padder==1.3.0"]\n}\n',
      '1.3.0',
    ],
  ];
  const cases = rows.map(([file, before, after, latest = null]) => ({ file, before, after, latest }));
  test.each(cases)('$file: $before', async ({ file, before, after, latest }) => {
    const near = file.replace(/[^/]*$/, 'app.x');
    expect(await edited(['pypi', latest], { [file]: before }, near)).toEqual([file, after]);
  });

  const mappings: readonly (readonly [file: string, before: string, after: string])[] = [
    [
      'deno.json',
      '{\n  "imports": {}\n}\n',
      '{\n  "imports": {\n    "left-padder": "npm:left-padder@^1.3.0"\n  }\n}\n',
    ],
    [
      'deno.jsonc',
      '{\n  // own\n  "imports": {\n    "a": "npm:a@1", // keep\n  },\n}\n',
      '{\n  // own\n  "imports": {\n    "a": "npm:a@1", // keep\n    "left-padder": "npm:left-padder@^1.3.0",\n  },\n}\n',
    ],
  ];
  test.each(mappings)('%s: %j', async (file, before, after) => {
    expect(await edited(['npm', '1.3.0'], { [file]: before })).toEqual([file, after]);
  });

  test.each([
    ['pyproject.toml', '[project]\nname = "x"\ndynamic = ["dependencies"]\n[dependency-groups]\ndev = []\n'],
    ['setup.cfg', '[options]\ninstall_requires = file: requirements.in\n'],
    ['setup.py', 'setup(install_requires=read("x"))\n'],
    ['setup.py', 'setup(install_requires=["numpy", *more])\n'],
    ['environment.yml', 'dependencies:\n  - numpy\n'],
    ['Pipfile', '[dev-packages]\nx = "*"\n'],
    ['custom_components/x/manifest.json', '{ "requirements": [] }\n'],
    [
      'requirements.txt',
      '# This file was autogenerated by uv via the following command:\n#    uv pip compile pyproject.toml\nnumpy==1\n',
    ],
  ])('nothing where there is none, or where more has to be known: %s %j', async (file, text) => {
    expect(await edited(['pypi', null], { [file]: text }, file.replace(/[^/]*$/, 'app.x'))).toBeUndefined();
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

  test.each([
    { 'requirements.txt': 'left_padder\n' },
    { 'src/pyproject.toml': '[dependency-groups]\ndev = ["left-padder"]\n', 'requirements.txt': '' },
  ])('nothing where a manifest on the way declares it: %j', async (texts) => {
    expect(await edited(['pypi', null], texts)).toBeUndefined();
  });

  test('what it was compiled from, where a program wrote it', async () => {
    const compiled = '# This file is autogenerated by pip-compile with Python 3.12\nnumpy==1\n';
    const texts = { 'requirements.txt': compiled, 'requirements.in': 'numpy\n' };
    expect(await edited(['pypi', null], texts)).toEqual(['requirements.in', 'numpy\nleft-padder\n']);
  });

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
