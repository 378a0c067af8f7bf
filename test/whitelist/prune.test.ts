import { describe, expect, test } from 'vitest';
import { packageLabel } from '../../src/model/package.ts';
import type { Entry } from '../../src/model/status.ts';
import { edit } from '../../src/whitelist/edit.ts';
import { isInScope, planPrune, type PrunePlan, type PruneView } from '../../src/whitelist/prune.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { approval, entryOf, file, fileText, packagesText, subjectOf, type Row } from './entries.ts';

const baseline = { kind: 'baseline', date: '2026-01-01' } as const;
const denial = { kind: 'denied', reason: 'no' } as const;
const request = { kind: 'requested', reason: 'please' } as const;
const over = approval('once', { expires: '2026-11-22' });

/** In use is every package but those of which the name ends in `gone`. */
const view: PruneView = {
  elsewhere: [],
  today: '2026-11-23',
  soon: '2026-12-23',
  isUsed: ({ name }) => !name.replace('/*', '').endsWith('gone'),
};

const entriesOf = (rows: readonly Row[]) => rows.map((row, index) => entryOf(row, { line: index + 5 }));

function told(plan: PrunePlan): string[] {
  const remarks = ['removed', 'joined', 'kept', 'ending'] as const;
  return remarks.flatMap((key) =>
    plan[key].map(({ entry, why }) => `${key} ${entry.kind} ${packageLabel(entry)}:${entry.line}: ${why}`),
  );
}

const plan = (rows: readonly Row[], more: Partial<PruneView> = {}) =>
  told(planPrune(entriesOf(rows), { ...view, ...more }));

describe('what goes', () => {
  const cases: [what: string, row: Row, told: string[]][] = [
    ['an approval in use', ['npm:a', approval('x')], []],
    ['an approval of a scope in use', ['npm:@a/*', approval('x')], []],
    ['a baseline in use', ['npm:a', baseline], []],
    ['a request', ['npm:gone', request], []],
    ['a denial', ['npm:gone', denial], []],
    ['an approval', ['npm:gone', approval('x')], ['removed approved npm:gone:5: nothing uses it']],
    [
      'an approval of a scope',
      ['npm:@gone/*', approval('x')],
      ['removed approved npm:@gone/*:5: nothing uses it'],
    ],
    ['a baseline', ['npm:gone', baseline], ['removed baseline npm:gone:5: nothing uses it']],
    [
      'an expired approval, of what nothing uses',
      ['npm:gone', over],
      ['removed approved npm:gone:5: its approval ended on 2026-11-22, and nothing uses it'],
    ],
    [
      'an expired approval stays where it is in use, and is named',
      ['npm:a', over],
      ['ending approved npm:a:5: ended on 2026-11-22 and is in use: approve it again, or deny it'],
    ],
    [
      'an approval that ends on the last day of the view',
      ['npm:a', approval('x', { expires: '2026-12-23' })],
      ['ending approved npm:a:5: ends on 2026-12-23'],
    ],
    [
      'an approval that ends today',
      ['npm:a', approval('x', { expires: '2026-11-23' })],
      ['ending approved npm:a:5: ends on 2026-11-23'],
    ],
    ['an approval that ends later', ['npm:a', approval('x', { expires: '2026-12-24' })], []],
  ];
  test.each(cases)('%s', (_, row, expected) => {
    expect(plan([row])).toEqual(expected);
  });

  test('nothing is called unused where nobody can tell', () => {
    const rows: Row[] = [
      ['npm:gone', approval('x')],
      ['npm:gone-over', over],
      ['npm:old-gone', baseline],
    ];
    expect(plan(rows, { isUsed: null })).toEqual([
      'ending approved npm:gone-over:6: ended on 2026-11-22: approve it again, or deny it',
    ]);
  });
});

describe('what another file decides', () => {
  const team = (...rows: Row[]) => ({ elsewhere: rows.map((row) => entryOf(row, { file: 'team.yaml' })) });

  test('a baseline that is approved, a request that is decided, what is denied', () => {
    const elsewhere = team(
      ['npm:a', approval('x')],
      ['npm:b', approval('x')],
      ['npm:c', baseline],
      ['npm:d', denial],
      ['npm:e', denial],
      ['npm:f', denial],
      ['npm:@g/*', denial],
    );
    const rows: Row[] = [
      ['npm:a', baseline],
      ['npm:b', request],
      ['npm:c', request],
      ['npm:d', request],
      ['npm:e', baseline],
      ['npm:f', approval('x')],
      ['npm:@g/x', baseline],
    ];
    expect(plan(rows, elsewhere)).toEqual([
      'removed baseline npm:a:5: it is approved now',
      'removed requested npm:b:6: it is decided now',
      'removed requested npm:c:7: it is decided now',
      'removed requested npm:d:8: it is denied now',
      'removed baseline npm:e:9: it is denied now',
      'removed baseline npm:@g/x:11: it is denied now',
    ]);
  });

  test('an end that holds back something wider stays, also where nothing uses it', () => {
    const wider = 'nothing uses it, but without it a wider entry would approve it';
    const rows: Row[] = [['npm:@a/gone', approval('x', { expires: '2027-01-01' })]];
    for (const row of [
      ['npm:@a/*', approval('x')],
      ['npm:@a/gone', approval('x')],
      ['npm:@a/gone', baseline],
    ] satisfies Row[])
      expect(plan(rows, team(row))).toEqual([`kept approved npm:@a/gone:5: ${wider}`]);
    expect(plan([...rows, ['npm:@a/*', approval('x')]])).toEqual([`kept approved npm:@a/gone:5: ${wider}`]);
    expect(plan([...rows, ['npm:@b/*', approval('x')]])).toEqual([
      'removed approved npm:@a/gone:5: nothing uses it',
    ]);
    expect(plan([['npm:@a/gone', approval('x')]], team(['npm:@a/*', approval('x')]))).toEqual([
      'removed approved npm:@a/gone:5: nothing uses it',
    ]);
  });
});

