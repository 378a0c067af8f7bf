import { describe, expect, test } from 'vitest';
import { withEntry, withoutEntry } from '../../src/hook-managers/json-entry.ts';

const path = ['simple-git-hooks', 'pre-commit'];
const command = "if [ -x a ]; then a 'é'; fi";
const put = (value: string | null) =>
  value?.startsWith(command) ? value : command + (value ? `; ${value}` : '');
const take = (value: string) =>
  value === command ? null : value.startsWith(command) ? value.slice(command.length + 2) : value;

describe('a command under a path of keys', () => {
  test.each([
    ['two spaces', '{\n  "name": "x"\n}\n', { name: 'x', 'simple-git-hooks': { 'pre-commit': command } }],
    [
      'a tab, no last line break',
      '{\n\t"name": "x"\n}',
      { name: 'x', 'simple-git-hooks': { 'pre-commit': command } },
    ],
    [
      'Windows line ends',
      '{\r\n    "a": 1\r\n}\r\n',
      { a: 1, 'simple-git-hooks': { 'pre-commit': command } },
    ],
    ['one line', '{ "a": 1 }', { a: 1, 'simple-git-hooks': { 'pre-commit': command } }],
    ['nothing', '{}', { 'simple-git-hooks': { 'pre-commit': command } }],
    [
      'other hooks',
      '{\n  "simple-git-hooks": {\n    "commit-msg": "x"\n  }\n}\n',
      { 'simple-git-hooks': { 'commit-msg': 'x', 'pre-commit': command } },
    ],
    [
      'the same hook',
      '{\n  "simple-git-hooks": { "pre-commit": "npx\\u0020x \\"y\\"" }\n}\n',
      { 'simple-git-hooks': { 'pre-commit': `${command}; npx x "y"` } },
    ],
    [
      'keys that every object seems to have',
      '{ "__proto__": 1, "constructor": {} }',
      JSON.parse(
        `{ "__proto__": 1, "constructor": {}, "simple-git-hooks": { "pre-commit": ${JSON.stringify(command)} } }`,
      ),
    ],
  ])('%s', async (_, before, meaning) => {
    const after = (await withEntry(before, path, put)) ?? '';
    expect(JSON.parse(after)).toEqual(meaning);
    expect(await withEntry(after, path, put)).toBe(after);
    expect(await withoutEntry(after, path, take)).toBe(before);
  });

  test('two hooks in a map that was not there', async () => {
    const before = '{\n    "name": "x"\n}\n';
    const merge = ['simple-git-hooks', 'pre-merge-commit'];
    const both = (await withEntry((await withEntry(before, path, put)) ?? '', merge, put)) ?? '';
    expect(both).toBe(
      `{\n    "name": "x",\n    "simple-git-hooks": {\n        "pre-commit": ${JSON.stringify(command)},\n        "pre-merge-commit": ${JSON.stringify(command)}\n    }\n}\n`,
    );
    expect(await withoutEntry(await withoutEntry(both, merge, take), path, take)).toBe(before);
  });

  test.each([
    '[]',
    '{ "a": 1, }',
    '// x\n{}',
    '{ "simple-git-hooks": "file.json" }',
    '{ "simple-git-hooks": { "pre-commit": 1 } }',
  ])('is not added to %s', async (text) => {
    expect(await withEntry(text, path, put)).toBeNull();
    expect(await withoutEntry(text, path, take)).toBe(text);
  });
});
