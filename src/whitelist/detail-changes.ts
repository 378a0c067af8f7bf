import { packageLabel } from '../model/package.ts';
import { changeKey, type Loosening } from '../model/policy.ts';
import type { Entry } from '../model/status.ts';
import { decisionKey, isNewApproval, type Comparison } from './comparison.ts';
import { claimsOf, type Whitelist } from './decide.ts';
import { passes, type DecidingState } from './package-status.ts';

/** One state, ready to be asked. */
export interface Side extends DecidingState {
  readonly entries: readonly Entry[];
  /** The modules that the entries of a package claim, by its label. */
  readonly modules: ReadonlyMap<string, ReadonlySet<string>>;
}

/** @returns What the entries of a package loosen besides the decision itself: sources, modules, what to use instead. */
export function detailChanges(comparison: Comparison, old: Side, next: Side): Loosening[] {
  return [
    ...sourceChanges(comparison),
    ...gainedModules(comparison, old, next),
    ...undeniedModules(comparison, old, next),
    ...replacements(comparison),
  ];
}

/** @returns The modules that entries claim for each package, by its label. */
export function modulesByPackage(whitelist: Whitelist): Map<string, Set<string>> {
  const modulesOf = new Map<string, Set<string>>();
  for (const [ecosystem, { imports, recorded }] of claimsOf(whitelist)) {
    const handwrittenClaims = [...imports].flatMap(([module, names]) =>
      names.map((name) => [name, module] as const),
    );
    const recordedClaims = [...recorded].flatMap(([name, modules]) =>
      modules.map((module) => [name, module] as const),
    );
    for (const [name, module] of [...handwrittenClaims, ...recordedClaims]) {
      const label = packageLabel({ ecosystem, name });
      modulesOf.set(label, (modulesOf.get(label) ?? new Set()).add(module));
    }
  }
  return modulesOf;
}

/** Another source than the one that was approved. */
function sourceChanges(comparison: Comparison): Loosening[] {
  const { label, old, next } = comparison;
  if (next.kind !== 'approved' || next.entry.source === null) return [];
  const { source } = next.entry;
  if (old.kind === 'approved' && old.entry.source === source) return [];
  const isImplied = isNewApproval(comparison) || (old.kind === 'expired' && old.entry.source === source);
  return [
    {
      ...changeAt(next.entry, `lets ${label} come from ${source}`),
      kind: 'source',
      subject: `${label} from ${source}`,
      impliedBy: isImplied ? decisionKey(comparison) : null,
    },
  ];
}

/** Modules whose imports newly lead to a package that passes. */
function gainedModules(comparison: Comparison, old: Side, next: Side): Loosening[] {
  const { label } = comparison;
  if (!passes(comparison.next)) return [];
  const oldModules = old.modules.get(label) ?? new Set();
  const gained = [...(next.modules.get(label) ?? [])].filter(
    (module) => !oldModules.has(module) || !passes(comparison.old),
  );
  return gained.flatMap((module) => {
    const entry = next.entries.find(
      (candidate) => packageLabel(candidate) === label && candidate.imports.includes(module),
    );
    if (entry === undefined) return [];
    // A list that a person wrote is a claim of its own, also in a new entry; what a version showed goes with it.
    const isImplied = oldModules.has(module) || (isNewApproval(comparison) && entry.importsOf !== null);
    return [
      {
        ...changeAt(entry, `lets ${label} provide ${module}`),
        claim: { package: { ecosystem: entry.ecosystem, name: entry.name }, module },
        kind: 'module',
        subject: `${label} as ${module}`,
        impliedBy: isImplied ? decisionKey(comparison) : null,
      },
    ];
  });
}

/** Modules whose imports led to a denied package. */
function undeniedModules(comparison: Comparison, old: Side, next: Side): Loosening[] {
  const { label, old: oldStanding, next: nextStanding } = comparison;
  if (oldStanding.kind !== 'denied') return [];
  const isDenied = nextStanding.kind === 'denied';
  const nextModules = isDenied ? next.modules.get(label) : undefined;
  const removed = [...(old.modules.get(label) ?? [])].filter((module) => nextModules?.has(module) !== true);
  return removed.map((module) => ({
    ...changeAt(nextStanding.entry ?? oldStanding.entry, `no longer denies ${label} as ${module}`),
    kind: 'denied-module',
    subject: `${label} as ${module}`,
    impliedBy: isDenied ? null : decisionKey(comparison),
  }));
}

/** What a denial names in place of its package is offered to everybody who uses that. */
function replacements({ label, old, next, scope }: Comparison): Loosening[] {
  if (next.kind !== 'denied' || next.entry.use === null) return [];
  const { use } = next.entry;
  if (old.kind === 'denied' && old.entry.use === use) return [];
  const isImplied = scope !== null && scope.next.entry === next.entry;
  return [
    {
      ...changeAt(next.entry, `suggests ${use} in place of ${label}`),
      kind: 'replacement',
      subject: `${label} by ${use}`,
      impliedBy: isImplied ? changeKey({ kind: 'replacement', subject: `${scope.label} by ${use}` }) : null,
    },
  ];
}

function changeAt(
  { file, line, by, reason }: Entry,
  what: string,
): Pick<Loosening, 'file' | 'line' | 'what' | 'approves' | 'by' | 'reason'> {
  return { file, line, what, approves: null, by, reason };
}
