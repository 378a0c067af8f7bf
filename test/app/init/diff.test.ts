import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffOf } from '../../../src/app/init/diff.ts';

test.each([
  ['a new file', null, 'a\nb\n', '--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n'],
  ['a file that goes', 'a\n', null, '--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n'],
  [
    'two places far apart',
    '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
    '0\n1\n2\n3\n4\n5\n6\n7\n8\n',
    '--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n',
  ],
  [
    'a last line without a line break',
    'a',
    'a\n',
    '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n',
  ],
])('%s', (...[, before, after, diff]) => {
  expect(diffOf({ before, after }, 'x')).toBe(diff);
});

test('a difference tells both sides of every hunk', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applied(before, diffOf({ before, after }, 'x'))).toBe(after);
    }),
    { numRuns: 300 },
  );
});

/** What `patch` makes of a text and its difference. */
function applied(before: string, diff: string): string {
  const old = before.split('\n').slice(0, -1);
  const result: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(2, -1)) {
    const hunk = /^@@ -(\d+)(?:,(\d+))?/.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      result.push(...old.slice(at, start));
      at = start;
    } else {
      if (!line.startsWith('+')) expect(old[at++]).toBe(line.slice(1));
      if (!line.startsWith('-')) result.push(line.slice(1));
    }
  }
  return [...result, ...old.slice(at)].map((line) => `${line}\n`).join('');
}
