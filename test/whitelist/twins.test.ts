import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/model/status.ts';
import { decide, indexEntries } from '../../src/whitelist/decide.ts';
import { joinTwins } from '../../src/whitelist/twins.ts';
import type { EntryContent } from '../../src/whitelist/write.ts';
import { approval, entryOf, subjectOf } from './entries.ts';
import { contentsOf } from './generate.ts';

const today = '2026-11-23';
const label = 'pypi:a-b';
const subject = subjectOf(label);

/** What can be said of a package, the strictest first. */
const contents = {
  denied: { kind: 'denied', reason: 'no' },
  expired: approval('once', { expires: '2026-11-22' }),
  approved: approval('yes', { expires: '2026-11-23' }),
  baseline: { kind: 'baseline', date: '2026-01-01' },
  unapproved: { kind: 'requested', reason: 'please' },
} as const satisfies Record<string, EntryContent>;
const order = ['denied', 'expired', 'approved', 'baseline', 'unapproved'] as const;
type Kind = (typeof order)[number];

const pairs = order.flatMap((left) => order.map((right) => [left, right] as const));
const triples = pairs.flatMap(([left, right]) => order.map((third) => [left, right, third] as const));
const strictest = (kinds: readonly Kind[]) => order.find((kind) => kinds.includes(kind));

const entriesOf = (kinds: readonly Kind[]) =>
  kinds.map((kind, index) => entryOf([label, contents[kind]], { line: index + 5 }));

describe('of a package that stands several times, the strictest decision counts', () => {
  const cases = [...pairs, ...triples].map((kinds) => ({ kinds, name: kinds.join(', ') }));
  test.each(cases)('$name', ({ kinds }) => {
    const entries = entriesOf(kinds);
    const decision = decide(indexEntries(entries), subject, today);
    expect(decision.kind).toBe(strictest(kinds));
    if (decision.kind === 'unapproved') expect(decision.requested).not.toBeNull();
    const joined = joinTwins(entries);
    if (joined === undefined) throw new Error('nothing is left of them');
    expect(decide(indexEntries([joined]), subject, today).kind).toBe(decision.kind);
  });

  test('also where the entries stand in several files', () => {
    for (const kinds of pairs) {
      const entries = entriesOf(kinds).map((entry, index) => ({ ...entry, file: `${String(index)}.yaml` }));
      expect(decide(indexEntries(entries), subject, today).kind).toBe(strictest(kinds));
    }
  });

  test('a request never counts beside a decision, nor does its wish for modules', () => {
    const request: EntryContent = { kind: 'requested', reason: 'please', imports: ['mine'] };
    for (const kind of ['denied', 'expired', 'approved', 'baseline'] as const)
      for (const entries of [
        [entryOf([label, request]), entryOf([label, contents[kind]])],
        [entryOf([label, contents[kind]]), entryOf([label, request])],
      ])
        expect(joinTwins(entries)).toMatchObject({ kind: contents[kind].kind, imports: [] });
  });
});

describe('of two approvals', () => {
  const rows: readonly [what: string, one: EntryContent, other: EntryContent, joined: Partial<Entry>][] = [
    ['the earlier end', approval('x'), approval('y', { expires: '2027-01-01' }), { expires: '2027-01-01' }],
    [
      'the earlier end',
      approval('x', { expires: '2027-01-02' }),
      approval('y', { expires: '2027-01-01' }),
      { expires: '2027-01-01' },
    ],
    ['no end', approval('x'), approval('y'), { expires: null }],
    [
      'a source that both name',
      approval('x', { source: './a' }),
      approval('y', { source: './a' }),
      { source: './a' },
    ],
    [
      'no source of two',
      approval('x', { source: './a' }),
      approval('y', { source: './b' }),
      { source: null },
    ],
    ['no source of one', approval('x', { source: './a' }), approval('y'), { source: null }],
    [
      'modules that both name',
      approval('x', { imports: ['a', 'b'] }),
      approval('y', { imports: ['b', 'c'] }),
      { imports: ['b'] },
    ],
    ['no modules of one', approval('x', { imports: ['a'] }), approval('y'), { imports: [] }],
    ['unverified if one is', approval('x', { unverified: true }), approval('y'), { unverified: true }],
    ['verified if both are', approval('x'), approval('y'), { unverified: false }],
    [
      'the grade that one was in spite of',
      approval('x', { despite: 'young' }),
      approval('y'),
      { despite: 'young' },
    ],
  ];
  test.each(rows)('counts %s', (...[, one, other, joined]) => {
    const [left, right] = [entryOf([label, one]), entryOf([label, other])];
    expect(joinTwins([left, right])).toMatchObject(joined);
    expect(joinTwins([right, left])).toMatchObject(joined);
  });

  test('the one that ends first gives its place, its reason and its author', () => {
    const entries = [
      entryOf([label, approval('later', { by: 'A', expires: '2027-01-01' })], { line: 5 }),
      entryOf([label, approval('first', { by: 'B', expires: '2026-12-01' })], { line: 6 }),
      entryOf([label, approval('never', { by: 'C' })], { line: 7 }),
    ];
    for (const all of [entries, entries.toReversed()])
      expect(joinTwins(all)).toMatchObject({ reason: 'first', by: 'B', line: 6 });
  });

  test('an expired approval takes the next one with it', () => {
    const entries = entriesOf(['approved', 'expired']);
    expect(decide(indexEntries(entries), subject, today)).toMatchObject({
      kind: 'expired',
      entry: { line: 6 },
    });
    expect(decide(indexEntries(entries), subject, '2026-11-22').kind).toBe('approved');
  });
});

