import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';

/** What the documentation tells editors to look for, against what the `concise` format prints. */
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const task = v.looseObject({
  tasks: v.tuple([
    v.looseObject({ problemMatcher: v.looseObject({ pattern: v.looseObject({ regexp: v.string() }) }) }),
  ]),
});

test('the problem matcher for VS Code reads every line of a report', () => {
  const blocks = [...read('docs/editors.md').matchAll(/^```json\n(.*?)^```$/gms)].map(
    ([, text = '']) => text,
  );
  const block = blocks.find((text) => text.includes('problemMatcher')) ?? '';
  const [{ problemMatcher }] = v.parse(task, JSON.parse(block)).tasks;
  const expression = new RegExp(problemMatcher.pattern.regexp);
  const lines = read('fixtures/reports/expected/concise.txt').trim().split('\n');
  const unread = lines.filter((line) => /^\S+:\d+:\d+: /.test(line) && !expression.test(line));
  expect(unread).toEqual([]);
  expect(
    expression.exec('src/a b.py:3:8: error unapproved-package/young nobody approved it')?.slice(1),
  ).toEqual(['src/a b.py', '3', '8', 'error', 'unapproved-package/young', 'nobody approved it']);
});
