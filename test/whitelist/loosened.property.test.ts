import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeKey, type Loosening } from '../../src/model/policy.ts';
import type { Entry, EntryKind } from '../../src/model/status.ts';
import { toldKeys } from '../../src/policy/every-base.ts';
import { decide, claimsOf, indexEntries } from '../../src/whitelist/decide.ts';
import { looseningsOf, toldChanges, type TrustedState } from '../../src/whitelist/diff.ts';
import { rounds } from '../kit/length.ts';
import { entryOf } from '../kit/entries.ts';

/*
 * What is told is held against `decide` itself, which is asked here about every package and day that matters. Names,
 * days, sources and modules are few, so that entries meet: twins, scopes and their packages, several kinds.
 */

const count = rounds(1000, 300_000);
const today = '2026-11-23';
/** Every day on which something may pass that did not the day before. */
const days = [today, '2026-11-24', '2026-12-02', '2028-01-01'];
const ends = [null, '2026-01-01', today, '2026-12-01', '2027-12-01'];
const names = ['@acme/*', '@acme/a', '@acme/b', 'lodash', 'react'];
const packages = [...names, '@acme/other', 'other'];
const modules = ['x', 'y'];
const sources = ['./a', './b'];

const entry: fc.Arbitrary<Entry> = fc
  .record({
    kind: fc.constantFrom<EntryKind>('approved', 'denied', 'baseline', 'requested'),
    name: fc.constantFrom(...names),
    expires: fc.constantFrom(...ends),
    source: fc.constantFrom(null, null, ...sources),
    imports: fc.subarray(modules),
    use: fc.constantFrom(null, null, 'npm:undici', 'npm:got'),
  })
  .map(({ kind, name, expires, source, imports, use }) => {
    const isScope = name.endsWith('/*');
    return entryOf(kind, `npm:${name}`, {
      ...(kind === 'approved' ? { expires, source: isScope ? null : source } : {}),
      ...(kind === 'denied' ? { use } : {}),
      imports: isScope ? [] : imports,
    });
  });

const entries = fc.array(entry, { maxLength: 5 });
const state: fc.Arbitrary<TrustedState> = fc
  .record({ entries, trust: fc.constantFrom('whitelist' as const, 'manifests' as const) })
  .map(({ trust, ...parts }) => ({
    file: 'a.yaml',
    exists: true,
    trustIn: () => trust,
    covers: new Set(['npm', 'pypi']),
    ...parts,
  }));
const declaredNames = fc.subarray(['@acme/a', 'lodash', 'other']);

/** The state after a change is mostly the one before with a few edits. */
const pair = fc
  .tuple(state, state, fc.subarray([0, 1, 2, 3, 4]), fc.boolean())
  .map(([before, other, kept, isEdit]) => {
    const left = before.entries.filter((_, at) => kept.includes(at));
    const after = isEdit ? { ...other, entries: [...left, ...other.entries.slice(0, 2)] } : other;
    return { before, after };
  });

/** What one state lets pass, as text, so that two can be compared. */
interface Answers {
  /** From the worst to the best, by package. */
  readonly ranks: ReadonlyMap<string, number>;
  /** Everything else that is allowed: a package on a day, from a source, as a module, in place of another one. */
  readonly allowed: ReadonlyMap<string, string>;
  /** What is denied as what. */
  readonly denied: ReadonlyMap<string, string>;
}

const ranks = { denied: 0, expired: 1, unapproved: 2, declared: 3, baseline: 3, approved: 4 } as const;

function answersOf({ entries: all, trustIn }: TrustedState, declared: readonly string[]): Answers {
  const [whitelist, claims] = [
    indexEntries(all),
    claimsOf(indexEntries(all)).get('npm')?.imports ?? new Map<string, string[]>(),
  ];
  const [rankOf, allowed, denied] = [
    new Map<string, number>(),
    new Map<string, string>(),
    new Map<string, string>(),
  ];
  for (const name of packages) {
    const label = `npm:${name}`;
    const claimed = [...claims].flatMap(([module, providers]) => (providers.includes(name) ? [module] : []));
    for (const day of days) {
      const decision = decide(whitelist, { ecosystem: 'npm', name }, day);
      const isDeclared = trustIn('npm') === 'manifests' && declared.includes(name);
      const kind = decision.kind === 'unapproved' && isDeclared ? 'declared' : decision.kind;
      if (kind === 'approved' || kind === 'baseline' || kind === 'declared')
        allowed.set(`${label} on ${day}`, label);
      if (day !== today) continue;
      rankOf.set(label, ranks[kind]);
      if (ranks[kind] > 2) for (const module of claimed) allowed.set(`${label} as ${module}`, label);
      if (decision.kind === 'approved' && decision.entry.source !== null)
        allowed.set(`${label} from ${decision.entry.source}`, label);
      if (decision.kind !== 'denied') continue;
      for (const module of claimed) denied.set(`${label} as ${module}`, label);
      if (decision.entry.use !== null) allowed.set(`${label} by ${decision.entry.use}`, label);
    }
  }
  return { ranks: rankOf, allowed, denied };
}