test('of two denials all modules are denied; of two baselines what both name counts', () => {
  const [one, other] = [{ imports: ['a', 'b'] }, { imports: ['b', 'c'] }];
  const join = (content: EntryContent) =>
    joinTwins([entryOf([label, { ...content, ...one }]), entryOf([label, { ...content, ...other }])])
      ?.imports;
  expect(join(contents.denied)).toEqual(['a', 'b', 'c']);
  expect(join(contents.baseline)).toEqual(['b']);
  expect(join(contents.unapproved)).toEqual(['b']);
});

test('the order in which twins stand changes nothing of what they allow', () => {
  const allowed = (entry: Entry | undefined) => {
    if (entry === undefined) return undefined;
    const { kind, expires, source, unverified, imports } = entry;
    return { kind, expires, source, unverified, imports: imports.toSorted() };
  };
  fc.assert(
    fc.property(
      fc.array(contentsOf(label), { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      (all, places) => {
        const entries = all.map((content, index) => entryOf([label, content], { line: index }));
        const shuffled = entries
          .map((entry) => [places.next().value, entry] as const)
          .toSorted(([left], [right]) => left - right)
          .map(([, entry]) => entry);
        expect(allowed(joinTwins(shuffled))).toEqual(allowed(joinTwins(entries)));
        for (const day of ['1999-12-31', '2024-02-29', today, '2027-01-01', '2030-01-01'])
          expect(decide(indexEntries(shuffled), subject, day).kind).toBe(
            decide(indexEntries(entries), subject, day).kind,
          );
      },
    ),
  );
});

describe('what is said of twins', () => {
  const warnings = (...entries: Entry[]) => indexEntries(entries).warnings;
  const at = (content: EntryContent, line: number, file = 'a.yaml') =>
    entryOf([label, content], { file, line });

  test('where they stand, what counts, and what joins them', () => {
    expect(warnings(at(contents.approved, 3), at(contents.denied, 4))).toEqual([
      'pypi:a-b has 2 entries (a.yaml, lines 3 and 4); denied counts, from a.yaml:4; `prune --yes` joins them',
    ]);
    expect(warnings(at(contents.approved, 3), at(contents.unapproved, 4), at(contents.expired, 9))).toEqual([
      'pypi:a-b has 3 entries (a.yaml, lines 3 and 4 and 9); approved counts, from a.yaml:9; `prune --yes` joins them',
    ]);
    expect(warnings(at(contents.unapproved, 3), at(contents.unapproved, 4))).toEqual([
      'pypi:a-b has 2 entries (a.yaml, lines 3 and 4); requested counts, from a.yaml:3; `prune --yes` joins them',
    ]);
  });

  test('that a source is lost', () => {
    expect(warnings(at(approval('x', { source: './a' }), 3), at(approval('x'), 4))).toEqual([
      'pypi:a-b has 2 entries (a.yaml, lines 3 and 4); approved counts, from a.yaml:3, without a source, because they name different ones; `prune --yes` joins them',
    ]);
  });

  test('in two files, only where both decide the same', () => {
    expect(warnings(at(contents.approved, 3), at(contents.expired, 4, 'b.yaml'))).toEqual([
      'pypi:a-b has 2 entries (a.yaml:3 and b.yaml:4); approved counts, from b.yaml:4; remove one of them',
    ]);
    expect(warnings(at(contents.approved, 3), at(contents.denied, 4, 'b.yaml'))).toEqual([]);
    expect(warnings(at(contents.unapproved, 3), at(contents.unapproved, 4, 'b.yaml'))).toEqual([]);
  });

  test('nothing of packages that stand once', () => {
    expect(
      warnings(
        at(contents.approved, 3),
        entryOf(['npm:a-b', contents.denied]),
        entryOf(['npm:@a/*', approval('x')]),
      ),
    ).toEqual([]);
    expect(warnings()).toEqual([]);
  });
});
