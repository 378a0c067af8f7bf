import { describe, expect, test } from 'vitest';
import { packageOf } from '../../src/ecosystems/index.ts';
import { decide, entryIn, claimsOf, indexEntries } from '../../src/whitelist/decide.ts';
import { approval, entryOf, subjectOf, type Row } from './entries.ts';

const denial = { kind: 'denied', reason: 'no' } as const;
const baseline = { kind: 'baseline', date: '2026-01-01' } as const;
const request = { kind: 'requested', reason: 'please' } as const;

const policy = indexEntries(
  (
    [
      ['npm:@acme/*', approval('ours', { expires: '2026-11-23' })],
      ['npm:@acme/new', approval('x', { expires: '2027-01-01' })],
      ['npm:@acme/bad', approval('x')],
      ['npm:foo', approval('x', { expires: '2026-11-22' })],
      ['npm:both', approval('x')],
      ['npm:react', approval('x')],
      ['pypi:Numpy_Utils', approval('x')],
      ['pypi:over', approval('x', { expires: '2020-01-01' })],
      ['npm:both', denial],
      ['npm:@evil/*', denial],
      ['npm:@acme/evil', denial],
      ['pypi:react', denial],
      ['npm:vue', baseline],
      ['npm:both', baseline],
      ['pypi:over', baseline],
      ['npm:asked', request],
      ['npm:@evil/x', request],
      ['npm:@old/x', approval('x', { expires: '2020-01-01' })],
      ['npm:@old/*', approval('x')],
    ] satisfies Row[]
  ).map((row, index) => entryOf(row, { line: index + 1 })),
);

describe('decides by kind, scope and day', () => {
  const cases: [string, string, string][] = [
    ['2026-11-23', 'npm react', 'approved'],
    ['2026-11-23', 'npm reactor', 'unapproved'],
    ['2026-11-23', 'npm React', 'unapproved'],
    ['2026-11-23', 'pypi react', 'denied'],
    ['2026-11-23', 'pypi React', 'denied'],
    ['2026-11-23', 'pypi numpy.utils', 'approved'],
    ['2026-11-22', 'npm foo', 'approved'],
    ['2026-11-23', 'npm foo', 'expired'],
    ['2026-11-23', 'npm foobar', 'unapproved'],
    ['2026-11-23', 'npm vue', 'baseline'],
    ['2026-11-23', 'npm both', 'denied'],
    ['2026-11-23', 'pypi over', 'expired'],
    ['2026-11-23', 'npm @acme/x', 'approved'],
    ['2026-11-24', 'npm @acme/x', 'expired'],
    ['2026-11-24', 'npm @acme/new', 'approved'],
    ['2027-01-02', 'npm @acme/new', 'expired'],
    ['2026-11-23', 'npm @acme/evil', 'denied'],
    ['2026-11-23', 'npm @acme-evil/x', 'unapproved'],
    ['2026-11-23', 'npm acme', 'unapproved'],
    ['2026-11-23', 'npm @acme', 'unapproved'],
    ['2026-11-23', 'npm @evil/x', 'denied'],
    ['2026-11-23', 'npm @old/x', 'expired'],
    ['2026-11-23', 'npm @old/y', 'approved'],
    ['2026-11-23', 'npm asked', 'unapproved'],
    ['2026-11-23', 'npm constructor', 'unapproved'],
    ['2026-11-23', 'npm __proto__', 'unapproved'],
    ['2026-11-23', 'cargo react', 'unapproved'],
  ];
  test.each(cases)('on %s, %s is %s', (today, subject, kind) => {
    const [ecosystem = '', name = ''] = subject.split(' ');
    expect(decide(policy, packageOf(ecosystem, name), today).kind).toBe(kind);
  });

  test('a request is remembered', () => {
    expect(decide(policy, subjectOf('npm:asked'), '2026-11-23')).toMatchObject({
      kind: 'unapproved',
      requested: { reason: 'please', line: 16 },
    });
    expect(decide(policy, subjectOf('npm:nobody'), '2026-11-23')).toEqual({
      kind: 'unapproved',
      requested: null,
    });
  });

  test('the entry of a package speaks before that of its scope', () => {
    expect(entryIn(policy, 'approved', subjectOf('npm:@acme/new'))?.name).toBe('@acme/new');
    expect(entryIn(policy, 'approved', subjectOf('npm:@acme/other'))?.name).toBe('@acme/*');
    expect(entryIn(policy, 'denied', subjectOf('npm:@acme/other'))).toBeUndefined();
    expect(entryIn(policy, 'approved', subjectOf('cargo:@acme/x'))).toBeUndefined();
  });
});

