import { expect, test } from 'vitest';
import { isFresh, isPast } from '../../src/lookups/freshness.ts';

const now = new Date('2026-11-23T09:00:00.000Z');
const hour = 3_600_000;
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

test.each<[age: string, asOf: string, fresh: boolean, past: boolean]>([
  ['none', minutesAgo(0), true, true],
  ['a minute', minutesAgo(1), true, true],
  ['a moment less than the lifetime', '2026-11-23T08:00:00.001Z', true, true],
  ['the lifetime', minutesAgo(60), false, true],
  ['a year', minutesAgo(525_600), false, true],
  ['a moment ahead of the clock', '2026-11-23T09:00:00.001Z', false, false],
  ['a minute ahead', minutesAgo(-1), false, false],
  ['the lifetime ahead', minutesAgo(-60), false, false],
  ['years ahead', '2031-01-01T00:00:00.000Z', false, false],
  ['beyond four digits', '+010000-01-01T00:00:00.000Z', false, false],
  ['no time', 'yesterday', false, false],
  ['nothing', '', false, false],
])('what has an age of %s', (_, asOf, fresh, past) => {
  expect([isFresh(asOf, now, hour), isPast(asOf, now)]).toEqual([fresh, past]);
});
