import { expect, test } from 'vitest';
import { Schedule } from '../../src/lsp/schedule.ts';
import { SharedTurns } from '../../src/lsp/shared-turns.ts';

const errors: unknown[] = [];

/** A schedule whose tasks end when they are told to. */
function started(atOnce: number) {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const schedule = new Schedule((error) => errors.push(error), atOnce);
  const request = (key: string, isUrgent: boolean, delay = 0) => {
    schedule.request(key, { delay, isUrgent }, async (isCurrent) => {
      log.push(key);
      await new Promise<void>((resolve) => ends.set(key, resolve));
      if (!isCurrent()) log.push(`${key} is outdated`);
    });
  };
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  const end = async (key: string) => {
    ends.get(key)?.();
    await pause();
  };
  return { schedule, log, request, end, pause };
}

test('few tasks run at once, and what somebody waits for goes first', async () => {
  const { log, request, end, pause } = started(2);
  for (const key of ['a', 'b', 'c', 'd']) request(key, false);
  request('edited', true);
  await pause();
  expect(log).toEqual(['a', 'b']);
  await end('a');
  expect(log).toEqual(['a', 'b', 'edited']);
  await end('b');
  await end('c');
  expect(log).toEqual(['a', 'b', 'edited', 'c', 'd']);
});

test('never two of one key; the newest request replaces those that have not started, and stays urgent', async () => {
  const { schedule, log, request, end, pause } = started(2);
  request('a', false);
  request('z', false);
  await pause();
  request('a', true);
  request('a', false);
  request('b', false);
  await pause();
  expect(log).toEqual(['a', 'z']);
  await end('z');
  await end('a');
  expect(log.slice(2)).toEqual(['b', 'a is outdated', 'a']);
  schedule.cancel('a');
  await end('a');
  expect(log.at(-1)).toBe('a is outdated');
});

test('a task that fails is told of and holds up nobody; what runs in turn gives its value', async () => {
  const { schedule } = started(1);
  schedule.request('a', { delay: 0, isUrgent: false }, () => Promise.reject(new Error('broken')));
  expect(await schedule.inTurn(() => Promise.resolve(3))).toBe(3);
  await expect(schedule.inTurn(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(errors.map(String)).toEqual(['Error: broken']);
});

test('who asks for the same before its turn has come gets the same answer; innocent: who asks for something else', async () => {
  const { schedule } = started(2);
  const turns = new SharedTurns<number>(schedule);
  let count = 0;
  const task = () => Promise.resolve(++count);
  const [no, yes] = [() => false, () => true];
  const first = [turns.take('a', no, task), turns.take('a', yes, task), turns.take('b', no, task)];
  expect(await Promise.all(first)).toEqual([1, 1, 2]);
  expect(await Promise.all([turns.take('a', no, task), turns.take('b', yes, task)])).toEqual([3, null]);
});
