import { expect, test } from 'vitest';
import { packageLabel, purl } from '../../src/model/package.ts';

test.each([
  [{ ecosystem: 'npm', name: '@acme/ui' }, 'pkg:npm/%40acme/ui', 'npm:@acme/ui'],
  [{ ecosystem: 'pypi', name: 'pillow' }, 'pkg:pypi/pillow', 'pypi:pillow'],
  [{ ecosystem: 'npm', name: 'a b?c#d' }, 'pkg:npm/a%20b%3Fc%23d', 'npm:a b?c#d'],
  [{ ecosystem: 'npm', name: '\ud835x' }, 'pkg:npm/%EF%BF%BDx', 'npm:\ud835x'],
])('%j is %s', (given, url, shown) => {
  expect(purl(given)).toBe(url);
  expect(packageLabel(given)).toBe(shown);
});
