import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formatOf } from '../../src/declarations/read.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/manifests');

/** Every path that a format claims or does not claim. */
const claims = manifestFormats.flatMap(({ id }) =>
  readFileSync(path.join(fixtures, id, 'claims.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => /^[+-] (.+)$/.exec(line)?.[1] ?? []),
);

test('the format of a name is the first of the list that matches it, as if all were asked', () => {
  expect(claims.length).toBeGreaterThan(100);
  const asked = claims.map((claim) => manifestFormats.find((format) => format.matches(claim))?.id);
  expect(claims.map((claim) => formatOf(claim, manifestFormats)?.id)).toEqual(asked);
});
