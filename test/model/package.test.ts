import { expect, test } from 'vitest';
import { packageLabel, parsePurl, purl } from '../../src/model/package.ts';

test.each([
  [{ ecosystem: 'npm', name: '@acme/ui' }, 'pkg:npm/%40acme/ui', 'npm:@acme/ui'],
  [{ ecosystem: 'pypi', name: 'pillow' }, 'pkg:pypi/pillow', 'pypi:pillow'],
  [{ ecosystem: 'npm', name: 'a b?c#d' }, 'pkg:npm/a%20b%3Fc%23d', 'npm:a b?c#d'],
  [{ ecosystem: 'npm', name: '\ud835x' }, 'pkg:npm/%EF%BF%BDx', 'npm:\ud835x'],
])('%j is %s', (given, url, shown) => {
  expect(purl(given)).toBe(url);
  expect(packageLabel(given)).toBe(shown);
});

test.each([
  ['pkg:npm/%40acme/ui', 'npm:@acme/ui'],
  ['pkg:npm/@acme/ui@1.0.0', 'npm:@acme/ui'],
  ['pkg:pypi/pillow@10.0.0?extension=whl#src', 'pypi:pillow'],
  ['pkg:PyPI/pillow', 'pypi:pillow'],
  ['pkg://pypi/pillow', 'pypi:pillow'],
  ['pkg:golang/example.org/a/b@v1.2.3', 'golang:example.org/a/b'],
  ['pkg:npm/lodash/fp', 'npm:lodash/fp'],
  ['pkg:npm/a%20b%3Fc%23d', 'npm:a b?c#d'],
  ['pkg:npm/100%', 'npm:100%'],
  ['pkg:npm/', null],
  ['npm:lodash', null],
])('%s names %s', (text, label) => {
  const subject = parsePurl(text);
  expect(subject && packageLabel(subject)).toBe(label);
});
