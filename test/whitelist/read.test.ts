import { describe, expect, test } from 'vitest';
import { readWhitelist } from '../../src/whitelist/read.ts';

const nothing = {
  imports: [],
  source: null,
  reason: null,
  by: null,
  date: null,
  expires: null,
  use: null,
  created: null,
  repository: null,
  despite: null,
  unverified: false,
};

test('the example of the documentation', async () => {
  const text = `approved:
  pypi:
    numpy: { reason: arrays in the pricing model, by: Ada L <ada@example.org>, date: 2026-11-23 }
    opencv-python: { imports: [cv2], reason: …, expires: 2027-11-23 }
  npm:
    "@acme/*": { reason: our own scope }
denied:
  npm:
    request: { reason: unmaintained since 2020, use: undici }
baseline:            # declared before the linter came; only ever shrinks
  pypi: { Boto3: {}, pyyaml: { imports: [yaml] } }
requested: {}        # asked for by an assistant or a colleague; approves nothing
`;
  const read = await readWhitelist('approved-packages.yaml', text);
  const file = 'approved-packages.yaml';
  const approved = { ...nothing, section: 'approved', ecosystem: 'pypi', file };
  const by = 'Ada L <ada@example.org>';
  const reason = 'arrays in the pricing model';
  expect(read.faults).toEqual([]);
  expect(read.warnings).toEqual([]);
  expect(read.entries).toEqual([
    { ...approved, name: 'numpy', reason, by, date: '2026-11-23', line: 3 },
    { ...approved, name: 'opencv-python', imports: ['cv2'], reason: '…', expires: '2027-11-23', line: 4 },
    { ...approved, ecosystem: 'npm', name: '@acme/*', reason: 'our own scope', line: 6 },
    {
      ...nothing,
      section: 'denied',
      ecosystem: 'npm',
      name: 'request',
      reason: 'unmaintained since 2020',
      use: 'undici',
      file,
      line: 9,
    },
    { ...nothing, section: 'baseline', ecosystem: 'pypi', name: 'boto3', file, line: 11 },
    { ...nothing, section: 'baseline', ecosystem: 'pypi', name: 'pyyaml', imports: ['yaml'], file, line: 11 },
  ]);
});

describe('a mistake of YAML is told alone where what stands behind it seems wrong because of it', () => {
  test.each([
    ['approved:\n  pypi:\n\tnumpy: { reason: x }\n', ['3:1 Tabs']],
    ['approved:\n\tpypi: { numpy: { reason: x } }\n', ['2:1 Tabs']],
    ['aproved: {}\napproved:\n\tpypi: { numpy: {} }\n', ['1:1 unknown key', '3:1 Tabs']],
    ['approved:\n  pypi: { numpy: !x {} }\n  pip: {}\n', ['2:18 Unresolved tag', '3:3 unknown key']],
  ])('%j', async (text, expected) => {
    const { faults } = await readWhitelist('approved-packages.yaml', text);
    const told = faults.map(({ line, column, message }) => {
      const [words = ''] = /Tabs|unknown key|Unresolved tag|$/.exec(message) ?? [];
      return `${String(line)}:${String(column)} ${words}`;
    });
    expect(told).toEqual(expected);
  });
});

describe('valid without a single entry', () => {
  test.each([
    '',
    '\n',
    '# only a comment',
    '---\n',
    'requested: {}',
    'approved:\n',
    'approved:\n  pypi: ~\n',
    '\ufeff',
    '{}',
  ])('%j', async (text) => {
    expect(await readWhitelist('a.yaml', text)).toMatchObject({ entries: [], faults: [], warnings: [] });
  });
});

