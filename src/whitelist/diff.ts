import { findEcosystem } from '../ecosystems/index.ts';
import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import { changeKey, type Loosening, type PolicyChange } from '../model/policy.ts';
import type { Entry, TrustedRecords } from '../model/status.ts';
import { decisionChange, decisionKey, isNewApproval, type Comparison } from './comparison.ts';
import { importsOf, indexEntries, type Whitelist } from './decide.ts';
import { isScopePattern } from './key.ts';
import { passes, standingOf, type DecidingState } from './standing.ts';

/** A whitelist at one moment: its main file, whether that is there, and the entries of all its files. */
export interface WhitelistState {
  readonly file: string;
  readonly exists: boolean;
  readonly entries: readonly Entry[];
}

/** A whitelist together with the record that approves where it says nothing. */
export interface TrustedState extends WhitelistState {
  readonly trustIn: (ecosystem: EcosystemId) => TrustedRecords;
}

/** What decides on both sides of a change. */
export interface ComparisonContext {
  /** The current day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** What manifests declare at the base. */
  readonly declared: readonly Package[];
  /** What is asked about besides: in a merge, what one of its other states names. */
  readonly named?: readonly Package[];
}

/**
 * Lists how a change of the whitelist loosens policy. Every package and scope that a side names is asked about on both
 * sides, as a check asks (`decide`); so are the packages that manifests declare, where one of the sides trusts them.
 *
 * @returns Changes with the place of the entry in the change; of a removed entry, its place at the base.
 */
export function loosened(
  baseState: TrustedState,
  headState: TrustedState,
  context: ComparisonContext,
): PolicyChange[] {
  return toldChanges(looseningsOf(baseState, headState, context));
}

/** As {@link loosened}, with those that another one implies: against another state, that one may not be there. */
export function looseningsOf(
  baseState: TrustedState,
  headState: TrustedState,
  { today, declared, named = [] }: ComparisonContext,
): Loosening[] {
  const [old, next] = [sideOf(baseState, declared), sideOf(headState, declared)];
  const trusted = declared.filter(({ ecosystem }) =>
    [baseState, headState].some(({ trustIn }) => trustIn(ecosystem) === 'manifests'),
  );
  const subjects = [...headState.entries, ...baseState.entries, ...named, ...trusted];
  const compare = ({ ecosystem, name }: Package, scope: Comparison | null): Comparison => {
    const subject = { ecosystem, name };
    const sides = { old: standingOf(old, subject, today), next: standingOf(next, subject, today) };
    return { label: packageLabel(subject), ...sides, scope };
  };
  return [
    ...lost(baseState, headState),
    ...unique(subjects).flatMap((subject) => {
      const scope = scopeOf(subject);
      const comparison = compare(subject, scope && compare(scope, null));
      return looseningsOfPackage(comparison, old, next);
    }),
  ];
}

/** @returns The changes without those that a told one implies. */
export function toldChanges(loosenings: readonly Loosening[]): PolicyChange[] {
  const keys = new Set(loosenings.map(changeKey));
  return loosenings.flatMap(({ impliedBy, ...change }) =>
    impliedBy !== null && keys.has(impliedBy) ? [] : [change],
  );
}

/** One state, ready to be asked. */
interface Side extends DecidingState {
  readonly entries: readonly Entry[];
  /** The modules that the entries of a package claim, by its label. */
  readonly modules: ReadonlyMap<string, ReadonlySet<string>>;
}

function sideOf({ entries, trustIn }: TrustedState, declared: readonly Package[]): Side {
  const whitelist = indexEntries(entries);
  return {
    whitelist,
    trustIn,
    declared: new Set(declared.map(packageLabel)),
    entries,
    modules: modulesByPackage(whitelist),
  };
}

function modulesByPackage(whitelist: Whitelist): Map<string, Set<string>> {
  const modulesOf = new Map<string, Set<string>>();
  for (const [ecosystem, claims] of importsOf(whitelist)) {
    for (const [module, names] of claims) {
      for (const name of names) {
        const label = packageLabel({ ecosystem, name });
        modulesOf.set(label, (modulesOf.get(label) ?? new Set()).add(module));
      }
    }
  }
  return modulesOf;
}

function unique(subjects: readonly Package[]): Iterable<Package> & readonly Package[] {
  return [...new Map(subjects.map((subject) => [packageLabel(subject), subject])).values()];
}

function scopeOf({ ecosystem, name }: Package): Package | null {
  const scope = isScopePattern(name) ? null : (findEcosystem(ecosystem)?.scopeOf(name) ?? null);
  return scope === null ? null : { ecosystem, name: `${scope}/*` };
}

function lost(baseState: WhitelistState, headState: WhitelistState): Loosening[] {
  if (!baseState.exists || headState.exists) return [];
  const { file } = baseState;
  const what = `removed the whitelist ${file}`;
  const whole = { file, line: 1, approves: null, by: null, reason: null, impliedBy: null };
  return [{ kind: 'whitelist', subject: file, what, ...whole }];
}

function looseningsOfPackage(comparison: Comparison, old: Side, next: Side): Loosening[] {
  const decision = decisionChange(comparison);
  return [
    ...(decision === null ? [] : [decision]),
    ...sourceChanges(comparison),
    ...gainedModules(comparison, old, next),
    ...undeniedModules(comparison, old, next),
    ...replacements(comparison),
  ];
}

/** Another source than the one that was approved. */
function sourceChanges(comparison: Comparison): Loosening[] {
  const { label, old, next } = comparison;
  if (next.kind !== 'approved' || next.entry.source === null) return [];
  const { source } = next.entry;
  const approvedSource = old.kind === 'approved' || old.kind === 'expired' ? old.entry.source : null;
  if (source === approvedSource) return [];
  return [
    {
      ...changeAt(next.entry, `lets ${label} come from ${source}`),
      kind: 'source',
      subject: `${label} from ${source}`,
      impliedBy: isNewApproval(comparison) ? decisionKey(comparison) : null,
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
    const isImplied = oldModules.has(module) || isNewApproval(comparison);
    return [
      {
        ...changeAt(entry, `lets ${label} provide ${module}`),
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