describe('twins', () => {
  test('are joined to what counts, whatever they decide', () => {
    const rows: Row[] = [
      ['npm:a', approval('first', { expires: '2027-05-01' })],
      ['npm:a', approval('second', { expires: '2027-02-01', source: './a' })],
      ['npm:b', approval('x')],
      ['npm:b', denial],
      ['npm:c', request],
      ['npm:c', baseline],
      ['npm:c', request],
    ];
    expect(plan(rows)).toEqual([
      'joined approved npm:a:6: 2 entries for one package',
      'joined denied npm:b:8: 2 entries for one package',
      'joined baseline npm:c:10: 3 entries for one package',
    ]);
    expect(planPrune(entriesOf(rows), view).edits).toMatchObject([
      { name: 'a', content: { kind: 'approved', reason: 'second', expires: '2027-02-01', source: null } },
      { name: 'b', content: { kind: 'denied', reason: 'no' } },
      { name: 'c', content: { kind: 'baseline', date: '2026-01-01' } },
    ]);
  });

  test('go together where nothing uses them', () => {
    const rows: Row[] = [
      ['npm:gone', approval('x')],
      ['npm:gone', baseline],
      ['npm:gone', request],
    ];
    expect(plan(rows)).toEqual(['removed approved npm:gone:5: nothing uses it']);
    expect(planPrune(entriesOf(rows), view).edits).toEqual([{ ...subjectOf('npm:gone'), content: null }]);
  });

  test('stay with their end where one is over and in use', () => {
    const rows: Row[] = [
      ['npm:a', over],
      ['npm:a', approval('again', { expires: '2027-05-01' })],
    ];
    expect(plan(rows)).toEqual([
      'joined approved npm:a:5: 2 entries for one package',
      'ending approved npm:a:5: ended on 2026-11-22 and is in use: approve it again, or deny it',
    ]);
  });

  test('a name in two spellings is one package', () => {
    expect(
      plan([
        ['pypi:Foo_Bar', approval('x')],
        ['pypi:foo.bar', approval('y')],
      ]),
    ).toEqual(['joined approved pypi:foo-bar:5: 2 entries for one package']);
  });
});

test('a file is tidied line by line', async () => {
  const text = `${fileText(['npm:a', approval('x')])}${[
    '  # gone',
    '  npm:b-gone: { approved: x }',
    '',
    '  # first',
    '  npm:c: { approved: first, by: Ada } # c',
    '  # second',
    '  npm:c: { denied: second }',
    '  npm:d: { approved: x, expires: 2026-11-01 } # over',
  ].join('\n')}\n`;
  const { entries } = await readWhitelist(file, text);
  const { edits } = planPrune(entries, view);
  const result = await edit(file, text, edits);
  expect(result).toEqual({
    kind: 'edited',
    text: `${fileText(['npm:a', approval('x')])}${[
      '',
      '  # first',
      '  npm:c: { denied: second } # c',
      '  npm:d: { approved: x, expires: 2026-11-01 } # over',
    ].join('\n')}\n`,
  });
  const after = await readWhitelist(file, result.kind === 'edited' ? result.text : '');
  expect(planPrune(after.entries, view).edits).toEqual([]);
  expect((await readWhitelist(file, packagesText())).entries).toEqual([]);
});

test.each([
  ['npm:@a/b', 'npm:@a/*', true],
  ['npm:@a/*', 'npm:@a/*', true],
  ['npm:@a-b/c', 'npm:@a/*', false],
  ['npm:a', 'npm:@a/*', false],
  ['npm:@a/b', 'npm:@a/b', false],
  ['pypi:a', 'npm:@a/*', false],
])('%s is in %s: %s', (subject, pattern, isIn) => {
  const entry = (label: string): Entry => entryOf([label, approval('x')]);
  expect(isInScope(entry(subject), entry(pattern))).toBe(isIn);
});