test('modules lead to denied packages alone, else to approved ones, then to the baseline, never to requests', () => {
  const rows: Row[] = [
    ['pypi:wanted', { ...request, imports: ['cv2', 'mine'] }],
    ['pypi:opencv-fork', { ...denial, imports: ['cv2', 'forked'] }],
    ['pypi:opencv-old', { ...baseline, imports: ['cv2'] }],
    ['npm:thing', approval('x', { imports: ['cv2'] })],
    ['pypi:opencv-python', approval('x', { imports: ['cv2', 'constructor'] })],
    ['pypi:also', approval('x', { imports: ['cv2'] })],
    ['pypi:more', approval('x')],
    ['npm:@acme/*', approval('x')],
  ];
  const claims = (list: readonly Row[], ecosystem: string) =>
    claimsOf(indexEntries(list.map((row) => entryOf(row)))).get(ecosystem)?.imports;
  expect(claims(rows, 'pypi')).toEqual(
    new Map([
      ['cv2', ['opencv-fork']],
      ['constructor', ['opencv-python']],
      ['forked', ['opencv-fork']],
    ]),
  );
  const undenied = rows.filter(([label]) => label !== 'pypi:opencv-fork');
  expect(claims(undenied, 'pypi')?.get('cv2')).toEqual(['opencv-python', 'also', 'opencv-old']);
  expect(claims(rows, 'npm')).toEqual(new Map([['cv2', ['thing']]]));
  expect(claims(rows, 'cargo')).toBeUndefined();
});

test('a baseline beside an approval claims nothing; a denial beside it does', () => {
  const rows: Row[] = [
    ['pypi:a', { ...baseline, imports: ['more', 'cv2'] }],
    ['pypi:a', approval('x', { imports: ['cv2'] })],
    ['pypi:b', { ...denial, imports: ['evil'] }],
    ['pypi:b', approval('x', { imports: ['good'] })],
    ['pypi:c', { ...request, imports: ['wished'] }],
    ['pypi:c', { ...baseline, imports: ['c'] }],
  ];
  for (const some of [rows, rows.toReversed()])
    expect(claimsOf(indexEntries(some.map((row) => entryOf(row)))).get('pypi')?.imports).toEqual(
      new Map([
        ['cv2', ['a']],
        ['evil', ['b']],
        ['good', ['b']],
        ['c', ['c']],
      ]),
    );
});

test('imports of twins claim only what both name', () => {
  const rows: Row[] = [
    ['pypi:a', approval('x', { imports: ['one', 'two'] })],
    ['pypi:A', approval('y', { imports: ['two', 'three'] })],
    ['pypi:b', approval('x', { imports: ['b'] })],
    ['pypi:b', approval('y')],
    ['pypi:c', { ...denial, imports: ['c1'] }],
    ['pypi:c', { ...denial, imports: ['c2'] }],
  ];
  for (const some of [rows, rows.toReversed()])
    expect(claimsOf(indexEntries(some.map((row) => entryOf(row)))).get('pypi')?.imports).toEqual(
      new Map([
        ['two', ['a']],
        ['c1', ['c']],
        ['c2', ['c']],
      ]),
    );
});
