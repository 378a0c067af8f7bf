import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isRepositoryPath,
  mayBeTracked,
  pathLiteral,
  plainGlob,
  readPath,
} from '../../src/text/repository-path.ts';

describe('one path, however it is written', () => {
  test.each([
    'team/w.yaml',
    './team/w.yaml',
    '././team/w.yaml',
    './/team/w.yaml',
    'team//w.yaml',
    'team/./w.yaml',
    'team/.//./w.yaml',
    'team/w.yaml/',
    'team/w.yaml/.',
    './team/w.yaml//./',
  ])('%s', (text) => {
    expect(readPath(text)).toEqual({ kind: 'path', path: 'team/w.yaml' });
    expect(isRepositoryPath(text)).toBe(text === 'team/w.yaml');
  });

  test('dots, spaces, other scripts and what only looks like more stay', () => {
    for (const text of [
      '..a/b..',
      '.config/w.yaml',
      '~/a',
      'a b',
      'café/w.yaml',
      '団体/👩‍🔬.yaml',
      '.github/x',
      'ab:c',
      '…',
    ])
      expect(readPath(text)).toEqual({ kind: 'path', path: text });
  });
});

test.each([
  ['', 'is empty'],
  ['.', 'is the repository’s root, not a file'],
  ['.//.', 'is the repository’s root, not a file'],
  ['/', 'is absolute; paths start at the repository’s root'],
  ['//team/w.yaml', 'is absolute; paths start at the repository’s root'],
  ['C:/w.yaml', 'is absolute; paths start at the repository’s root'],
  ['./C:/w.yaml', 'is absolute; paths start at the repository’s root'],
  ['..', 'leaves the repository with ..'],
  ['team/../w.yaml', 'leaves the repository with ..'],
  ['team\\w.yaml', 'holds a backslash; paths are written with /'],
  ['a\0b', 'holds a NUL character'],
  ['.git/w.yaml', 'is in .git, where nothing is tracked'],
  ['team/.GIT/w.yaml', 'is in .git, where nothing is tracked'],
  ['team\n/w.yaml', 'has an invisible character'],
  ['team/\u202elmay.w', 'has an invisible character'],
  ['team/\ud800.yaml', 'has an invisible character'],
  ['team/\udcc3\udca9.yaml', 'has an invisible character'],
  ['a/'.repeat(3000), 'is longer than any system allows'],
])('%j is no path', (text, reason) => {
  expect(readPath(text)).toEqual({ kind: 'wrong', reason });
  expect(isRepositoryPath(text)).toBe(false);
  expect(() => pathLiteral(text)).toThrow(Error);
});

test('what is read is what POSIX makes of it, and is read the same again', () => {
  const part = fc.oneof(
    fc.constantFrom('', '.', '..', 'a', '.git', '.b', 'c.yaml'),
    fc.string({ maxLength: 3 }),
  );
  const texts = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(texts, (text) => {
      const reading = readPath(text);
      if (reading.kind === 'wrong') return;
      expect(reading.path).toBe(posix.normalize(text).replace(/\/$/, ''));
      expect(readPath(reading.path)).toEqual(reading);
      expect([isRepositoryPath(reading.path), mayBeTracked(reading.path)]).toEqual([true, true]);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a', true],
  ['a/b', true],
  ['.gitignore', true],
  ['', false],
  ['./a', false],
  ['a//b', false],
  ['a/.', false],
  ['a/', false],
  ['../a', false],
  ['.Git/config', false],
])('git tracks %j: %s', (path, expected) => {
  expect(mayBeTracked(path)).toBe(expected);
});

test.each([
  ['./gen/**', 'gen/**'],
  ['.//./gen/**', 'gen/**'],
  ['gen//**', 'gen/**'],
  ['**//*.js', '**/*.js'],
  ['**/*.min.js', '**/*.min.js'],
  ['.*/x', '.*/x'],
  ['a/./b', 'a/./b'],
  ['gen/', 'gen/'],
  ['/a', '/a'],
  ['./', ''],
])('the glob %s is %s', (glob, expected) => {
  expect(plainGlob(glob)).toBe(expected);
});
