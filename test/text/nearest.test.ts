import { expect, test } from 'vitest';
import { escapesRoot } from '../../src/text/inside.ts';
import { closestMatch } from '../../src/text/nearest.ts';

test.each([
  ['aproved', 'approved'],
  ['Approved', 'approved'],
  ['pipy', 'pypi'],
  ['nmp', 'npm'],
  ['requests', 'requested'],
  ['basline', 'baseline'],
  ['cargo', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('the word near %s is %s', (word, expected) => {
  expect(closestMatch(word, ['approved', 'denied', 'baseline', 'requested', 'npm', 'pypi'])).toBe(expected);
});

test.each(['a.yaml', 'a/b.yaml', './a', 'a..b/c', '**/*.js', '..a', '~/a'])(
  '%s stays in the repository',
  (path) => {
    expect(escapesRoot(path)).toBeUndefined();
  },
);

test.each(['', '/a', '..', '../a', 'a/../../b', 'a/..', 'C:/a', 'c:a', 'a\\b', 'a\0b'])(
  '%j does not',
  (path) => {
    expect(escapesRoot(path)).toBeTypeOf('string');
  },
);