/**
 * @returns The labels of packages for which one state is looser than another. Where only trust changed, and no entry
 *   ever named the package, the setting is told in place of it.
 */
function looserFor(
  before: TrustedState,
  after: TrustedState,
  declared: readonly string[],
): ReadonlySet<string> {
  const [old, next] = [answersOf(before, declared), answersOf(after, declared)];
  const byTrust = (label: string) =>
    old.ranks.get(label) === ranks.unapproved &&
    next.ranks.get(label) === ranks.declared &&
    decide(indexEntries(after.entries), { ecosystem: 'npm', name: label.slice(4) }, today).kind ===
      'unapproved';
  const better = packages
    .map((name) => `npm:${name}`)
    .filter((label) => (next.ranks.get(label) ?? 0) > (old.ranks.get(label) ?? 0));
  const gained = [...next.allowed].filter(([key]) => !old.allowed.has(key)).map(([, label]) => label);
  const lost = [...old.denied].filter(([key]) => !next.denied.has(key)).map(([, label]) => label);
  return new Set([...better, ...gained, ...lost].filter((label) => !byTrust(label)));
}

/** A package is told by its own name, or by that of its scope. */
function isTold(label: string, subjects: readonly string[]): boolean {
  const names = label.startsWith('npm:@acme/') ? [label, 'npm:@acme/*'] : [label];
  return subjects.some((subject) => names.some((name) => subject === name || subject.startsWith(`${name} `)));
}

const packagesOf = (declared: readonly string[]) => declared.map((name) => ({ ecosystem: 'npm', name }));

function between(
  before: TrustedState,
  after: TrustedState,
  declared: readonly string[],
  named: readonly Entry[] = [],
): readonly Loosening[] {
  return looseningsOf(before, after, { today, declared: packagesOf(declared), named });
}

const subjectsOf = (loosenings: readonly Loosening[]) =>
  toldChanges(loosenings).map(({ subject }) => subject);

