import fc from 'fast-check';
import type { EntryKind } from '../../src/model/status.ts';
import type { EntryContent } from '../../src/whitelist/write.ts';

/** Names that trip readers of YAML and users of plain objects, beside ordinary ones; all are canonical. */
export const names = {
  pypi: fc.oneof(
    fc.constantFrom('numpy', 'on', 'null', 'true', '1-0', 'no', 'constructor', 'e3', '0x10', 'a-b-c', 'y'),
    fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?$/),
  ),
  npm: fc.oneof(
    fc.constantFrom('constructor', '~proto__', '@acme/*', '@acme/ui', 'lodash.get', 'toString', '-', '~x'),
    fc.stringMatching(/^(@[a-z]{1,5}\/)?[a-z][a-z0-9._-]{0,8}$/),
  ),
};

export const labels = fc.oneof(
  names.npm.map((name) => `npm:${name}`),
  names.pypi.map((name) => `pypi:${name}`),
);

export const dates = fc.constantFrom('2026-11-23', '2024-02-29', '2027-01-01', '1999-12-31');

/** Texts as people and assistants put them into a reason. */
export const texts = fc.oneof(
  fc.constantFrom(
    'arrays in the pricing model',
    'see https://example.org/a?b=c#d',
    'colon: and # hash',
    '# first',
    '- dash',
    '@scope first',
    'it\'s "quoted"',
    'two\nlines',
    'tab\there',
    ' spaces around ',
    '',
    'null',
    '~',
    'true',
    '2026-11-23',
    '1.0',
    '{ braces }, [brackets]',
    'emoji 🐍 at the end 🎉',
    '\u202eright to left',
    'back\\slash',
    'ends with colon:',
    'a :b',
    '%percent',
    '\u2028',
    '\u00a0no-break',
    'Ada L <ada@example.org>',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 20 }),
);

const reasons = texts.filter((text) => text.trim() !== '');
const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 2 });

/** @returns Contents that may stand beside each decision, all of them for the package of a label. */
export function contentsOf(label: string): fc.Arbitrary<EntryContent> {
  return fc.oneof({ weight: 3, arbitrary: approvals(label) }, { weight: 1, arbitrary: others(label) });
}

function modulesOf(label: string): fc.Arbitrary<string[]> {
  if (label.endsWith('/*')) return fc.constant([]);
  return label.startsWith('npm:')
    ? fc.subarray(['cv2', 'a.b', 'on'])
    : fc.subarray(['cv2', 'a.b', 'on', '_x', 'größe']);
}

function approvals(label: string): fc.Arbitrary<EntryContent> {
  return (
    fc
      .record({
        kind: fc.constant<EntryKind>('approved'),
        reason: reasons,
        imports: modulesOf(label),
        importsOf: some(fc.oneof(fc.constantFrom('1.0', '9.1', '2.0rc1', '1e3', '2026-11-23'), texts)),
        source: label.endsWith('/*') ? fc.constant(null) : some(texts),
        despite: some(fc.constantFrom('young', 'nonexistent')),
        unverified: fc.boolean(),
        expires: some(dates),
        by: some(reasons),
        date: some(dates),
        created: some(dates),
        repository: some(texts),
        requestedBy: some(texts),
      })
      // A version says of a list that it is whole.
      .map((content) => (content.imports.length === 0 ? { ...content, importsOf: null } : content))
  );
}

function others(label: string): fc.Arbitrary<EntryContent> {
  const [imports, by, date] = [modulesOf(label), some(reasons), some(dates)];
  return fc.oneof(
    fc.record({
      kind: fc.constant<EntryKind>('denied'),
      reason: reasons,
      use: some(labels.filter((other) => !other.endsWith('/*'))),
      imports,
      by,
      date,
    }),
    fc.record({ kind: fc.constant<EntryKind>('requested'), reason: reasons, imports, by, date }),
    fc.record({ kind: fc.constant<EntryKind>('baseline'), date: dates, imports, by }),
  );
}
