import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from '../../src/mcp/turns.ts';

test('only so many pieces of work run at once, in their order, also after one that failed', async () => {
  const turns = new Turns(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const work = (number: number) => async () => {
    started.push(number);
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
    if (number === 1) throw new Error('broken');
    return number;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => turns.run(work(number))));
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
});
