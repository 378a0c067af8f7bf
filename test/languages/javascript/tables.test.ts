import { describe, expect, test } from 'vitest';
import { javascript } from '../../../src/languages/javascript/index.ts';
import { describeFound, readTables } from './tables.ts';

const parser = await javascript.parser();

describe.each(readTables())('$file', ({ cases, titles }) => {
  test('is read completely', () => {
    expect(cases.map(({ title }) => title)).toEqual(titles);
  });

  test.each(cases)('$title', async ({ text, dialect, expected }) => {
    const parsed = await parser.parse({ text, dialect });
    expect(describeFound(text, parsed, javascript.scan({ text, dialect }))).toBe(expected);
  });

  test.each(cases)('$title: the quick look misses nothing', async ({ text, dialect }) => {
    const quick = javascript.scan({ text, dialect });
    const { imports } = await parser.parse({ text, dialect });
    const targets = imports.map(({ target }) => target);
    const missed = targets.filter(
      (target) =>
        quick.kind === 'superset' && !(target.kind === 'literal' && quick.specifiers.has(target.specifier)),
    );
    expect(missed).toEqual([]);
  });
});
