import { describe, expect, test } from 'vitest';
import type { Package } from '../../src/model/package.ts';
import type { Entry, TrustedRecords } from '../../src/model/status.ts';
import { loosened, type TrustedState } from '../../src/whitelist/diff.ts';
import { entryOf, type EntryFields } from '../kit/entries.ts';

const file = 'approved-packages.yaml';
const today = '2026-11-23';

/** A whitelist whose entries stand in its lines from the first on; null where there is none. */
function state(entries: readonly Entry[] | null, trust: TrustedRecords = 'whitelist'): TrustedState {
  const lines = (entries ?? []).map((entry, at) => ({ ...entry, line: at + 1 }));
  return {
    file,
    exists: entries !== null,
    entries: lines,
    trustIn: () => trust,
    covers: new Set(['npm', 'pypi']),
  };
}

function changes(
  before: TrustedState,
  after: TrustedState,
  declared: readonly Package[] = [],
): readonly string[] {
  return loosened(before, after, { today, declared }).map(({ line, what }) => `${line}: ${what}`);
}

const approved = (label: string, fields?: EntryFields) => entryOf('approved', label, fields);
const denied = (label: string, fields?: EntryFields) => entryOf('denied', label, fields);
const baseline = (label: string, fields?: EntryFields) => entryOf('baseline', label, fields);
const requested = (label: string) => entryOf('requested', label);
/** Ends before today, and after it. */
const [past, soon, later] = ['2026-01-01', '2026-12-01', '2027-01-01'];

type Entries = readonly Entry[] | null;

