import { expect, test } from 'vitest';
import { targetOf } from '../../src/declarations/read.ts';

/* Where a manifest's `-r` leads, as people write it on every system. */

test.each<[manifest: string, path: string, target: string | undefined]>([
  ['requirements.txt', 'deps/more.txt', 'deps/more.txt'],
  ['requirements.txt', String.raw`deps\more.txt`, 'deps/more.txt'],
  ['api/requirements.txt', String.raw`..\deps\more.txt`, 'deps/more.txt'],
  ['api/requirements.txt', String.raw`.\more.txt`, 'api/more.txt'],
  ['requirements.txt', '../more.txt', undefined],
  ['requirements.txt', String.raw`..\more.txt`, undefined],
  ['requirements.txt', '/deps/more.txt', undefined],
  ['requirements.txt', String.raw`C:\deps\more.txt`, undefined],
  ['requirements.txt', 'c:/deps/more.txt', undefined],
  ['requirements.txt', String.raw`\\server\deps\more.txt`, undefined],
])('%s: %s leads to %s', (manifest, path, target) => {
  expect(targetOf(manifest, { path })).toBe(target);
});
