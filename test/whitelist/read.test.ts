import { describe, expect, test } from 'vitest';
import { readLines } from '../../src/whitelist/line-reader.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { readWhitelistYaml } from '../../src/whitelist/yaml-reader.ts';
import { approval, entryOf, file, fileText, packagesText, type Row } from './entries.ts';

const ada = { by: 'Ada L <ada@example.org>', date: '2026-11-23' };
const documented: readonly Row[] = [
  ['npm:@acme/*', approval('our own scope', ada)],
  ['npm:request', { kind: 'denied', reason: 'unmaintained since 2020', use: 'npm:undici', ...ada }],
  ['pypi:boto3', { kind: 'baseline', date: '2026-11-23' }],
  ['pypi:numpy', approval('arrays in the pricing model', ada)],
  ['pypi:opencv-python', approval('reads pictures', { imports: ['cv2'], expires: '2027-11-23', ...ada })],
  ['pypi:pandas-toolbelt', { kind: 'requested', reason: 'for the report', ...ada }],
];
const example = `# What people decided about packages: one line each, in order, so that branches merge.
covers: [npm, pypi, golang, cargo, commands]
# prettier-ignore
packages:
  npm:@acme/*: { approved: our own scope, by: Ada L <ada@example.org>, date: 2026-11-23 }
  npm:request: { denied: unmaintained since 2020, use: npm:undici, by: Ada L <ada@example.org>, date: 2026-11-23 }
  pypi:boto3: { baseline: 2026-11-23 }
  pypi:numpy: { approved: arrays in the pricing model, by: Ada L <ada@example.org>, date: 2026-11-23 }
  pypi:opencv-python: { approved: reads pictures, imports: [cv2], expires: 2027-11-23, by: Ada L <ada@example.org>, date: 2026-11-23 }
  pypi:pandas-toolbelt: { requested: for the report, by: Ada L <ada@example.org>, date: 2026-11-23 }
`;

test('the example of the documentation', async () => {
  const read = await readWhitelist(file, example);
  expect(read.faults).toEqual([]);
  expect(read.warnings).toEqual([]);
  expect(read.entries).toEqual(documented.map((row, index) => entryOf(row, { line: index + 5 })));
  expect(read.covers).toEqual([
    { word: 'npm', line: 2, column: 10 },
    { word: 'pypi', line: 2, column: 15 },
    { word: 'golang', line: 2, column: 21 },
    { word: 'cargo', line: 2, column: 29 },
    { word: 'commands', line: 2, column: 36 },
  ]);
  expect(fileText(...documented)).toBe(example);
});

test('every key of an entry', async () => {
  const all: readonly Row[] = [
    [
      'pypi:cv',
      approval('reads: pictures #1', {
        imports: ['cv2', 'größe.x'],
        source: 'git+https://git.example.org/cv.git',
        despite: 'young',
        unverified: true,
        expires: '2027-11-23',
        ...ada,
        created: '2016-04-05',
        repository: 'https://example.org/cv',
        requestedBy: 'Grace',
      }),
    ],
    ['npm:a', { kind: 'denied', reason: 'no', use: 'npm:b', imports: ['a'], ...ada }],
    ['npm:b', { kind: 'baseline', imports: ['b'], by: 'Ada', date: '2024-02-29' }],
    ['npm:c', { kind: 'requested', reason: 'x', imports: ['c'], ...ada }],
  ];
  const text = fileText(...all);
  const expected = all.map((row, index) => entryOf(row, { line: index + 5 }));
  expect(readLines(file, text)?.entries).toEqual(expected);
  expect((await readWhitelistYaml(file, text)).entries).toEqual(expected);
});

/** The same file as editors and machines of all kinds write it: one set of entries, whoever reads it. */
describe('the same entries', () => {
  const lines = example.split('\n');
  const spread = example.replace(
    '{ baseline: 2026-11-23 }',
    '\n    baseline: "2026-11-23" # the day\n    # nothing else',
  );
  test.each([
    ['with CRLF', example.replaceAll('\n', '\r\n')],
    ['without a final newline', example.trimEnd()],
    ['with empty lines and comments', lines.map((line) => `${line}\n  # why\n\n`).join('')],
    ['behind the packages what stood above', [...lines.slice(2), lines[1], ''].join('\n')],
    ['indented more', example.replaceAll('\n  ', '\n     ')],
    ['with the end of another tool’s comment', `${example}# end`],
    ['as a document of YAML', `---\n${example}...\n`],
    ['with an entry over several lines', spread],
    ['with an explicit key', example.replace('pypi:boto3: {', '? pypi:boto3\n  : {')],
    ['in braces', `packages: {${lines.slice(4, -1).join(',')}}`],
  ])('%s', async (_, text) => {
    for (const marked of [text, `\ufeff${text}`]) {
      const { faults, entries } = await readWhitelist(file, marked);
      expect(faults).toEqual([]);
      expect(entries.map((entry) => ({ ...entry, line: 1 }))).toEqual(documented.map((row) => entryOf(row)));
    }
  });

  test('a byte-order mark moves no column', async () => {
    const { faults, covers } = await readWhitelist(file, '\ufeffcovers: [npm]\npackages: x\n');
    expect(faults).toMatchObject([{ line: 2, column: 11 }]);
    expect(covers).toEqual([{ word: 'npm', line: 1, column: 10 }]);
  });
});

