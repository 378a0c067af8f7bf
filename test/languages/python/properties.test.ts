import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/model/language.ts';
import { python } from '../../../src/languages/python/index.ts';
import { cells, programs, rubble } from './programs.ts';
import { rounds } from '../../kit/length.ts';

const parser = await python.parser();
const sources: [string, fc.Arbitrary<Source>][] = [
  ['programs', programs().map((text) => ({ text, dialect: 'py' }))],
  ['rubble', rubble().map((text) => ({ text, dialect: 'py' }))],
  ['cells', cells().map((text) => ({ text, dialect: 'ipynb' }))],
];
const runs = { numRuns: rounds(150, 1500), seed: 20261123 };

describe.each(sources)('%s', (_, source) => {
  test('the scan sees every specifier that the parser sees, or is unsure', () => {
    let sure = 0;
    fc.assert(
      fc.property(source, (each) => {
        const scan = python.scan(each);
        if (scan.kind === 'unsure') return;
        sure += 1;
        for (const { target } of parser.parse(each).imports) {
          expect(target.kind).toBe('literal');
          if (target.kind === 'literal') expect(scan.specifiers).toContain(target.specifier);
        }
      }),
      runs,
    );
    expect(sure).toBeGreaterThan(runs.numRuns / 8);
  });

  test('imports are in order, and spans cover what they name', () => {
    fc.assert(
      fc.property(source, (each) => {
        const { imports } = parser.parse(each);
        const starts = imports.map(({ span }) => span.start);
        expect(starts).toEqual([...starts].sort((one, other) => one - other));
        for (const { kind, target, span } of imports) {
          const written = each.text.slice(span.start, span.end);
          if (target.kind === 'package') expect(written).toBe(target.name);
          if (target.kind !== 'literal' || kind === 'dynamic') continue;
          expect(plain(written)).toBe(target.specifier);
          for (const name of target.names) {
            expect(plain(each.text.slice(name.span.start, name.span.end))).toBe(name.name);
          }
        }
      }),
      runs,
    );
  });
});

function plain(written: string): string {
  return written.replace(/[\s\\\0]+/g, '').normalize('NFKC');
}
