import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consequenceOf, type Decision } from '../../src/app/decision.ts';
import { UsageError } from '../../src/app/usage-error.ts';
import { packageLabel } from '../../src/model/package.ts';
import type { Entry } from '../../src/model/status.ts';
import { decide, indexEntries } from '../../src/whitelist/decide.ts';
import { edit, newFileText, type Edit } from '../../src/whitelist/edit.ts';
import { planPrune } from '../../src/whitelist/prune.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import type { EntryContent, EntryFields } from '../../src/whitelist/write.ts';
import { isLong, rounds } from '../kit/length.ts';
import { plainEnvironment } from '../kit/scratch.ts';
import { file, lineOf, meaningOf, subjectOf, takeOut } from './entries.ts';
import { contentsOf, names } from './generate.ts';

/*
 * Two branches decide something each, and `git merge-file --union` joins their files, as `merge=union` does. Names are
 * few, so that the decisions meet: about one package, in neighbouring lines, in a file without a line yet.
 */

const count = rounds(60, 1500);
const today = '2026-11-23';
const labels = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('npm:@a/*', 'npm:@a/b', 'npm:b', 'npm:c', 'pypi:a', 'pypi:b') },
  { weight: 1, arbitrary: names.npm.map((name) => `npm:${name}`) },
);

const withContent = labels.chain((label) => contentsOf(label).map((content) => ({ label, content })));

/** Lines below `packages:`, in order or not, with comments, and with twins of an earlier merge. */
const randomFile = fc
  .record({
    rows: fc.array(
      fc.tuple(
        withContent,
        fc.constantFrom('', '', '  # above\n', '\n  # apart\n\n'),
        fc.constantFrom('', ' # why'),
      ),
      { maxLength: 8 },
    ),
    isSorted: fc.boolean(),
    eol: fc.constantFrom('\n', '\n', '\r\n'),
  })
  .map(({ rows, isSorted, eol }) => {
    const lines = rows.map(([{ label, content }, above, behind]) => ({
      label,
      text: `${above}  ${lineOf([label, content])}${behind}\n`,
    }));
    const all = isSorted ? lines.toSorted((left, right) => (left.label < right.label ? -1 : 1)) : lines;
    return (newFileText() + all.map(({ text }) => text).join('')).replaceAll('\n', eol);
  });

/** Null is no file yet: both branches make it. */
const bases = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(newFileText()) },
  { weight: 3, arbitrary: randomFile },
);