describe('valid without a single entry', () => {
  test.each([
    '',
    '\n',
    '# only a comment',
    '---\n',
    '%YAML 1.2\n---\n',
    'packages:\n',
    'packages: {}',
    'packages: {} # none',
    'packages: ~\n',
    'packages:\n  # none\n',
    'covers: [npm]\n',
    'covers: []\n',
    'extends: []\n',
    '\ufeff',
    '{}',
  ])('%j', async (text) => {
    expect(await readWhitelist('a.yaml', text)).toMatchObject({ entries: [], faults: [], warnings: [] });
  });
});

describe('what counts although it looks odd', () => {
  test('names that YAML, or JavaScript, takes for something else', async () => {
    const text = packagesText(
      'npm:null: { denied: x }',
      'pypi:1.0: { denied: 2020 }',
      'npm:constructor: { denied: true }',
      'npm:-: { denied: 1e3 }',
      'npm:~x: { denied: no }',
    );
    const read = await readWhitelist('a.yaml', text);
    expect(read.entries.map(({ name, reason }) => [name, reason])).toEqual([
      ['null', 'x'],
      ['1-0', '2020'],
      ['constructor', 'true'],
      ['-', '1e3'],
      ['~x', 'no'],
    ]);
  });

  test('modules are compared as CPython compares identifiers', async () => {
    const read = await readWhitelist(
      'a.yaml',
      packagesText('pypi:a: { approved: x, imports: [ﬁle, größe.x] }'),
    );
    expect(read.entries[0]?.imports).toEqual(['file', 'größe.x']);
  });

  test('words of covers that nobody knows yet', async () => {
    const read = await readWhitelist('a.yaml', 'covers: [npm, golang, "commands"] # later\n');
    expect(read.faults).toEqual([]);
    expect(read.covers?.map(({ word }) => word)).toEqual(['npm', 'golang', 'commands']);
  });

  test.each([
    ['extends: [team/a.yaml, b.yaml]\n', 1],
    ['extends:\n  - team/a.yaml\n  - b.yaml\n', 2],
    ['extends:\n- team/a.yaml\n- b.yaml\n', 2],
    ['extends: [\n  team/a.yaml, b.yaml ]\n', 2],
  ])('%j', async (text, line) => {
    const read = await readWhitelist('a.yaml', text);
    expect(read.extends.map(({ path }) => path)).toEqual(['team/a.yaml', 'b.yaml']);
    expect(read.extends[0]?.line).toBe(line);
  });

  test('a path alone, and words alone', async () => {
    const read = await readWhitelist('a.yaml', 'extends: b.yaml\ncovers: npm\n');
    expect(read.extends).toEqual([{ path: 'b.yaml', line: 1, column: 10 }]);
    expect(read.covers).toEqual([{ word: 'npm', line: 2, column: 9 }]);
  });
});

