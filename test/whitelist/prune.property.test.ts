import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packageLabel } from '../../src/model/package.ts';
import type { PolicyChange } from '../../src/model/policy.ts';
import type { Entry, EntryKind } from '../../src/model/status.ts';
import { decide, indexEntries } from '../../src/whitelist/decide.ts';
import { loosened } from '../../src/whitelist/diff.ts';
import { edit } from '../../src/whitelist/edit.ts';
import { planPrune } from '../../src/whitelist/prune.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { rounds } from '../kit/length.ts';
import { approval, fileText } from './entries.ts';

const count = rounds(250, 1000);

const names = ['@acme/*', '@acme/a', '@acme/b', 'lodash', 'react'];
const today = '2026-11-23';

/** Entries of few names, so that they meet: twins, scopes and their packages, several decisions. */
const row = fc.record({
  kind: fc.constantFrom<EntryKind>('approved', 'denied', 'baseline', 'requested'),
  name: fc.constantFrom(...names),
  expires: fc.constantFrom(null, '2026-11-22', '2026-11-23', '2026-12-01', '2027-12-01'),
  isElsewhere: fc.boolean(),
});
const used = fc.subarray(names);

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function textOf(rows: readonly Row[]): string {
  return fileText(
    ...rows.map(({ kind, name, expires }) => {
      const content = kind === 'approved' ? approval('x', { expires }) : { kind, reason: 'x', date: today };
      return [`npm:${name}`, content] as const;
    }),
  );
}

const stateOf = (entries: readonly Entry[]) => {
  return {
    file: 'a.yaml',
    exists: true,
    entries,
    trustIn: () => 'whitelist' as const,
    covers: new Set(['npm', 'pypi']),
  };
};

/** An approval that is over goes; that is told, because nobody sees any more that somebody had decided. */
const isEnded = ({ what }: PolicyChange) => /^removed the approval of \S+, which ended on /.test(what);

test('pruning lets nothing more pass, keeps every denial, and is done after once', async () => {
  let edits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), used, async (rows, inUse) => {
      const text = textOf(rows.filter(({ isElsewhere }) => !isElsewhere));
      const own = (await readWhitelist('a.yaml', text)).entries;
      const elsewhere = (await readWhitelist('b.yaml', textOf(rows.filter((one) => one.isElsewhere))))
        .entries;
      const isUsed = ({ name }: Entry) => inUse.includes(name);
      const view = { elsewhere, today, soon: '2026-12-23', isUsed };
      const plan = planPrune(own, view);
      edits += plan.edits.length;
      const result = await edit('a.yaml', text, plan.edits);
      if (result.kind === 'refused') throw new Error(result.fault.message);
      const left = (await readWhitelist('a.yaml', result.text)).entries;

      const [before, after] = [
        [...own, ...elsewhere],
        [...left, ...elsewhere],
      ];
      const isDenied = (name: string) =>
        decide(indexEntries(after), { ecosystem: 'npm', name }, today).kind === 'denied';
      const told = loosened(stateOf(before), stateOf(after), { today, declared: [] });
      // What stands beside a denial goes with it; nothing of it passes.
      const isBesideDenial = ({ what }: PolicyChange) =>
        names.some((name) => what.includes(`npm:${name} `) && isDenied(name));
      expect(told.filter((change) => !isEnded(change) && !isBesideDenial(change))).toEqual([]);
      for (const name of [...names.slice(1), '@acme/other']) {
        const subject = { ecosystem: 'npm', name };
        const [was, is] = [before, after].map((all) => decide(indexEntries(all), subject, today).kind);
        if (was === 'denied') expect(is).toBe('denied');
        if (is === 'approved' || is === 'baseline') expect(['approved', 'baseline']).toContain(was);
      }
      const denied = (all: readonly Entry[]) =>
        new Set(all.filter(({ kind }) => kind === 'denied').map(({ name }) => name));
      expect(denied(left)).toEqual(denied(own));
      expect(new Set(left.map(packageLabel)).size).toBe(left.length);
      expect(planPrune(left, view).edits).toEqual([]);
    }),
    { numRuns: count },
  );
  expect(edits).toBeGreaterThan(count / 2);
});
