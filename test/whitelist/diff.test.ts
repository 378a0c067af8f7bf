import { describe, expect, test } from 'vitest';
import { loosened, type WhitelistState } from '../../src/whitelist/diff.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';

async function state(text: string | null): Promise<WhitelistState> {
  const { file, entries, faults } = await readWhitelist('approved-packages.yaml', text ?? '');
  expect(faults).toEqual([]);
  return { file, exists: text !== null, entries };
}

async function changes(before: string | null, after: string | null): Promise<string[]> {
  const found = loosened(await state(before), await state(after));
  return found.map(({ line, what }) => `${line}: ${what}`);
}

const section = (name: string) => (line: string) => `${name}:\n  pypi:\n    ${line}\n`;
const [approved, denied, baseline, requested] = ['approved', 'denied', 'baseline', 'requested'].map(section);

const approval = (line: string) => approved?.(line) ?? '';
const denial = (line: string) => denied?.(line) ?? '';
const base = (line: string) => baseline?.(line) ?? '';
const request = (line: string) => requested?.(line) ?? '';

describe('what loosens', () => {
  const cases: [string, string | null, string | null, string[]][] = [
    ['a new approval', null, approval('numpy: {}'), ['3: approved pypi:numpy']],
    ['an approved scope', '', 'approved:\n  npm:\n    "@acme/*": {}\n', ['3: approved npm:@acme/*']],
    ['a granted request', request('a: {}'), approval('a: {}'), ['3: approved pypi:a']],
    ['a request of an approval', base('a: {}'), approval('a: {}'), ['3: approved pypi:a']],
    ['growth of the baseline', base('a: {}'), base('a: {}\n    b: {}'), ['4: added pypi:b to the baseline']],
    [
      'a later end',
      approval('a: { expires: 2026-01-01 }'),
      approval('a: { expires: 2027-01-01 }'),
      ['3: extended the approval of pypi:a from 2026-01-01 to 2027-01-01'],
    ],
    [
      'no end any more',
      approval('a: { expires: 2026-01-01 }'),
      approval('a: {}'),
      ['3: removed the end of the approval of pypi:a (2026-01-01)'],
    ],
    [
      'an end that goes, so that the baseline covers',
      approval('a: { expires: 2026-01-01 }') + base('a: {}'),
      base('a: {}'),
      ['3: removed the end of the approval of pypi:a (2026-01-01): pypi:a is baseline'],
    ],
    [
      'an end that goes, so that the scope covers',
      'approved:\n  npm:\n    "@a/*": {}\n    "@a/x": { expires: 2026-01-01 }\n',
      'approved:\n  npm:\n    "@a/*": {}\n',
      ['3: removed the end of the approval of npm:@a/x (2026-01-01): npm:@a/* is approved'],
    ],
    [
      'one more module',
      approval('a: { imports: [x] }'),
      approval('a: { imports: [x, y, z] }'),
      ['3: lets pypi:a provide y, z'],
    ],
    [
      'one more module in a second entry',
      approval('a: { imports: [x] }'),
      approval('a: { imports: [x] }\n    A: { imports: [y] }'),
      ['4: lets pypi:a provide y'],
    ],
    [
      'an approval that names a source',
      '',
      approval('a: { source: ./a }'),
      ['3: approved pypi:a also from ./a'],
    ],
    [
      'a source of what was approved',
      approval('a: {}'),
      approval('a: { source: ./a }'),
      ['3: lets pypi:a come from ./a'],
    ],
    [
      'another source and a later end',
      approval('a: { source: ./a, expires: 2026-01-01 }'),
      approval('a: { source: ./b, expires: 2027-01-01 }'),
      ['3: extended the approval of pypi:a from 2026-01-01 to 2027-01-01', '3: lets pypi:a come from ./b'],
    ],
    [
      'one source that is left of two, which approved neither',
      approval('a: { source: ./a }\n    a: { source: ./b }'),
      approval('a: { source: ./a }'),
      ['3: lets pypi:a come from ./a'],
    ],
    ['a denial that is gone', denial('a: {}'), '', ['3: removed the denial of pypi:a']],
    [
      'a denial of less',
      denial('a: { imports: [x, y] }'),
      denial('a: { imports: [y] }'),
      ['3: no longer denies pypi:a as x'],
    ],
    [
      'a denied scope that becomes one package',
      'denied:\n  npm:\n    "@a/*": {}\n',
      'denied:\n  npm:\n    "@a/x": {}\n',
      ['3: removed the denial of npm:@a/*'],
    ],
    ['the whitelist itself', '', null, ['1: removed the whitelist approved-packages.yaml']],
  ];
  test.each(cases)('%s', async (...[, before, after, expected]) => {
    expect(await changes(before, after)).toEqual(expected);
  });
});

describe('what does not', () => {
  const cases: [string, string | null, string | null][] = [
    ['nothing', approval('a: {}'), approval('a: {}')],
    ['a source that is gone', approval('a: { source: ./a }'), approval('a: {}')],
    ['a reason', approval('a: {}'), approval('a: { reason: b }')],
    ['an earlier end', approval('a: {}'), approval('a: { expires: 2026-01-01 }')],
    ['fewer modules', approval('a: { imports: [x] }'), approval('a: {}')],
    ['a removed approval', approval('a: {}\n    b: {}'), approval('a: {}')],
    ['a smaller baseline', base('a: {}\n    b: {}'), base('a: {}')],
    ['a denial', '', denial('a: { imports: [x] }')],
    ['a denial with more modules', denial('a: {}'), denial('a: { imports: [x] }')],
    ['a request', '', request('a: { imports: [x] }')],
    ['another spelling', approval('A_b: {}'), approval('a-b: {}')],
  ];
  test.each(cases)('%s', async (...[, before, after]) => {
    expect(await changes(before, after)).toEqual([]);
  });
});

test('who and why come from the entry; of a removal nobody knows', async () => {
  const text = approval('numpy: { reason: arrays, by: Ada L <ada@example.org> }');
  expect(loosened(await state(''), await state(text))).toEqual([
    {
      file: 'approved-packages.yaml',
      line: 3,
      what: 'approved pypi:numpy',
      approves: { ecosystem: 'pypi', name: 'numpy' },
      by: 'Ada L <ada@example.org>',
      reason: 'arrays',
    },
  ]);
  const gone = loosened(await state(denial('a: { by: x, reason: y }')), await state(''));
  expect(gone).toMatchObject([{ by: null, reason: null }]);
});
