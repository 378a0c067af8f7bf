import fc from 'fast-check';
import { check } from 'prettier';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { edit, newFileText } from '../../src/whitelist/edit.ts';
import { readLines } from '../../src/whitelist/line-reader.ts';
import { exampleOf, writeContent, writeEntry } from '../../src/whitelist/write.ts';
import { approval, entryOf, file, fileText, put, subjectOf, type Row } from './entries.ts';
import { contentsOf, labels, texts } from './generate.ts';

test('the keys of an entry stand in their order, and what says nothing is left out', () => {
  const content = {
    requestedBy: 'Grace',
    repository: 'https://example.org/cv',
    created: '2016-04-05',
    date: '2026-11-23',
    by: 'Ada L <ada@example.org>',
    expires: '2027-11-23',
    unverified: true,
    despite: 'young',
    source: './cv',
    imports: ['cv2', 'on'],
    reason: 'reads: pictures #1',
    kind: 'approved',
  } as const;
  expect(writeEntry(subjectOf('pypi:cv'), content)).toBe(
    'pypi:cv: { approved: "reads: pictures #1", imports: [cv2, "on"], source: ./cv, despite: young, unverified: true, expires: 2027-11-23, by: Ada L <ada@example.org>, date: 2026-11-23, created: 2016-04-05, repository: https://example.org/cv, asked: Grace }',
  );
  expect(writeContent({ ...content, kind: 'denied', use: 'npm:b' })).toMatch(
    /^\{ denied: .*, use: npm:b, imports/,
  );
  expect(writeContent({ kind: 'approved', reason: 'x', imports: [], by: null, unverified: false })).toBe(
    '{ approved: x }',
  );
  expect(writeContent({ kind: 'baseline', date: '2026-11-23' })).toBe('{ baseline: 2026-11-23 }');
});

test('the examples that faults print', () => {
  const subject = subjectOf('npm:@acme/ui');
  expect(exampleOf(subject, 'denied')).toBe('npm:@acme/ui: { denied: WHY }');
  expect(exampleOf(subject, 'baseline')).toBe('npm:@acme/ui: { baseline: 2026-11-23 }');
});

/** What https://yaml.org/type/ reads as something else than text, and a few texts that look like it. */
const numbers = [
  '1e3',
  '+12',
  '-0',
  '0o17',
  '017',
  '0x1F',
  '0b1010',
  '1_000',
  '.5',
  '+.5',
  '1.',
  '-.inf',
  '.',
  'e3',
];
const times = ['2026-11-23', '2026-1-2', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5'];
const words = ['no', 'Off', 'y', 'N', '~', 'Null', 'True', '=', '<<', '.NaN', '190:20:30', '190:20:30.15'];
const plain = ['none', 'nobody', 'on call', 'a=b', '1.2.3 or later', 'since 2026-11-23', 'ends', 'x: y'];

describe('a text is a text for every reader of YAML', () => {
  const asBoth = (value: string) =>
    (['1.1', '1.2'] as const).map((version): unknown =>
      parse(`{ k: ${value} }`, { version, merge: true, logLevel: 'error' }),
    );

  test.each([...numbers, ...times, ...words])('%s stands in quotation marks', (text) => {
    expect(writeContent(approval(text))).toBe(`{ approved: "${text}" }`);
    expect(writeContent({ kind: 'denied', reason: 'x', by: text })).toBe(`{ denied: x, by: "${text}" }`);
  });

  test.each([...numbers, ...times, ...words, ...plain])('%s', (text) => {
    const value = writeContent(approval(text, { by: text, source: text, imports: [text] }));
    const entry = { approved: text, imports: [text], source: text, by: text };
    expect(asBoth(value)).toEqual([{ k: entry }, { k: entry }]);
  });

  test('any text', () => {
    const likeNumbers = fc
      .array(fc.constantFrom(...Array.from('0123456789-+.:_eExobTZ aAfn'), 'inf', 'nan'), { maxLength: 12 })
      .map((characters) => characters.join(''));
    fc.assert(
      fc.property(fc.oneof(texts, likeNumbers), (text) => {
        const wellFormed = text.replace(/\p{Surrogate}/gu, '\ufffd');
        const value = writeContent(approval(wellFormed, { by: wellFormed }));
        const entry = { approved: wellFormed, by: wellFormed };
        expect(asBoth(value), value).toEqual([{ k: entry }, { k: entry }]);
        expect(value).not.toMatch(/[\n\r\u2028\u202e\ufeff]/);
      }),
      { numRuns: 1000 },
    );
  });

  test('a day is a day', () => {
    const value = writeContent(approval('x', { expires: '2027-11-23', date: '2026-11-23' }));
    expect(value).toBe('{ approved: x, expires: 2027-11-23, date: 2026-11-23 }');
    expect(asBoth(value)[1]).toEqual({
      k: { approved: 'x', expires: '2027-11-23', date: '2026-11-23' },
    });
  });
});

test('what is written is read in the same way, line by line', () => {
  fc.assert(
    fc.property(
      labels.chain((label) => contentsOf(label).map((content): Row => [label, content])),
      (row) => {
        const read = readLines(file, fileText(row));
        expect(read?.entries).toEqual([entryOf(row, { line: 5 })]);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('Prettier', () => {
  const ada = { by: 'Ada Lovelace <ada@example.org>', date: '2026-11-23' };
  const rows: readonly Row[] = [
    ['npm:@acme/*', approval('our own scope', ada)],
    ['npm:@acme/ui', approval('buttons: all of "them", and more', ada)],
    ['npm:left-pad', { kind: 'denied', reason: 'unmaintained since 2018', use: 'npm:string.pad', ...ada }],
    ['npm:on', approval('no', { unverified: true, ...ada })],
    [
      'npm:undici',
      approval('proxies', { created: '2018-07-11', repository: 'https://example.org/u', ...ada }),
    ],
    ['pypi:boto3', { kind: 'baseline', date: '2026-11-23' }],
    ['pypi:numpy', approval('arrays in the pricing model '.repeat(4).trim(), ada)],
    ['pypi:opencv-python', approval('reads pictures', { imports: ['cv2'], expires: '2027-11-23', ...ada })],
    ['pypi:pandas-toolbelt', { kind: 'requested', reason: 'for the report', ...ada }],
    ['pypi:pyyaml', { kind: 'baseline', date: '2026-11-23', imports: ['yaml', '_yaml'] }],
  ];

  test('leaves a new file with ten entries as it is', async () => {
    const edited = await edit(
      file,
      null,
      rows.map(([label, content]) => put(label, content)),
    );
    const text = edited.kind === 'edited' ? edited.text : '';
    expect(text).toBe(fileText(...rows));
    for (const printWidth of [50, 80, 110])
      expect(await check(text, { parser: 'yaml', printWidth }), `${String(printWidth)} columns`).toBe(true);
  });

  test('would break its long lines without the comment above the packages', async () => {
    const text = fileText(...rows).replace('# prettier-ignore\n', '');
    expect(await check(text, { parser: 'yaml', printWidth: 80 })).toBe(false);
  });

  test('leaves a file without entries as it is', async () => {
    expect(await check(newFileText(), { parser: 'yaml' })).toBe(true);
    expect(await check(newFileText(['npm']), { parser: 'yaml', singleQuote: true })).toBe(true);
  });
});
