import { describe, expect, test } from 'vitest';
import { npm } from '../../src/ecosystems/npm/index.ts';
import { pypi } from '../../src/ecosystems/pypi/index.ts';
import { readFull } from '../../src/whitelist/full.ts';
import { readUsual } from '../../src/whitelist/usual.ts';

const ecosystems = { npm, pypi };
const where = { file: 'approved-packages.yaml', line: 3 };

/** What `approve` writes: all of these are read in one step, and as the full reader reads them. */
const usual = [
  ['pypi', 'numpy: { reason: arrays, by: Ada L <ada@example.org>, date: 2026-11-23 }'],
  [
    'pypi',
    'opencv-python: { imports: [cv2, a.b], reason: "vision, and more", by: A <a@b>, date: 2026-11-23 }',
  ],
  ['pypi', 'flask_login: { reason: a:b, by: A, date: 2026-11-23, expires: 2027-11-23 }'],
  ['npm', '"@acme/ui": { reason: ours, by: A, date: 2024-02-28, expires: 2024-10-31 }'],
  ['npm', 'lodash.get: { by: A, date: 2026-11-23, created: 2013-11-24, repository: https://example.org/x }'],
  ['npm', 'y: { reason: "null" }'],
  ['npm', 'y: { reason: null and void, by: nullable }'],
] as const;

/** Each needs care, or is wrong. */
const unusual = [
  ['pypi', 'numpy: {}'],
  ['pypi', 'numpy: { reason: ~ }'],
  ['pypi', 'numpy: { reason: "a\\u0041" }'],
  ['pypi', "numpy: { reason: 'it''s' }"],
  ['pypi', 'numpy: { reason: a, reason: b }'],
  ['pypi', 'numpy: { source: ./numpy, reason: a }'],
  ['pypi', 'numpy: { reason: a, use: b }'],
  ['pypi', 'numpy: { date: 2026-02-29 }'],
  ['pypi', 'numpy: { date: 2024-02-29 }'],
  ['pypi', 'numpy: { date: 2026-04-31 }'],
  ['pypi', 'numpy: { date: 2026-13-01 }'],
  ['pypi', 'numpy: { date: 2026-00-10 }'],
  ['pypi', 'numpy: { reason: null }'],
  ['pypi', 'numpy: { by: NULL, date: 2026-02-28 }'],
  ['pypi', 'numpy: { reason: a, }'],
  ['pypi', 'numpy: { reason: a } # why'],
  ['pypi', 'numpy: { imports: [null] }'],
  ['pypi', 'numpy: { imports: [a..b] }'],
  ['pypi', 'numpy: { imports: [größe] }'],
  ['pypi', '"@acme/ui": { reason: a }'],
  ['pypi', '-x: { reason: a }'],
  ['npm', '"@acme/*": { reason: ours }'],
  ['npm', 'a: { reason: b: c }'],
] as const;

describe('a usual line', () => {
  test.each(usual)('%s %s', async (ecosystem, line) => {
    const read = readUsual(`    ${line}`, ecosystems[ecosystem], where);
    const full = await readFull(where.file, `approved:\n  ${ecosystem}:\n    ${line}\n`);
    expect(full.faults).toEqual([]);
    expect(read).toEqual({ entry: full.entries[0], indent: 4 });
  });
});

test.each(unusual)('read with care: %s %s', (ecosystem, line) => {
  expect(readUsual(`    ${line}`, ecosystems[ecosystem], where)).toBeUndefined();
});
