import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consequenceOf, type Decision } from '../../src/app/decision.ts';
import { UsageError } from '../../src/app/usage-error.ts';
import type { Entry } from '../../src/model/status.ts';
import { decide, indexEntries } from '../../src/whitelist/decide.ts';
import { edit } from '../../src/whitelist/edit.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { entriesText, entryOf } from '../kit/entries.ts';
import { rounds } from '../kit/length.ts';

/* After a command that says what it decided, the whitelist says the same: or nothing was written. */

const today = '2026-11-23';
const names = ['@acme/a', '@acme/*', 'lodash'];

const entry = fc
  .record({
    kind: fc.constantFrom('approved' as const, 'denied' as const, 'baseline' as const, 'requested' as const),
    name: fc.constantFrom(...names),
    expires: fc.constantFrom(null, '2026-11-22', '2027-01-01'),
    isElsewhere: fc.boolean(),
  })
  .map(({ kind, name, expires, isElsewhere }): Entry =>
    entryOf(kind, `npm:${name}`, {
      ...(kind === 'approved' ? { expires } : {}),
      file: isElsewhere ? 'team.yaml' : 'a.yaml',
    }),
  );

const decision: fc.Arbitrary<Decision> = fc
  .record({
    kind: fc.constantFrom('approved' as const, 'denied' as const, 'requested' as const),
    name: fc.constantFrom(...names),
    expires: fc.constantFrom(undefined, null, '2027-05-05'),
    overrides: fc.boolean(),
  })
  .map(({ kind, name, expires, overrides }) => ({
    kind,
    package: { ecosystem: 'npm', name },
    content: { reason: 'r', ...(kind === 'approved' && expires !== undefined ? { expires } : {}) },
    overrides,
  }));

test('what a command says it decided is what the whitelist says afterwards', async () => {
  const counts = { written: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 5 }), decision, async (entries, wanted) => {
      const own = entries.filter(({ file }) => file === 'a.yaml');
      const others = entries.filter(({ file }) => file !== 'a.yaml');
      const effect = effectOf(wanted, entries);
      if (effect === null) {
        counts.refused += 1;
        return;
      }
      const text = await textOf(own);
      const result = effect.kind === 'nothing' ? null : await edit('a.yaml', text, [effect.edit]);
      if (result?.kind === 'refused') throw new Error(result.fault.message);
      counts.written += Number(result !== null);
      const left = (await readWhitelist('a.yaml', result?.text ?? text)).entries;
      const { kind } = decide(indexEntries([...left, ...others]), wanted.package, today);
      // A request is answered where something is decided already.
      if (wanted.kind !== 'requested') expect(kind).toBe(wanted.kind);
      else expect(kind).toBe(decide(indexEntries(entries), wanted.package, today).kind);
    }),
    { numRuns: rounds(500, 20_000) },
  );
  expect(counts.written).toBeGreaterThan(50);
  expect(counts.refused).toBeGreaterThan(5);
});

/** Twins stand as a merge leaves them: each on its line. */
async function textOf(entries: readonly Entry[]): Promise<string> {
  const parts = await Promise.all(entries.map((one) => entriesText([one])));
  const [head = ''] = (await entriesText([])).split(/(?<=packages:\n)/);
  return head + parts.map((part) => part.slice(head.length)).join('');
}

function effectOf(wanted: Decision, entries: readonly Entry[]) {
  try {
    return consequenceOf(wanted, entries, { whitelist: 'a.yaml', today });
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
