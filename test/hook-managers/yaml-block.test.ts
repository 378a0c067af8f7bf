import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { saysSame, withoutYaml, withYaml, type YamlAddition } from '../../src/hook-managers/yaml-block.ts';

const command: YamlAddition = {
  kind: 'entry',
  path: ['pre-commit', 'commands'],
  lines: ['check-imports:', '  run: |', '    one', '    two'],
};
const added = { 'check-imports': { run: 'one\ntwo\n' } };

describe('a command in a map of maps', () => {
  test.each([
    ['nothing', '', { 'pre-commit': { commands: added } }],
    ['comments only', '# ours\n', { 'pre-commit': { commands: added } }],
    ['another hook', 'pre-push:\n  x: 1\n', { 'pre-push': { x: 1 }, 'pre-commit': { commands: added } }],
    [
      'the hook',
      'pre-commit:\n    parallel: true # fast',
      { 'pre-commit': { parallel: true, commands: added } },
    ],
    [
      'commands, and a comment behind them',
      'pre-commit:\n  commands:\n    a:\n      run: x  # why\n\n# the end\nz: 1\n',
      { 'pre-commit': { commands: { a: { run: 'x' }, ...added } }, z: 1 },
    ],
    [
      'a key without a value',
      'pre-commit:\n  commands:\nz: 1\n',
      { 'pre-commit': { commands: added }, z: 1 },
    ],
    [
      'a text block at the end',
      'pre-commit:\n  commands:\n    a:\n      run: |\n        x\n        y\n',
      { 'pre-commit': { commands: { a: { run: 'x\ny\n' }, ...added } } },
    ],
    [
      'Windows line ends',
      'pre-commit:\r\n  parallel: true\r\n',
      { 'pre-commit': { parallel: true, commands: added } },
    ],
  ])('%s', async (_, before, meaning) => {
    const after = await withYaml(before, command);
    expect(parse(after ?? '')).toEqual(meaning);
    expect(withoutYaml(after ?? '')).toBe(before);
  });

  test.each([
    ['braces', 'pre-commit: { parallel: true }\n'],
    ['a list', 'pre-commit:\n  - a\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['no YAML', 'a: [\n'],
    ['an alias', 'x: &x\n  a: 1\npre-commit: *x\n'],
    [
      'a value that continues behind the last line',
      'pre-commit:\n  commands:\n    a:\n      run: |+\n        x\n\n\n',
    ],
  ])('is not added to %s, if it would change what was there', async (_, before) => {
    const after = await withYaml(before, command);
    if (after !== null) expect(parse(after)).toMatchObject(parse(before));
    else expect(after).toBeNull();
  });
});

test('an item of a list, with the indentation that the list has', async () => {
  const item: YamlAddition = { kind: 'item', path: ['repos'], lines: ['repo: local', 'hooks:', '  - id: x'] };
  const meaning = { repo: 'local', hooks: [{ id: 'x' }] };
  for (const before of ['repos: []\n', 'a: 1\nrepos: [] # none\nci: {}\n']) {
    const after = await withYaml(before, item);
    expect(parse(after ?? '')).toEqual({ ...parse(before), repos: [meaning] });
    expect(withoutYaml(after ?? '')).toBe(before.replace(' []', ''));
  }
  for (const before of ['repos: [{ repo: a }]\n', 'repos: &x []\nother: *x\n'])
    expect(await withYaml(before, item)).toBeNull();
  for (const before of ['repos:\n- repo: a\n  hooks: []\n', 'repos:\n  - repo: a\n    hooks: []\nci: {}\n']) {
    const after = await withYaml(before, item);
    expect(parse(after ?? '')).toMatchObject({ repos: [{ repo: 'a', hooks: [] }, meaning] });
    expect(withoutYaml(after ?? '')).toBe(before);
  }
  expect(parse((await withYaml(null, item)) ?? '')).toEqual({ repos: [meaning] });
  expect(withoutYaml((await withYaml(null, item)) ?? '')).toBeNull();
});

test('several additions come out together', async () => {
  const before = 'pre-commit:\n  commands:\n    a:\n      run: x\n';
  const once = await withYaml(before, command);
  const twice = await withYaml(once, { ...command, path: ['pre-merge-commit', 'commands'] });
  expect(parse(twice ?? '')).toEqual({
    'pre-commit': { commands: { a: { run: 'x' }, ...added } },
    'pre-merge-commit': { commands: added },
  });
  expect(withoutYaml(twice ?? '')).toBe(before);
});

test.each([
  ['a new file', null],
  ['a file with other keys', 'commit-msg:\n  parallel: true\n'],
  ['a file with the key of the last one', 'pre-push:\n  commands:\n    a:\n      run: x\n'],
])('%s: three additions at the top come out together, and come again as they were', async (_, before) => {
  const withAll = async (start: string | null) => {
    let text = start;
    for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push'])
      text = await withYaml(text, { ...command, path: [hook, 'commands'] });
    return text ?? '';
  };
  const text = await withAll(before);
  expect(await format(text, { parser: 'yaml' })).toBe(text);
  expect(withoutYaml(text)).toBe(before);
  expect(await withAll(withoutYaml(text))).toBe(text);
});

describe('Prettier keeps what is written, and its older form is taken for the same', () => {
  const item: YamlAddition = { kind: 'item', path: ['repos'], lines: ['repo: local', 'hooks:', '  - id: x'] };

  test.each<[string, string | null, YamlAddition]>([
    ['a new file', null, command],
    ['a text block at the end', 'pre-push:\n  x: 1\n', command],
    ['a text block with a comment behind it', 'pre-push:\n  x: 1\n# the end\n', command],
    ['a text block farther in', 'pre-commit:\n  commands:\n    a:\n      run: x\n', command],
    ['a new file with an item', null, item],
    ['an item', 'repos:\n  - repo: a\n    hooks: []\n', item],
  ])('%s', async (_, before, addition) => {
    const text = (await withYaml(before, addition)) ?? '';
    expect(await format(text, { parser: 'yaml' })).toBe(text);
    expect(saysSame(text.replace('\n\n# <<<', '\n# <<<'), text)).toBe(true);
    expect(saysSame(text.replace('two', '2').replace('id: x', 'id: y'), text)).toBe(false);
    expect(withoutYaml(text)).toBe(before);
  });
});
