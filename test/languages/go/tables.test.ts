import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { go } from '../../../src/languages/go/index.ts';
import { casesOf, tableOf } from '../python/tables.ts';

const folder = new URL('../../../fixtures/languages/go/', import.meta.url);
const parser = await go.parser();

for (const file of readdirSync(folder)) {
  const markdown = readFileSync(new URL(file, folder), 'utf8');

  describe(file, () => {
    test.each(casesOf(markdown))('$title', async ({ source, expected }) => {
      const parsed = await parser.parse(source);
      expect(tableOf(parsed, source)).toBe(expected);

      // Nothing else is left for the parser than commands: the scan finds the same, in the same order.
      const scan = await go.scan(source);
      if (scan.kind === 'unsure') return;
      const found = parsed.imports.flatMap(({ target }) =>
        target.kind === 'literal' ? [target.specifier] : [],
      );
      expect(scan).toEqual({ kind: 'superset', specifiers: new Set(found) });
      expect(parsed.imports.length).toBe(found.length);
    });
  });
}