describe('is read and said', () => {
  const twice = (line: number, key: string) =>
    `a.yaml:${line}: “${key}” is a duplicate key; both parts count, and the next edit joins them`;
  const long = (line: number, key: string) =>
    `a.yaml:${line}: “${key}” spans several lines, which a merge can split; the next edit joins them`;

  test('what a merge left twice: both count', async () => {
    const text = [
      'covers: [npm]',
      'covers: [npm, pypi]',
      'extends: [a.yaml]',
      'extends: [b.yaml]',
      'packages:',
      '  npm:a: { approved: x }',
      'packages:',
      '  npm:b: { approved: x }',
    ].join('\n');
    const read = await readWhitelist('a.yaml', text);
    expect(read.faults).toEqual([]);
    expect(read.warnings).toEqual([twice(2, 'covers'), twice(4, 'extends'), twice(7, 'packages')]);
    expect(read.covers?.map(({ word }) => word)).toEqual(['npm', 'npm', 'pypi']);
    expect(read.extends.map(({ path }) => path)).toEqual(['a.yaml', 'b.yaml']);
    expect(read.entries.map(({ name, line }) => `${name} ${line}`)).toEqual(['a 6', 'b 8']);
  });

  test.each([
    'npm:a:\n    approved: x',
    'npm:a:\n    { approved: x }',
    'npm:a: { approved: x,\n    by: y }',
    'npm:a: { approved: "x\n    y" }',
    'npm:a: { approved: x # why\n    }',
    'npm:a:\n    # why\n    approved: >-\n      x\n      y',
    '? npm:a\n  : { approved: x }',
    'npm:a: {\n\n    approved: x }',
  ])('an entry over several lines: %j', async (entry) => {
    const read = await readWhitelist('a.yaml', packagesText(entry, 'npm:b: { approved: y }'));
    expect(read.faults).toEqual([]);
    expect(read.warnings).toEqual([long(2, 'npm:a')]);
    expect(read.entries.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test.each([
    '  npm:a: { approved: x }\n\n  # why\n\n  npm:b: { approved: y }\n',
    '  npm:a: { approved: x }\n     # deeper\n  npm:b: { "approved": y }\n',
    '  npm:a: { approved: x }\n  npm:b: { approved: y } # z\n\nextends: a.yaml\n',
  ])('nothing of entries on one line: %j', async (lines) => {
    const read = await readWhitelist('a.yaml', `packages:\n${lines}`);
    expect(read.warnings).toEqual([]);
    expect(read.entries).toHaveLength(2);
  });
});

describe('the form of version 0.1.0', () => {
  const next =
    'Run `vetted-imports init --update`: it shows the file with one line for each decision, and writes it.';
  const old = `# The policy.
approved:
  npm:
    lodash: { reason: texts, by: Ada, date: 2026-11-23, expires: 2027-11-23, imports: [lodash] }
    "@acme/*": {}
  pypi:
    Foo_Bar:
      source: ./foo
      unverified: true
denied:
  npm:
    request: { reason: unmaintained, use: undici }
baseline: { pypi: { boto3: {} } }
requested:
  pypi: { a: ~ }
`;
  const entries = [
    entryOf(
      [
        'npm:lodash',
        approval('texts', { by: 'Ada', date: '2026-11-23', expires: '2027-11-23', imports: ['lodash'] }),
      ],
      { line: 4 },
    ),
    entryOf(['npm:@acme/*', { kind: 'approved' }], { line: 5 }),
    entryOf(['pypi:foo-bar', { kind: 'approved', source: './foo', unverified: true }], { line: 7 }),
    entryOf(['npm:request', { kind: 'denied', reason: 'unmaintained', use: 'npm:undici' }], { line: 12 }),
    entryOf(['pypi:boto3', { kind: 'baseline' }], { line: 13 }),
    entryOf(['pypi:a', { kind: 'requested' }], { line: 15 }),
  ];
  const heading = (line: number, key: string) => ({
    kind: 'whitelist',
    file,
    line,
    column: 1,
    message: `the heading “${key}” has the form of version 0.1.0`,
    next,
  });

  test('is one fault, and its entries are given', async () => {
    const read = await readWhitelist(file, old);
    expect(read.faults).toEqual([heading(2, 'approved')]);
    expect(read.warnings).toEqual([]);
    expect(read.entries).toEqual(entries);
  });

  test.each(['requested: {}', 'denied:', 'baseline: []', 'approved: yes'])(
    '%s alone is it, too',
    async (text) => {
      const { faults, entries: none } = await readWhitelist(file, text);
      expect(faults).toEqual([heading(1, text.slice(0, text.indexOf(':')))]);
      expect(none).toEqual([]);
    },
  );

  test('what nobody understands of it is left out, without another fault', async () => {
    const text = `approved:
  npm: { "a b": {}, a: { reson: x, expires: soon, imports: [c d, e] }, b: [] }
  maven: { guava: {} }
  pypi: [numpy]
`;
    const read = await readWhitelist(file, text);
    expect(read.faults).toEqual([heading(1, 'approved')]);
    expect(read.entries).toEqual([
      entryOf(['npm:a', { kind: 'approved', imports: ['e'] }], { line: 2 }),
      entryOf(['npm:b', { kind: 'approved' }], { line: 2 }),
    ]);
  });

  test('a heading twice, and both forms after a merge', async () => {
    const text = `${packagesText('npm:x: { denied: y }')}denied:\n  npm: { a: {} }\ndenied:\n  npm: { b: {} }\n`;
    const read = await readWhitelist(file, text);
    expect(read.faults).toEqual([heading(3, 'denied')]);
    expect(read.warnings).toEqual([]);
    expect(read.entries.map(({ kind, name, line }) => `${kind} ${name} ${line}`)).toEqual([
      'denied x 2',
      'denied a 4',
      'denied b 6',
    ]);
  });
});
