import { getDefaultSearchPlaces } from 'cosmiconfig';
import { describe, expect, test } from 'vitest';
import { configPlaces, findConfig, namedSource } from '../../src/config/find.ts';
import { readConfig } from '../../src/config/read.ts';
import { pathLiteral } from '../../src/text/repository-path.ts';
import { filesFrom } from './folder.ts';

describe('which file is the config', () => {
  const cases: [string, Record<string, string>, string][] = [
    ['none', {}, 'none'],
    [
      'a manifest without it',
      { 'package.json': '{"name":"check-imports"}', 'pyproject.toml': '[tool.x]' },
      'none',
    ],
    ['the words elsewhere', { 'pyproject.toml': '[tool.x]\ncheck-imports = 1\n' }, 'none'],
    [
      'a broken manifest that only mentions it',
      { 'package.json': '{"scripts":{"x":"check-imports"' },
      'none',
    ],
    ['a broken manifest that holds it', { 'package.json': '{"check-imports":{' }, 'package.json'],
    [
      'a broken pyproject that holds it',
      { 'pyproject.toml': 'x =\n[tool.check-imports]\n' },
      'pyproject.toml',
    ],
    ['a dotted table', { 'pyproject.toml': 'tool.check-imports.trust = "whitelist"\n' }, 'pyproject.toml'],
    [
      'never code',
      { '.check-importsrc.js': '', 'check-imports.config.js': '', '.config/config.js': '' },
      'none',
    ],
    [
      'a folder for configs',
      { '.config/check-importsrc.yaml': 'lookup: off\n' },
      '.config/check-importsrc.yaml',
    ],
    [
      'two, one in the folder for configs',
      { '.check-importsrc.yaml': '', '.config/check-importsrc': '' },
      'faults',
    ],
    ['two', { '.check-importsrc': '', 'package.json': '{"check-imports":{}}' }, 'faults'],
  ];
  test.each(cases)('%s', async (...[, texts, expected]) => {
    const found = await findConfig(filesFrom(texts));
    expect(found.kind === 'found' ? found.source.file : found.kind).toBe(expected);
  });
});

test('a config stands where cosmiconfig looks for data, and in pyproject.toml', () => {
  const dataPlaces = getDefaultSearchPlaces('check-imports').filter((place) => !/\.[cm]?[jt]s$/.test(place));
  expect(new Set(configPlaces)).toEqual(new Set([...dataPlaces, 'pyproject.toml']));
});

test.each([
  ['ci/strict.json', 'json', []],
  ['ci/strict.toml', 'toml', []],
  ['ci/strict.yml', 'yaml', []],
  ['web/package.json', 'json', ['check-imports']],
  ['pyproject.toml', 'toml', ['tool', 'check-imports']],
])('--config %s', (file, format, within) => {
  expect(namedSource(pathLiteral(file))).toEqual({ file, format, within });
});

describe('TOML: every place is told', () => {
  const cases: [string, string[]][] = [
    ['x = 1', ['1:1']],
    ["\n'x' = '''\n]\n'''\n\"y\\u0041\" = \"#\"", ['2:1', '5:1']],
    [
      'a.b = 1\n[c]\nd = [1, # ]\n 2]\n[[e]]\nf = {g = 1, "h" = [{}]}\n[[e]]\ni = 1979-05-27',
      ['1:1', '2:2', '5:3'],
    ],
    ['ambient = [ 1,\n  """a"""", true ]', ['1:13', '2:13']],
  ];
  test.each(cases)('%j', async (text, places) => {
    const read = await readConfig({ file: pathLiteral('a.toml'), format: 'toml', within: [] }, text, []);
    const faults = read.kind === 'faults' ? read.faults : [];
    expect(faults.map(({ line, column }) => `${line ?? 0}:${column ?? 0}`)).toEqual(places);
  });
});
