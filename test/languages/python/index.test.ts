import { expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';

test.each([
  ['/usr/bin/python', true],
  ['/usr/bin/env python3', true],
  ['/opt/python/bin/python3.13 -E', true],
  ['/usr/bin/env -S uv run --script', true],
  ['pypy3', true],
  ['/bin/sh', false],
  ['/usr/bin/env pythonista', false],
  ['/home/python/bin/node', false],
])('%s: %s', (line, expected) => {
  expect(python.interpreter.test(line)).toBe(expected);
});