describe('every fault has its place, and says what to do', () => {
  const inPypi = (line: string) => `approved:\n  pypi:\n    ${line}\n`;
  const cases: [string, string, string][] = [
    ['aproved: {}', '1:1 unknown key “aproved”', 'Did you mean “approved”?'],
    ['approved:\n  pipy: {}', '2:3 unknown key “pipy”', 'Did you mean “pypi”?'],
    ['approved:\n  cargo: {}', '2:3 unknown key “cargo”', 'Keys here are npm, pypi.'],
    [inPypi('x: { resaon: y }'), '3:10 unknown key “resaon”', 'Did you mean “reason”?'],
    [inPypi('x: { use: y }'), '3:10 “use” means nothing under “approved”', 'Keys here are'],
    [inPypi('x: { by: a, by: b }'), '3:17 “by” stands twice', 'Keep one'],
    [inPypi('x: because'), '3:8 expected a map, found a text', '{ reason: … }'],
    ['approved:\n  pypi: [numpy]', '2:9 expected a map, found a list', 'numpy: {}'],
    ['- approved', '1:1 expected a map, found a list', 'sections'],
    ['approved', '1:1 expected a map, found a text', 'sections'],
    [inPypi('x: { reason: [a] }'), '3:18 “reason” is a text', 'one line'],
    [inPypi('x: { reason: { a: b } }'), '3:18 “reason” holds a map', 'text'],
    [inPypi('x: { imports: cv2 }'), '3:19 “imports” is a list of modules', '[cv2]'],
    [inPypi('x: { imports: [c-v] }'), '3:20 “c-v” can’t be imported', 'such as cv2'],
    [inPypi('x: { imports: [[a]] }'), '3:20 expected a name, found a list', 'Write a name'],
    [inPypi('x: { date: yesterday }'), '3:16 “date” is a calendar day', '2026-11-23'],
    [inPypi('x: { expires: 2026-02-29 }'), '3:19 “expires” is a calendar day', '2026-11-23'],
    [inPypi('x: { unverified: "true" }'), '3:22 “unverified” is true or false', 'true'],
    [inPypi('numpy==1.0: {}'), '3:5 “numpy==1.0” can’t be the name of a package on PyPI', 'without version'],
    [inPypi('"@acme/*": {}'), '3:5 “@acme/*” is no pattern', '@acme/*'],
    ['approved:\n  npm:\n    "lodash*": {}', '3:5 “lodash*” is no pattern', '@acme/*'],
    [
      'approved:\n  npm:\n    "@acme/*": { imports: [x] }',
      '3:27 “imports” means nothing for a whole scope',
      'package',
    ],
    [
      'approved:\n  npm:\n    "@acme/*": { source: ./x }',
      '3:26 “source” means nothing for a whole scope',
      'package',
    ],
    [
      'denied:\n  npm:\n    x: { source: ./x }',
      '3:10 “source” means nothing under “denied”',
      'Keys here are',
    ],
    [inPypi('x: { source: [a] }'), '3:18 “source” is a text', 'one line'],
    [inPypi('[a]: {}'), '3:5 a key must be a plain name', 'colon'],
    [inPypi('a: &x {}\n    b: *x'), '4:8 the alias *x is not allowed', 'Write the value out'],
    [inPypi('a: !secret {}'), '3:8 not valid YAML: Unresolved tag', 'quote'],
    [inPypi('a: {'), '4:1 not valid YAML', 'quote'],
    [inPypi('a: {}\n\tb: {}'), '4:1 not valid YAML', 'indentation'],
    ['['.repeat(100_000), '1:101 the file is nested more than 100 levels deep', 'Nest less'],
    ['- '.repeat(20_000), '1:1 the file is nested', 'Nest less'],
    [
      'approved:\n<<<<<<< HEAD\n  npm: {}\n=======\n>>>>>>> topic\n',
      '2:1 the file holds git’s conflict markers',
      'Resolve',
    ],
    ['approved: {}\r# hidden\rdenied: {}', '1:13 the control character U+000D', 'Delete'],
    ['approved: {} # \0', '1:16 the control character U+0000', 'Delete'],
    ['approved: {}\n---\ndenied: {}', '2:1 not valid YAML', 'quote'],
    ['extends: [../other.yaml]', '1:11 the path “../other.yaml” leaves the repository', 'this repository'],
    ['extends: /etc/passwd', '1:10 the path “/etc/passwd” is absolute', 'this repository'],
    ['extends: [team.txt]', '1:11 the path “team.txt” does not end in .yaml or .yml', 'this repository'],
  ];
  test.each(cases)('%j', async (text, fault, next) => {
    const { faults } = await readWhitelist('a.yaml', text);
    const told = faults.map(({ line, column, message }) => `${line ?? 0}:${column ?? 0} ${message}`);
    expect(told.join('\n')).toContain(fault);
    expect(faults.map((one) => one.next).join('\n')).toContain(next);
  });

  test('all of them at once, in the order of the text', async () => {
    const { faults, entries } = await readWhitelist(
      'a.yaml',
      'x: {}\napproved:\n  pypi:\n    a b: {}\n    c: { by: [] }\n',
    );
    expect(faults.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [4, 5],
      [5, 14],
    ]);
    expect(entries.map(({ name }) => name)).toEqual(['a b', 'c']);
  });

  test('an alias bomb is not expanded', async () => {
    const bomb = Array.from(
      { length: 30 },
      (_, index) => `a${index}: &a${index} [${`*a${index - 1},`.repeat(9)}]`,
    );
    const { faults } = await readWhitelist('a.yaml', ['a-1: &a-1 []', ...bomb].join('\n'));
    expect(faults.length).toBeGreaterThan(30);
  });
});

describe('what counts although it looks odd', () => {
  test('a section that a merge left twice', async () => {
    const read = await readWhitelist('a.yaml', 'denied:\n  npm:\n    a: {}\ndenied:\n  npm:\n    b: {}\n');
    expect(read.entries.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(read.faults).toEqual([]);
    expect(read.warnings).toEqual(['a.yaml:4: “denied” stands a second time here; both parts count']);
  });

  test('names that YAML takes for something else', async () => {
    const read = await readWhitelist(
      'a.yaml',
      'denied:\n  npm:\n    null: {}\n    1.0: { reason: 2020 }\n    constructor: {}\n',
    );
    expect(read.entries.map(({ name, reason }) => [name, reason])).toEqual([
      ['null', null],
      ['1.0', '2020'],
      ['constructor', null],
    ]);
  });

  test('modules are compared as CPython compares identifiers', async () => {
    const read = await readWhitelist('a.yaml', 'approved:\n  pypi:\n    a: { imports: [ﬁle, größe.x] }\n');
    expect(read.entries[0]?.imports).toEqual(['file', 'größe.x']);
  });

  test.each(['extends: [team/a.yaml, b.yaml]\n', 'extends:\n  - team/a.yaml\n  - b.yaml\n'])(
    '%j',
    async (text) => {
      const read = await readWhitelist('a.yaml', text);
      expect(read.extends.map(({ path }) => path)).toEqual(['team/a.yaml', 'b.yaml']);
      expect(read.extends[0]?.line).toBe(text.includes('-') ? 2 : 1);
    },
  );
});
