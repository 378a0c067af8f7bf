import { expect, test } from 'vitest';
import { joinPath } from '../../src/text/paths.ts';

test.each([
  ['web', './price.ts', 'web/price.ts'],
  ['web/shop', '../price.ts', 'web/price.ts'],
  ['web', '..', ''],
  ['web', '../../price.ts', undefined],
  ['web', `${'x/../'.repeat(800)}price.ts`, 'web/price.ts'],
  // No system opens a path beyond 4,096 characters, and normalising one takes the square of its length.
  ['web', `${'x/../'.repeat(820)}price.ts`, undefined],
])('%s and %.40s lead to %s', (folder, path, joined) => {
  expect(joinPath(folder, path)).toBe(joined);
});
