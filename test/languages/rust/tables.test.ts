import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rust } from '../../../src/languages/rust/index.ts';
import { scan } from '../../../src/languages/rust/scan.ts';
import { casesOf } from '../python/tables.ts';
import { tableOf } from './tables.ts';

const folder = new URL('../../../fixtures/languages/rust/', import.meta.url);
const parser = await rust.parser();

for (const file of readdirSync(folder)) {
  const markdown = readFileSync(new URL(file, folder), 'utf8');

  describe(file, () => {
    test.each(casesOf(markdown))('$title', async ({ source, expected }) => {
      expect(tableOf(await parser.parse(source), source)).toBe(expected);
    });

    test.each(casesOf(markdown))('a look without the grammar finds no fewer: $title', async ({ source }) => {
      const scanned = scan(source);
      if (scanned.kind === 'unsure') return;
      const { imports } = await parser.parse(source);
      for (const { target, omission } of imports) {
        if (target.kind !== 'literal') continue;
        expect(scanned.specifiers).toContain(target.specifier);
        // Whatever the parser is sure of, the scan must not excuse.
        if (omission === undefined) expect(scanned.omissions?.get(target.specifier)).toBeUndefined();
      }
    });
  });
}
