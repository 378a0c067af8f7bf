import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { detached } from '../../src/text/detached.ts';

test.each(['', 'a', '@acme/a-longer-name', 'é\u{1f600}\ud800', ' blanks '])('%j stays as it is', (text) => {
  expect(detached(text)).toBe(text);
});

test('a part does not keep the text that it was cut from', () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('V8 collects no garbage when it is told to');
  const inUse = () => {
    Reflect.apply(collect, undefined, []);
    return process.memoryUsage().heapUsed;
  };
  const before = inUse();
  // Thirteen characters are left of each of 64 megabytes.
  const parts = Array.from({ length: 64 }, (_, at) =>
    detached(
      String(at)
        .padEnd(2 ** 20, '@acme/package')
        .slice(0, 13),
    ),
  );
  expect(inUse() - before).toBeLessThan(2 ** 23);
  expect(parts.at(-1)).toBe('63@acme/packa');
});
