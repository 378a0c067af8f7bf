import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manifestFormats } from '../../../src/ecosystems/manifest-formats.ts';
import type { ManifestFormat } from '../../../src/model/manifest.ts';
import { casesOf } from './fixtures.ts';
import { rounds } from '../../kit/length.ts';

/** Pieces that the grammars are made of, so that random texts get past their first character. */
const PIECES = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    ':',
    '=',
    '==',
    '"',
    "'",
    '"""',
    "'''",
    '\\',
    '#',
    '//',
    ';',
    '@',
    '>',
    '*',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\f',
    '\u2028',
    ' ',
    '  ',
    '\t',
    '-',
    '- ',
    '- pip:\n',
    '&a ',
    '*a ',
    '<<: ',
    '|\n',
    '\uFEFF',
  ],
  ...[
    '"dependencies"',
    'dependencies',
    'overrides',
    '[project]',
    '[options]',
    '[packages]',
    '[tool.uv.sources]',
  ],
  ...[
    'install_requires',
    'setup(',
    'catalog',
    'imports',
    'name',
    '__proto__',
    'constructor',
    '-r',
    '-e',
    '--hash=',
  ],
  ...[
    'lodash',
    '@acme/ui',
    'numpy',
    '^1.0',
    '>=2',
    'npm:evil@1',
    'git+https://h.example/x@v#egg=y',
    './p',
    'é',
    '\uD800',
  ],
];

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));

/** A manifest of the fixtures with a few places cut out or replaced. */
function damaged(format: ManifestFormat): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(2_000),
    length: fc.nat(40),
    insert: fc.constantFrom('', '', ...PIECES),
  });
  return fc
    .record({
      text: fc.constantFrom(...casesOf(format).map(({ text }) => text)),
      edits: fc.array(edit, { maxLength: 3 }),
    })
    .map(({ text, edits }) =>
      edits.reduce((before, { at, length, insert }) => {
        const from = before.length === 0 ? 0 : at % before.length;
        return before.slice(0, from) + insert + before.slice(from + length);
      }, text),
    );
}

test.each(manifestFormats)(
  '$id: no text throws, and every span points at the name as written',
  async (format) => {
    const texts = fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 60 }), damaged(format));
    const path = format.fileNames[0] ?? '';
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { dependencies, registries, broken } = await format.read(path, text);
        for (const { specifier, span } of dependencies) {
          const written = text.slice(span.start, span.end);
          // Escapes, continued lines, neighbouring strings and references are written in other letters than they mean.
          if (!/[\\"'\n\r]|%\(/.test(written)) expect(written).toBe(specifier);
        }
        for (const { span } of [...dependencies, ...registries]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
        for (const { offset } of broken) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: rounds(80, 800), seed: 1 },
    );
  },
);
