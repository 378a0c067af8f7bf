import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shell } from '../../../src/languages/shell/index.ts';
import { casesOf, tableOf } from '../python/tables.ts';

const folder = new URL('../../../fixtures/languages/shell/', import.meta.url);
const parser = await shell.parser();

for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const markdown = readFileSync(new URL(file, folder), 'utf8');
  const cases = casesOf(markdown);

  describe(file, () => {
    test('every heading has a case', () => {
      expect(cases.map(({ title }) => title)).toEqual(
        [...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title),
      );
    });

    test.each(cases)('$title', async ({ source, expected }) => {
      const parsed = await parser.parse(source);
      expect(tableOf(parsed, source)).toBe(expected);
      if (shell.scan(source).kind === 'superset') expect(parsed.imports).toEqual([]);
    });
  });
}