const acts = fc.record({
  act: fc.constantFrom('approved' as const, 'denied' as const, 'requested' as const, 'remove' as const),
  target: withContent,
  neighbour: fc.option(fc.nat(), { freq: 3 }),
});
type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'check-imports-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function unionOf(base: string, ours: string, theirs: string): string {
  const paths = Object.entries({ ours, base, theirs }).map(([name, text]) => {
    writeFileSync(path.join(folder, name), text);
    return name;
  });
  const { status, stdout } = spawnSync('git', ['merge-file', '--union', '-p', ...paths], {
    cwd: folder,
    env: plainEnvironment(folder),
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout;
}

async function entriesIn(text: string): Promise<readonly Entry[]> {
  const { entries, faults } = await readWhitelist(file, text);
  expect(faults).toEqual([]);
  return entries;
}

/** @returns The file after one decision, as the commands make it. */
async function branch(base: string | null, { act, target, neighbour }: Act): Promise<string> {
  const entries = base === null ? [] : await entriesIn(base);
  const aim = neighbour === null ? undefined : entries[neighbour % Math.max(entries.length, 1)];
  const label = aim === undefined ? target.label : packageLabel(aim);
  const change = act === 'remove' ? takeOut(label) : changeOf(act, label, target.content, entries);
  if (change === undefined) return base ?? newFileText();
  const result = await edit(file, base, [change]);
  if (result.kind === 'refused') throw new Error(`${result.fault.message} ${result.fault.next}`);
  return result.text;
}

/** @returns The edit of a decision; undefined where the command would change nothing, or refuse. */
function changeOf(
  kind: Decision['kind'],
  label: string,
  { reason, imports = [], by = null, expires = null, unverified = false }: EntryContent,
  entries: readonly Entry[],
): Edit | undefined {
  const content: EntryFields = {
    reason: reason ?? 'once in the baseline',
    imports: label.endsWith('/*') ? [] : imports.filter((module) => /^[a-z.]+$/.test(module)),
    by,
    date: today,
    ...(kind === 'approved' && (expires ?? today) >= today ? { expires, unverified } : {}),
  };
  const decision: Decision = { kind, package: subjectOf(label), content, overrides: true };
  try {
    const effect = consequenceOf(decision, entries, { whitelist: file, today });
    return effect.kind === 'edit' ? effect.edit : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

const saidBy = (entries: readonly Entry[]) => new Set(entries.map(meaningOf));

/** What came of all pairs of branches. */
const told = { pairs: 0, fresh: 0, changed: 0, twins: 0, back: 0, passing: 0 };

test('a union keeps what each branch decided, about the package it was about, without a fault', async () => {
  await fc.assert(
    fc.asyncProperty(bases, acts, acts, async (base, left, right) => {
      const [ours, theirs] = [await branch(base, left), await branch(base, right)];
      const merged = unionOf(base ?? '', ours, theirs);
      const entries = await entriesIn(merged);
      const sides = [await entriesIn(ours), await entriesIn(theirs)] as const;
      const old = await entriesIn(base ?? '');
      const [before, after] = [saidBy(old), saidBy(entries)];
      expectAllOf(before, sides, after);
      await expectTidy(merged, entries);

      const back = [...before].filter(
        (entry) => after.has(entry) && sides.some((side) => !saidBy(side).has(entry)),
      );
      told.pairs += 1;
      told.fresh += base === null || base === newFileText() ? 1 : 0;
      told.changed += ours !== base && theirs !== base ? 1 : 0;
      told.twins += indexEntries(entries).warnings.length > 0 ? 1 : 0;
      told.back += back.length > 0 ? 1 : 0;
      told.passing += passesAgain(old, sides, entries) ? 1 : 0;
    }),
    { numRuns: count },
  );
  expect(told.changed).toBeGreaterThan(count / 2);
  // What one branch took out stands beside what the other one changed: the check of a merge has to list that.
  expect(told.back).toBeGreaterThan(0);
  if (isLong) expect(told.passing).toBeGreaterThan(0);
});

/** Nothing is there that neither branch says, and nothing is lost that one of them decided, or that both left alone. */
function expectAllOf(
  before: ReadonlySet<string>,
  sides: readonly [readonly Entry[], readonly Entry[]],
  after: ReadonlySet<string>,
): void {
  const [one, other] = [saidBy(sides[0]), saidBy(sides[1])];
  for (const entry of after) expect(one.has(entry) || other.has(entry), `new: ${entry}`).toBe(true);
  for (const entry of [...one, ...other])
    if (!before.has(entry) || (one.has(entry) && other.has(entry)))
      expect(after.has(entry), `lost: ${entry}`).toBe(true);
}

/** Does a union let a package pass that passed before, and that one of its branches had stopped? */
function passesAgain(
  before: readonly Entry[],
  sides: readonly (readonly Entry[])[],
  after: readonly Entry[],
): boolean {
  const passes = (all: readonly Entry[], label: string) =>
    ['approved', 'baseline'].includes(decide(indexEntries(all), subjectOf(label), today).kind);
  return before
    .map(packageLabel)
    .some(
      (label) => passes(before, label) && passes(after, label) && sides.some((side) => !passes(side, label)),
    );
}

/** Whatever a union leaves, `prune` joins: no package stands twice then, and each says what it said. */
async function expectTidy(merged: string, entries: readonly Entry[]): Promise<void> {
  const view = { elsewhere: [], today, soon: today, isUsed: null };
  const { edits, removed } = planPrune(entries, view);
  const result = await edit(file, merged, edits);
  if (result.kind === 'refused') throw new Error(`${result.fault.message} ${result.fault.next}`);
  const tidy = await entriesIn(result.text);
  expect(new Set(tidy.map(packageLabel)).size).toBe(tidy.length);
  const gone = new Set(removed.map(({ entry }) => packageLabel(entry)));
  for (const label of new Set(entries.map(packageLabel)))
    if (!gone.has(label))
      expect(decide(indexEntries(tidy), subjectOf(label), today).kind).toBe(
        decide(indexEntries(entries), subjectOf(label), today).kind,
      );
}
