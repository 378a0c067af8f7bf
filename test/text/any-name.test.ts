import { expect, test } from 'vitest';
import { mayHoldAnything } from '../../src/text/any-name.ts';

test.each([
  ['a list of any ending', 'ci/wanted.dat', true],
  ['a list without an ending', 'ci/wanted', true],
  ['a dot that begins a name', '.wanted', true],
  ['a dot in the name of a folder', 'ci.png/wanted', true],
  ['a picture', 'logo.PNG', false],
  ['a font of two endings', 'a.b.woff2', false],
  ['a lockfile', 'uv.lock', false],
  ['a program of another language', 'cmd/main.go', false],
  ['what people write for people', 'CHANGELOG.md', false],
  ['a page of the documentation', 'docs/guide/start.rst', false],
  ['a page elsewhere', 'notes/start.rst', true],
])('%s: %s', (_, path, mayHold) => {
  expect(mayHoldAnything(path)).toBe(mayHold);
});