describe('what loosens', () => {
  const cases: [string, Entries, Entries, string[]][] = [
    ['a new approval', null, [approved('pypi:numpy')], ['1: approved pypi:numpy']],
    [
      'a new approval that no registry had answered for, which is a request in CI',
      [],
      [approved('pypi:numpy', { unverified: true })],
      ['1: approved pypi:numpy (unverified: no registry had answered)'],
    ],
    [
      'the same of a denied package',
      [denied('pypi:numpy')],
      [approved('pypi:numpy', { unverified: true })],
      ['1: approved pypi:numpy (unverified: no registry had answered), which was denied'],
    ],
    ['an approved scope', [], [approved('npm:@acme/*')], ['1: approved npm:@acme/*']],
    [
      'an approved scope, of which a package was asked for',
      [requested('npm:@acme/x')],
      [approved('npm:@acme/*'), requested('npm:@acme/x')],
      ['1: approved npm:@acme/*'],
    ],
    ['a granted request', [requested('pypi:a')], [approved('pypi:a')], ['1: approved pypi:a']],
    ['an approval of the baseline', [baseline('pypi:a')], [approved('pypi:a')], ['1: approved pypi:a']],
    [
      'growth of the baseline',
      [baseline('pypi:a')],
      [baseline('pypi:a'), baseline('pypi:b')],
      ['2: added pypi:b to the baseline'],
    ],
    [
      'a later end',
      [approved('pypi:a', { expires: past })],
      [approved('pypi:a', { expires: later })],
      ['1: extended the approval of pypi:a from 2026-01-01 to 2027-01-01'],
    ],
    [
      'a later end of what is not over',
      [approved('pypi:a', { expires: soon })],
      [approved('pypi:a', { expires: later })],
      ['1: extended the approval of pypi:a from 2026-12-01 to 2027-01-01'],
    ],
    [
      'no end any more',
      [approved('pypi:a', { expires: past })],
      [approved('pypi:a')],
      ['1: removed the expiry date of the approval of pypi:a (2026-01-01)'],
    ],
    [
      'an end that goes, so that the baseline covers',
      [approved('pypi:a', { expires: past }), baseline('pypi:a')],
      [baseline('pypi:a')],
      ['1: removed the expiry date of the approval of pypi:a (2026-01-01): pypi:a is baseline'],
    ],
    [
      'an end that goes, so that the scope covers',
      [approved('npm:@a/*'), approved('npm:@a/x', { expires: soon })],
      [approved('npm:@a/*')],
      ['1: removed the expiry date of the approval of npm:@a/x (2026-12-01): npm:@a/* is approved'],
    ],
    [
      'an end that goes, so that a scope with a later one covers',
      [approved('npm:@a/*', { expires: later }), approved('npm:@a/x', { expires: soon })],
      [approved('npm:@a/*', { expires: later })],
      ['1: extended the approval of npm:@a/x from 2026-12-01 to 2027-01-01: npm:@a/* is approved'],
    ],
    [
      'a scope that was over, so that the baseline covers one of its packages',
      [approved('npm:@a/*', { expires: past }), baseline('npm:@a/x')],
      [baseline('npm:@a/x')],
      [
        '1: removed the expiry date of the approval of npm:@a/* (2026-01-01): npm:@a/x is baseline',
        '1: removed the approval of npm:@a/*, which ended on 2026-01-01',
      ],
    ],
    [
      'an expired approval and goes',
      [approved('pypi:a', { expires: past })],
      [],
      ['1: removed the approval of pypi:a, which ended on 2026-01-01'],
    ],
    [
      'an expired approval and becomes a request',
      [approved('pypi:a', { expires: past })],
      [requested('pypi:a')],
      ['1: removed the approval of pypi:a, which ended on 2026-01-01'],
    ],
    [
      'one more module',
      [approved('pypi:a', { imports: ['x'] })],
      [approved('pypi:a', { imports: ['x', 'y', 'z'] })],
      ['1: lets pypi:a provide y', '1: lets pypi:a provide z'],
    ],
    [
      'one more module, and an end that goes',
      [approved('pypi:a', { imports: ['x'], expires: past })],
      [approved('pypi:a', { imports: ['x', 'y'] })],
      ['1: removed the expiry date of the approval of pypi:a (2026-01-01)', '1: lets pypi:a provide y'],
    ],
    [
      'one more module in two entries that both name it',
      [approved('pypi:a', { imports: ['x'] }), approved('pypi:a', { imports: ['x', 'y'] })],
      [approved('pypi:a', { imports: ['x', 'y'] }), approved('pypi:a', { imports: ['x', 'y'] })],
      ['1: lets pypi:a provide y'],
    ],
    [
      'an approval that names a source',
      [],
      [approved('pypi:a', { source: './a' })],
      ['1: approved pypi:a from ./a'],
    ],
    [
      'a source of what was approved',
      [approved('pypi:a')],
      [approved('pypi:a', { source: './a' })],
      ['1: lets pypi:a come from ./a'],
    ],
    [
      'another source and a later end',
      [approved('pypi:a', { source: './a', expires: past })],
      [approved('pypi:a', { source: './b', expires: later })],
      ['1: extended the approval of pypi:a from 2026-01-01 to 2027-01-01', '1: lets pypi:a come from ./b'],
    ],
    [
      'one source that is left of two, which approved neither',
      [approved('pypi:a', { source: './a' }), approved('pypi:a', { source: './b' })],
      [approved('pypi:a', { source: './a' })],
      ['1: lets pypi:a come from ./a'],
    ],
    ['a denial that is gone', [denied('pypi:a')], [], ['1: removed the denial of pypi:a']],
    [
      'a denial that becomes a request',
      [denied('pypi:a')],
      [requested('pypi:a')],
      ['1: removed the denial of pypi:a'],
    ],
    [
      'a denial that becomes an approval',
      [denied('pypi:a')],
      [approved('pypi:a')],
      ['1: approved pypi:a, which was denied'],
    ],
    [
      'a denial that becomes an approval which is over',
      [denied('pypi:a')],
      [approved('pypi:a', { expires: past })],
      ['1: removed the denial of pypi:a: pypi:a is expired'],
    ],
    [
      'a denial that goes, so that the scope covers',
      [denied('npm:@a/x'), approved('npm:@a/*')],
      [approved('npm:@a/*')],
      ['1: removed the denial of npm:@a/x: npm:@a/* is approved'],
    ],
    [
      'a denial that goes, while the scope is approved',
      [denied('npm:@a/x'), denied('npm:@a/y'), baseline('npm:@a/z')],
      [approved('npm:@a/*'), denied('npm:@a/y')],
      ['1: approved npm:@a/*', '1: removed the denial of npm:@a/x: npm:@a/* is approved'],
    ],
    [
      'a denied scope that goes, with an approved package in it',
      [denied('npm:@a/*'), approved('npm:@a/x')],
      [approved('npm:@a/x')],
      ['1: approved npm:@a/x, which was denied', '1: removed the denial of npm:@a/*'],
    ],
    [
      'a denial of less',
      [denied('pypi:a', { imports: ['x', 'y'] })],
      [denied('pypi:a', { imports: ['y'] })],
      ['1: no longer denies pypi:a as x'],
    ],
    [
      'a denied scope that becomes one package',
      [denied('npm:@a/*')],
      [denied('npm:@a/x')],
      ['1: removed the denial of npm:@a/*'],
    ],
    [
      'what a denial suggests',
      [denied('npm:request')],
      [denied('npm:request', { use: 'npm:undici' })],
      ['1: suggests npm:undici in place of npm:request'],
    ],
    [
      'something else that a denial suggests',
      [denied('npm:request', { use: 'npm:got' })],
      [denied('npm:request', { use: 'npm:undici' })],
      ['1: suggests npm:undici in place of npm:request'],
    ],
    [
      'a new denial as bait',
      [approved('npm:lodash')],
      [denied('npm:lodash', { use: 'npm:lodash-fast-utils' })],
      ['1: suggests npm:lodash-fast-utils in place of npm:lodash'],
    ],
    ['the whitelist itself', [], null, ['1: removed the whitelist approved-packages.yaml']],
  ];
  test.each(cases)('%s', (...[, before, after, expected]) => {
    expect(changes(state(before), state(after))).toEqual(expected);
  });
});

