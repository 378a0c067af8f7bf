import fc from 'fast-check';

/** Names that trip readers of YAML and users of plain objects, beside ordinary ones. */
export const names = {
  pypi: fc.oneof(
    fc.constantFrom('numpy', 'on', 'null', 'true', '1.0', 'no', 'constructor', 'e3', '0x10', 'A.b_c', 'y'),
    fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?$/),
  ),
  npm: fc.oneof(
    fc.constantFrom('constructor', '~proto__', '@acme/*', '@acme/ui', 'lodash.get', 'toString', '-', '~x'),
    fc.stringMatching(/^(@[a-z]{1,5}\/)?[a-z][a-z0-9._-]{0,8}$/),
  ),
};

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
