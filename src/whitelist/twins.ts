import { packageLabel } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { entryKinds } from './entry.ts';

/**
 * Joins two entries of one package that decide the same. Of approvals and baselines counts what both allow: the end
 * that comes first, a source and modules that both name; of denials everything that either says.
 */
export function joinEntries(left: Entry, right: Entry): Entry {
  const [first, second] = endsBefore(right, left) ? [right, left] : [left, right];
  return {
    ...first,
    source: left.source === right.source ? left.source : null,
    imports: first.kind === 'denied' ? union(first, second) : intersection(first, second),
    importsOf: left.importsOf === right.importsOf ? left.importsOf : null,
    use: first.use ?? second.use,
    despite: first.despite ?? second.despite,
    unverified: first.unverified || second.unverified,
  };
}

/**
 * @param entries All of one package, in one file.
 * @returns What counts of them as one: a denial, then an approval, then the baseline; a request only where nothing is
 *   decided. undefined where there is none.
 */
export function joinTwins(entries: readonly Entry[]): Entry | undefined {
  const kind = entryKinds.find((candidate) => entries.some((entry) => entry.kind === candidate));
  const [first, ...twins] = entries.filter((entry) => entry.kind === kind);
  return first === undefined ? undefined : twins.reduce(joinEntries, first);
}

/** @returns A sentence for each package that stands several times, with what counts and how it ends. */
export function twinWarnings(entries: readonly Entry[]): string[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const label = packageLabel(entry);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [entry]);
    else group.push(entry);
  }
  return [...groups].flatMap(([label, group]) => (group.length === 1 ? [] : warningsOf(label, group)));
}

/** In one file every twin is worth a word; what another file says besides is why there are several files. */
function warningsOf(label: string, entries: readonly Entry[]): string[] {
  const files = [...new Set(entries.map(({ file }) => file))];
  const within = files.flatMap((file) => {
    const twins = entries.filter((entry) => entry.file === file);
    return twins.length === 1 ? [] : [twinWarning(label, twins, '`prune --yes` joins them')];
  });
  if (within.length > 0) return within;
  return entryKinds.flatMap((kind) => {
    const twins = entries.filter((entry) => entry.kind === kind);
    return twins.length < 2 || kind === 'requested' ? [] : [twinWarning(label, twins, 'remove one of them')];
  });
}

function twinWarning(label: string, twins: readonly Entry[], next: string): string {
  const places = placesOf(twins);
  const effectiveEntry = joinTwins(twins);
  const what =
    effectiveEntry === undefined
      ? ''
      : `${effectiveEntry.kind} counts, from ${effectiveEntry.file}:${effectiveEntry.line}`;
  return `${label} has ${twins.length} entries (${places}); ${what}${lessOf(twins, effectiveEntry)}; ${next}`;
}

/** `a.yaml, lines 5 and 9`, or the place in each of several files. */
function placesOf(twins: readonly Entry[]): string {
  const [first] = twins;
  const isOneFile = twins.every(({ file }) => file === first?.file);
  if (!isOneFile) return twins.map(({ file, line }) => `${file}:${line}`).join(' and ');
  return `${first?.file ?? ''}, lines ${twins.map(({ line }) => line).join(' and ')}`;
}

function lessOf(twins: readonly Entry[], effectiveEntry: Entry | undefined): string {
  const approvals = twins.filter(({ kind }) => kind === effectiveEntry?.kind);
  const hadSource = approvals.some(({ source }) => source !== null) && effectiveEntry?.source === null;
  return hadSource ? ', without a source, because they name different ones' : '';
}

function endsBefore(left: Entry, right: Entry): boolean {
  return left.expires !== null && (right.expires === null || left.expires < right.expires);
}

function union(left: Entry, right: Entry): string[] {
  return [...new Set([...left.imports, ...right.imports])];
}

function intersection(left: Entry, right: Entry): string[] {
  return left.imports.filter((module) => right.imports.includes(module));
}
