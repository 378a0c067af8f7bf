import { expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';

test.each([
  ['/usr/bin/python', true],
  ['/usr/bin/env python3', true],
  ['/opt/python/bin/python3.13 -E', true],
  ['/usr/bin/env -S uv run --script', true],
  ['#!/usr/bin/env -S uv run --script', true],
  ['#!/usr/bin/env -S uv --quiet run --script', true],
  ['#!/usr/bin/env -S pipx run', true],
  ['#!/usr/bin/env -S poetry run python', true],
  ['#!/usr/bin/env -Spython3', true],
  ['#!/usr/bin/env -vSpython3 -E', true],
  ['#!/usr/bin/env --split-string=python3 -E', true],
  ['#!/usr/bin/env python3.13t', true],
  ['#!/usr/bin/python3.11', true],
  ['#!python', true],
  ['#!C:\\Python\\python.exe', false],
  ['#!/usr/bin/env python.exe', true],
  ['#!/usr/bin/env micropython', true],
  ['pypy3', true],
  ['/usr/bin/env -S npm run', false],
  ['/usr/bin/env python3-config', false],
  ['/usr/bin/env uvx', false],
  ['/bin/sh', false],
  ['/usr/bin/env pythonista', false],
  ['/home/python/bin/node', false],
])('%s: %s', (line, expected) => {
  expect(python.interpreter.test(line)).toBe(expected);
});
