import { findEcosystem } from '../ecosystems/index.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { decide, entryIn, indexEntries, type Whitelist } from './decide.ts';
import { joinedEdit, type Edit } from './edit.ts';
import { isScopePattern } from './key.ts';
import { joinTwins } from './twins.ts';

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

/** The entries of one package, and what counts of them. */
interface PackageEntries {
  readonly entry: Entry;
  readonly twins: readonly Entry[];
}

/**
 * Plans how to tidy a whitelist: entries that nothing uses, what is decided by now, and twins, which are joined to
 * what counts. Denials stay, and so does every entry without which more would pass: an expired approval keeps a
 * package from being taken for one that is merely declared.
 */
export function planPrune(fileEntries: readonly Entry[], view: PruneView): PrunePlan {
  const index = indexEntries([...fileEntries, ...view.elsewhere]);
  const packages = packagesOf(fileEntries);
  const going = packages.flatMap(({ entry }): Remark[] => {
    const why = whyRemove(entry, index, view);
    return why === null ? [] : [{ entry, why }];
  });
  const left = packages
    .map(({ entry }) => entry)
    .filter((candidate) => !going.some(({ entry }) => entry === candidate));
  const [keptRemarks, removed] = partition(going, ({ entry }) => limits(entry, [...left, ...view.elsewhere]));
  const removedEntries = new Set(removed.map(({ entry }) => entry));
  const twins = packages.filter((group) => group.twins.length > 1 && !removedEntries.has(group.entry));
  return {
    edits: [
      ...removed.map(({ entry: { ecosystem, name } }) => ({ ecosystem, name, content: null })),
      ...twins.flatMap((group) => joinedEdit(group.twins) ?? []),
    ],
    removed,
    joined: twins.map((group) => ({
      entry: group.entry,
      why: `${group.twins.length} entries for one package`,
    })),
    kept: keptRemarks.map(({ entry, why }) => ({
      entry,
      why: `${why}, but without it a wider entry would approve it`,
    })),
    ending: packages.flatMap(({ entry }) =>
      removedEntries.has(entry) ? [] : [...endingRemark(entry, view), ...overRemark(entry, view)],
    ),
  };
}

function whyRemove(entry: Entry, index: Whitelist, { today, isUsed }: PruneView): string | null {
  const { kind } = entry;
  if (kind === 'denied') return null;
  const status = decide(index, entry, today);
  if (status.kind === 'denied') return kind === 'approved' ? null : 'it is denied now';
  if (kind === 'requested') {
    return status.kind === 'approved' || status.kind === 'baseline' ? 'it is decided now' : null;
  }
  if (kind === 'baseline' && status.kind !== 'baseline') return 'it is approved now';
  if (isUsed?.(entry) !== false) return null;
  return isOver(entry, today)
    ? `its approval ended on ${entry.expires ?? ''}, and nothing uses it`
    : 'nothing uses it';
}

function isOver({ kind, expires }: Entry, today: string): boolean {
  return kind === 'approved' && expires !== null && expires < today;
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

function endingRemark(entry: Entry, { today, soon }: PruneView): Remark[] {
  const { kind, expires } = entry;
  const endsSoon = kind === 'approved' && expires !== null && expires >= today && expires <= soon;
  return endsSoon ? [{ entry, why: `ends on ${expires}` }] : [];
}

function overRemark(entry: Entry, { today, isUsed }: PruneView): Remark[] {
  if (!isOver(entry, today)) return [];
  const use = isUsed === null ? '' : ' and is in use';
  return [{ entry, why: `ended on ${entry.expires ?? ''}${use}: approve it again, or deny it` }];
}

function packagesOf(fileEntries: readonly Entry[]): PackageEntries[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of fileEntries) {
    const label = packageLabel(entry);
    groups.set(label, [...(groups.get(label) ?? []), entry]);
  }
  return [...groups.values()].flatMap((twins) => {
    const entry = joinTwins(twins);
    return entry === undefined ? [] : [{ entry, twins }];
  });
}

function partition<T>(items: readonly T[], holds: (item: T) => boolean): [T[], T[]] {
  return [items.filter(holds), items.filter((item) => !holds(item))];
}