describe('what does not', () => {
  const cases: [string, Entries, Entries][] = [
    ['nothing', [approved('pypi:a')], [approved('pypi:a')]],
    ['another order', [approved('pypi:a'), denied('pypi:b')], [denied('pypi:b'), approved('pypi:a')]],
    ['another file', [approved('pypi:a', { file: 'x.yaml' })], [approved('pypi:a', { file: 'y.yaml' })]],
    ['a source that is gone', [approved('pypi:a', { source: './a' })], [approved('pypi:a')]],
    ['a reason', [approved('pypi:a')], [approved('pypi:a', { reason: 'b' })]],
    ['an earlier end', [approved('pypi:a')], [approved('pypi:a', { expires: past })]],
    [
      'one more module in a second entry, because both have to name it',
      [approved('pypi:a', { imports: ['x'] })],
      [approved('pypi:a', { imports: ['x'] }), approved('pypi:a', { imports: ['x', 'y'] })],
    ],
    [
      'a module of what is approved, with the baseline, because the approval speaks alone',
      [approved('pypi:a')],
      [approved('pypi:a'), baseline('pypi:a', { imports: ['x'] })],
    ],
    [
      'a second entry that ends earlier',
      [approved('pypi:flask')],
      [approved('pypi:flask'), approved('pypi:flask', { reason: 'x', expires: past })],
    ],
    [
      'a second entry that ends earlier, some day',
      [approved('pypi:flask')],
      [approved('pypi:flask'), approved('pypi:flask', { expires: later })],
    ],
    [
      'a second entry with another source',
      [approved('pypi:a', { source: './a' })],
      [approved('pypi:a', { source: './a' }), approved('pypi:a', { source: './b' })],
    ],
    ['fewer modules', [approved('pypi:a', { imports: ['x'] })], [approved('pypi:a')]],
    ['a removed approval', [approved('pypi:a'), approved('pypi:b')], [approved('pypi:a')]],
    ['a removed approval that has an end', [approved('pypi:a', { expires: soon })], []],
    ['a smaller baseline', [baseline('pypi:a'), baseline('pypi:b')], [baseline('pypi:a')]],
    ['an approval that becomes one of the baseline', [approved('pypi:a')], [baseline('pypi:a')]],
    ['a denial', [], [denied('pypi:a', { imports: ['x'] })]],
    ['a denial of what is approved', [approved('pypi:a')], [approved('pypi:a'), denied('pypi:a')]],
    ['a denial with more modules', [denied('pypi:a')], [denied('pypi:a', { imports: ['x'] })]],
    ['a denial that suggests nothing any more', [denied('pypi:a', { use: 'pypi:b' })], [denied('pypi:a')]],
    ['a request', [], [requested('pypi:a')]],
    ['an expired approval from the start', [], [approved('pypi:a', { expires: past })]],
    [
      'a later end in the past',
      [approved('pypi:a', { expires: '2026-01-01' })],
      [approved('pypi:a', { expires: '2026-02-01' })],
    ],
  ];
  test.each(cases)('%s', (...[, before, after]) => {
    expect(changes(state(before), state(after))).toEqual([]);
  });
});

