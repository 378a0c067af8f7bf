import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';
import { casesOf, tableOf } from './tables.ts';

const folder = new URL('../../../fixtures/languages/python/', import.meta.url);
const parser = await python.parser();

for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const markdown = readFileSync(new URL(file, folder), 'utf8');
  const cases = casesOf(markdown);

  describe(file, () => {
    test('every heading has a case', () => {
      expect(cases.map(({ title }) => title)).toEqual(
        [...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title),
      );
    });

    test.each(cases)('$title', ({ source, expected }) => {
      const parsed = parser.parse(source);
      expect(tableOf(parsed, source)).toBe(expected);

      const scan = python.scan(source);
      const found = parsed.imports.map(({ target }) =>
        target.kind === 'literal' ? target.specifier : target,
      );
      if (scan.kind === 'superset') expect([...scan.specifiers]).toEqual(expect.arrayContaining(found));
    });
  });
}