/** Thousands of comparisons by `expect` take longer than what they compare. */
function expectNone(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${what}: ${problems.join(', ')}`);
}

test('whatever decides better after a change is told, and nothing else', () => {
  let [looser, silent] = [0, 0];
  fc.assert(
    fc.property(pair, declaredNames, ({ before, after }, declared) => {
      const subjects = subjectsOf(between(before, after, declared));
      const expected = looserFor(before, after, declared);
      expectNone(
        'not told',
        [...expected].filter((label) => !isTold(label, subjects)),
      );
      expectNone(
        'told without a reason',
        subjects.filter((subject) => !expected.has(subject.split(' ', 1).join())),
      );
      if (expected.size > 0) looser++;
      else silent++;
    }),
    { numRuns: count },
  );
  expect(Math.min(looser, silent)).toBeGreaterThan(count / 50);
});

/** Edits that let nothing more pass, whatever else stands there. */
const tightening = fc.record({
  denied: fc.subarray(names),
  twins: fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...ends)), { maxLength: 2 }),
  isShuffled: fc.boolean(),
  ended: fc.constantFrom(null, ...ends),
});

test('what is equal, or only stricter, is not told', () => {
  fc.assert(
    fc.property(
      state,
      tightening,
      declaredNames,
      (before, { denied, twins, isShuffled, ended }, declared) => {
        const known = before.entries.map(({ kind, name }) => `${kind} ${name}`);
        const shortened = before.entries.map((one) =>
          one.kind === 'approved' && ended !== null && (one.expires === null || ended < one.expires)
            ? { ...one, expires: ended }
            : one,
        );
        const added = twins.flatMap(([name, expires]) => {
          // Of two approvals the modules count that both name, and one that is named no more leads to no denial.
          const twin = before.entries.find((one) => one.kind === 'approved' && one.name === name);
          return twin === undefined
            ? []
            : [entryOf('approved', `npm:${name}`, { expires, imports: twin.imports })];
        });
        const denials = denied
          .filter((name) => !known.includes(`denied ${name}`))
          .map((name) => entryOf('denied', `npm:${name}`));
        const all = [...shortened, ...added, ...denials];
        const after = { ...before, entries: isShuffled ? all.toReversed() : all };
        const use = before.entries.filter((one) => one.use !== null).length;
        // Of two denials of one package the first one says what to use instead.
        fc.pre(!isShuffled || use === 0);
        expectNone('told', subjectsOf(between(before, after, declared)));
      },
    ),
    { numRuns: count },
  );
});

/** A fork, what each of two branches made of it, and a merge of both that may have been edited. */
const merge = fc
  .record({
    fork: state,
    edits: fc.tuple(entries, entries, entries),
    kept: fc.tuple(
      fc.subarray([0, 1, 2, 3, 4]),
      fc.subarray([0, 1, 2, 3, 4]),
      fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ),
  })
  .map(({ fork, edits: [one, other, own], kept: [first, second, third] }) => {
    const edited = (more: readonly Entry[], indexes: readonly number[]) => ({
      ...fork,
      entries: [...fork.entries.filter((_, at) => indexes.includes(at)), ...more.slice(0, 1)],
    });
    const parents = [edited(one, first), edited(other, second)] as const;
    const union = parents.flatMap(({ entries: all }) => all);
    const merged = [...union.filter((_, at) => third.includes(at)), ...own.slice(0, 1)];
    return { fork, parents, head: { ...fork, entries: merged } };
  });

test('a merge tells what it loosens against each parent, and what it gives back, and nothing else', () => {
  let [everywhere, given] = [0, 0];
  fc.assert(
    fc.property(merge, declaredNames, ({ fork, parents, head }, declared) => {
      const named = [...parents, head, fork].flatMap(({ entries: all }) => all);
      const perParent = parents.map((parent) => between(parent, head, declared, named));
      const taken = parents.map((parent) => between(parent, fork, declared, named));
      const keys = toldKeys(perParent, taken);
      const told = perParent.flatMap((changes, at) => changes.filter((one) => keys[at]?.has(changeKey(one))));
      const subjects = subjectsOf(told);
      const decided = new Set(told.filter(({ kind }) => kind === 'decision').map(({ subject }) => subject));

      const answers = parents.map((parent) => answersOf(parent, declared));
      const [ofHead, ofFork] = [answersOf(head, declared), answersOf(fork, declared)];
      const gained = [...ofHead.allowed].filter(([key]) => !answers.some((old) => old.allowed.has(key)));
      const undenied = [...(answers[0]?.denied ?? [])].filter(
        ([key]) => answers.every((old) => old.denied.has(key)) && !ofHead.denied.has(key),
      );
      expectNone(
        'not told, of all parents',
        [...gained, ...undenied].filter(([, label]) => !isTold(label, subjects)).map(([key]) => key),
      );
      for (const label of packages.map((name) => `npm:${name}`)) {
        const better = answers.map((old) => isBetterFor(label, old, ofHead));
        const back = answers.some((old, at) => better[at] && isBetterFor(label, old, ofFork));
        if (better.every(Boolean)) everywhere++;
        else if (back) given++;
        if (better.every(Boolean) || back) expectNone('not told', isTold(label, subjects) ? [] : [label]);
        else expectNone('told without a reason', decided.has(label) ? [label] : []);
      }
    }),
    { numRuns: count },
  );
  expect(Math.min(everywhere, given)).toBeGreaterThan(count / 50);
});

/** Does `decide` answer better for a package, or let it pass on a day on which it did not? */
function isBetterFor(label: string, old: Answers, next: Answers): boolean {
  const isRanked = (next.ranks.get(label) ?? 0) > (old.ranks.get(label) ?? 0);
  const passesOn = (day: string) => next.allowed.has(`${label} on ${day}`);
  return isRanked || days.some((day) => passesOn(day) && !old.allowed.has(`${label} on ${day}`));
}