describe('where manifests are trusted', () => {
  const declared = [{ ecosystem: 'pypi', name: 'numpy' }];
  const ended = [approved('pypi:numpy', { expires: past })];

  test.each<[string, TrustedState, TrustedState, string[]]>([
    [
      'an expired approval goes, and the package passes',
      state(ended, 'manifests'),
      state([], 'manifests'),
      ['1: removed the expiry date of the approval of pypi:numpy (2026-01-01): manifests declare pypi:numpy'],
    ],
    [
      'so does one that would have been over some day',
      state([approved('pypi:numpy', { expires: soon })], 'manifests'),
      state([], 'manifests'),
      ['1: removed the expiry date of the approval of pypi:numpy (2026-12-01): manifests declare pypi:numpy'],
    ],
    [
      'a denial goes, and the package passes',
      state([denied('pypi:numpy')], 'manifests'),
      state([], 'manifests'),
      ['1: removed the denial of pypi:numpy: manifests declare pypi:numpy'],
    ],
    [
      'the whitelist goes, with an approval that was over',
      state(ended),
      state(null, 'manifests'),
      [
        '1: removed the whitelist approved-packages.yaml',
        '1: removed the expiry date of the approval of pypi:numpy (2026-01-01): manifests declare pypi:numpy',
      ],
    ],
    ['a first baseline says the same', state(null, 'manifests'), state([baseline('pypi:numpy')]), []],
    [
      'a first baseline says more',
      state(null, 'manifests'),
      state([baseline('pypi:numpy'), baseline('pypi:numpy-utils')]),
      ['2: added pypi:numpy-utils to the baseline'],
    ],
    [
      'a first baseline claims a module',
      state(null, 'manifests'),
      state([baseline('pypi:numpy', { imports: ['yaml'] })]),
      ['1: lets pypi:numpy provide yaml'],
    ],
    [
      'a first whitelist approves what manifests declare',
      state(null, 'manifests'),
      state([approved('pypi:numpy')]),
      ['1: approved pypi:numpy'],
    ],
    // The config, or the loss of the whitelist, says so for all of them.
    ['what nobody decided passes by trust alone', state([]), state([], 'manifests'), []],
  ])('%s', (_, before, after, expected) => {
    expect(changes(before, after, declared)).toEqual(expected);
  });
});

describe('who and why', () => {
  const [by, reason] = ['Ada L <ada@example.org>', 'arrays'];

  test('come from the entry', () => {
    const after = state([approved('pypi:numpy', { by, reason })]);
    expect(loosened(state([]), after, { today, declared: [] })).toEqual([
      {
        kind: 'decision',
        subject: 'pypi:numpy',
        file,
        line: 1,
        what: 'approved pypi:numpy',
        approves: { ecosystem: 'pypi', name: 'numpy' },
        by,
        reason,
      },
    ]);
  });

  test.each<[string, readonly Entry[], readonly Entry[]]>([
    ['a removal', [denied('pypi:a', { by, reason })], []],
    [
      'an entry that only a removal makes count',
      [denied('npm:@a/x'), approved('npm:@a/*', { by, reason })],
      [approved('npm:@a/*', { by, reason })],
    ],
  ])('nobody knows of %s', (_, before, after) => {
    const found = loosened(state(before), state(after), { today, declared: [] });
    expect(found).toMatchObject([{ by: null, reason: null, approves: null }]);
  });
});
