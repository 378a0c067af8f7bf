import { findEcosystem } from '../ecosystems/index.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { decide, entryIn, indexEntries, type Whitelist } from './decide.ts';
import type { Edit, EntryAddress } from './edit.ts';
import { isScopePattern } from './entry.ts';

/** An entry with a sentence about it, without a full stop. */
export interface Remark {
  readonly entry: Entry;
  readonly why: string;
}

/** What can go from a whitelist, what is joined, and what people should know. */
export interface PrunePlan {
  readonly edits: readonly Edit[];
  readonly removed: readonly Remark[];
  readonly joined: readonly Remark[];
  /** Entries that could go, if that would not let more pass. */
  readonly kept: readonly Remark[];
  /** Approvals that end soon. */
  readonly ending: readonly Remark[];
}

/** What a plan depends on besides the file's entries. */
export interface PruneView {
  /** Entries of the files that extend the whitelist: they count, and are never edited. */
  readonly elsewhere: readonly Entry[];
  /** Days in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  readonly soon: string;
  /** Does the project use the package, or one of the scope? Null where nobody can tell. */
  readonly isUsed: ((entry: Entry) => boolean) | null;
}

/**
 * Plans how to tidy a whitelist: entries that nothing uses, approvals that are over, what is decided by now,
 * and twins, which are joined to their strictest. Denials stay, and so does every entry without which more
 * would pass.
 */
export function planPrune(fileEntries: readonly Entry[], view: PruneView): PrunePlan {
  const index = indexEntries([...fileEntries, ...view.elsewhere]);
  const entries = [...joinedByAddress(fileEntries).values()];
  const going = entries.flatMap(({ entry }): Remark[] => {
    const why = whyRemove(entry, index, view);
    return why === null ? [] : [{ entry, why }];
  });
  const left = entries
    .map(({ entry }) => entry)
    .filter((candidate) => !going.some(({ entry }) => entry === candidate));
  const [keptRemarks, removed] = partition(going, ({ entry }) => limits(entry, [...left, ...view.elsewhere]));
  const removedEntries = new Set(removed.map(({ entry }) => entry));
  const twins = entries.filter(({ entry, count }) => count > 1 && !removedEntries.has(entry));
  return {
    edits: [
      ...removed.map(({ entry }) => ({ kind: 'remove' as const, ...addressOf(entry) })),
      ...twins.map(({ entry }) => ({ kind: 'put' as const, ...addressOf(entry), content: entry })),
    ],
    removed,
    joined: twins.map(({ entry, count }) => ({ entry, why: `stands ${count} times` })),
    kept: keptRemarks.map(({ entry, why }) => ({
      entry,
      why: `${why}, but without it a wider entry would approve it`,
    })),
    ending: entries
      .filter(({ entry }) => !removedEntries.has(entry) && endsBetween(entry, view))
      .map(({ entry }) => ({ entry, why: `ends on ${entry.expires ?? ''}` })),
  };
}

function whyRemove(entry: Entry, index: Whitelist, { today, isUsed }: PruneView): string | null {
  const { kind: section } = entry;
  if (section === 'denied') return null;
  const status = decide(index, entry, today);
  if (status.kind === 'denied') return section === 'approved' ? null : 'denied by now';
  if (section === 'requested') {
    return status.kind === 'approved' || status.kind === 'baseline' ? 'decided by now' : null;
  }
  if (section === 'baseline' && status.kind !== 'baseline') return 'approved by now';
  if (section === 'approved' && entry.expires !== null && entry.expires < today)
    return `its approval ended on ${entry.expires}`;
  return isUsed?.(entry) === false ? 'nothing uses it' : null;
}

/** Does an approval with an end hold back a wider one, or an entry of the baseline, that stays? */
function limits(entry: Entry, left: readonly Entry[]): boolean {
  if (entry.kind !== 'approved' || entry.expires === null) return false;
  const index = indexEntries(left);
  if (entryIn(index, 'approved', entry) ?? entryIn(index, 'baseline', entry)) return true;
  return left.some(
    (candidate) =>
      (candidate.kind === 'approved' || candidate.kind === 'baseline') && isInScope(candidate, entry),
  );
}

/** Is a package, or the scope itself, covered by a scope's pattern? */
export function isInScope(subject: Package, pattern: Package): boolean {
  if (!isScopePattern(pattern.name) || subject.ecosystem !== pattern.ecosystem) return false;
  return `${findEcosystem(subject.ecosystem)?.scopeOf(subject.name) ?? ''}/*` === pattern.name;
}

function endsBetween({ kind: section, expires }: Entry, { today, soon }: PruneView): boolean {
  return section === 'approved' && expires !== null && expires >= today && expires <= soon;
}

/** Entries of one package in one section, as one: the approval that ends first, with the modules of all. */
function joinedByAddress(fileEntries: readonly Entry[]): Map<string, { entry: Entry; count: number }> {
  const joined = new Map<string, { entry: Entry; count: number }>();
  for (const entry of fileEntries) {
    const key = `${entry.kind} ${packageLabel(entry)}`;
    const twin = joined.get(key);
    joined.set(
      key,
      twin ? { entry: strictest(twin.entry, entry), count: twin.count + 1 } : { entry, count: 1 },
    );
  }
  return joined;
}

function strictest(left: Entry, right: Entry): Entry {
  const index = indexEntries([left, right]);
  const effectiveEntry = entryIn(index, left.kind, left) ?? left;
  return { ...effectiveEntry, imports: [...new Set([...left.imports, ...right.imports])] };
}

function addressOf({ kind: section, ecosystem, name }: Entry): EntryAddress {
  return { section, ecosystem, name };
}

function partition<T>(items: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}
