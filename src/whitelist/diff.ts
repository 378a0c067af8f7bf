import { findEcosystem, isThisTool } from '../ecosystems/index.ts';
import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import { changeKey, type Loosening, type PolicyChange } from '../model/policy.ts';
import type { Entry, TrustedRecords } from '../model/status.ts';
import { decisionChange, type Comparison } from './comparison.ts';
import { indexEntries } from './decide.ts';
import { detailChanges, modulesByPackage, type Side } from './detail-changes.ts';
import { isScopePattern } from './key.ts';
import { decidedStatusOf } from './package-status.ts';

/** A whitelist at one moment: its main file, whether that is there, and the entries of all its files. */
export interface WhitelistState {
  readonly file: string;
  readonly exists: boolean;
  readonly entries: readonly Entry[];
}

/** A whitelist together with the record that approves where it says nothing. */
export interface TrustedState extends WhitelistState {
  readonly trustIn: (ecosystem: EcosystemId) => TrustedRecords;
  /** The ecosystems for which the file is the authority. */
  readonly covers: ReadonlySet<string>;
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
    const sides = { old: decidedStatusOf(old, subject, today), next: decidedStatusOf(next, subject, today) };
    return { label: packageLabel(subject), ...sides, scope };
  };
  return [
    ...lost(baseState, headState),
    ...unique(subjects).flatMap((subject) => {
      const scope = scopeOf(subject);
      const comparison = compare(subject, scope && compare(scope, null));
      const isFirst = !baseState.exists && baseState.entries.length === 0;
      return looseningsOfPackage(comparison, { old, next, isFirst });
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

function unique(subjects: readonly Package[]): readonly Package[] {
  return [...new Map(subjects.map((subject) => [packageLabel(subject), subject])).values()];
}

function scopeOf({ ecosystem, name }: Package): Package | null {
  const scope = isScopePattern(name) ? null : (findEcosystem(ecosystem)?.scopeOf(name) ?? null);
  return scope === null ? null : { ecosystem, name: `${scope}/*` };
}

function lost(baseState: TrustedState, headState: TrustedState): Loosening[] {
  if (!baseState.exists) return [];
  const { file } = baseState;
  const whole = { file, line: 1, approves: null, by: null, reason: null, impliedBy: null };
  if (!headState.exists) {
    const what = `removed the whitelist ${file}`;
    return [{ kind: 'whitelist', subject: file, what, ...whole }];
  }
  const uncovered = [...baseState.covers].filter((word) => !headState.covers.has(word));
  return uncovered.map((word) => {
    const what = `removed ${word} from “covers” of ${headState.file}`;
    return { ...whole, kind: 'coverage', subject: word, what, file: headState.file };
  });
}

function looseningsOfPackage(
  comparison: Comparison,
  { old, next, isFirst }: { readonly old: Side; readonly next: Side; readonly isFirst: boolean },
): Loosening[] {
  const decision = decisionChange(comparison);
  const kind = isFirst && isAdoption(comparison) ? 'adoption' : 'decision';
  return [
    ...(decision === null ? [] : [{ ...decision, kind } as const]),
    ...detailChanges(comparison, old, next),
  ];
}

/**
 * Who gives a project its whitelist takes down what was there, and approves the tool that reads it. Whatever else an
 * entry says, such as the modules of its package, is a decision.
 */
function isAdoption({ label, next: { kind, entry } }: Comparison): boolean {
  if (entry === null || packageLabel(entry) !== label) return false;
  if (entry.source !== null || entry.imports.length > 0) return false;
  return kind === 'baseline' || (kind === 'approved' && isThisTool(entry));
}
