import { comparableSource } from '../ecosystems/shared/source-location.ts';
import type { ForeignSource, OpenSource } from '../model/finding.ts';
import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import { comparableAddress } from '../text/addresses.ts';
import { quotable } from '../text/escape.ts';
import type { ApprovalSources } from './status.ts';

/** More commands than these nobody runs: the config can name a registry once. */
const mostApprovals = 5;

/** Who settles a source: people, package by package, and the config, which names registries. */
export interface SourceJudges extends Pick<ApprovalSources, 'decide'> {
  readonly registries: ReadonlyMap<EcosystemId, readonly string[]>;
}

/**
 * A source is settled by approvals of exactly this source for each package that comes from there; a registry also by the
 * config, and by nothing having been bound to it.
 *
 * @returns What is left of the sources, each with the commands that approve it.
 */
export function openSources(
  sources: readonly ForeignSource[],
  { decide, registries }: SourceJudges,
): readonly OpenSource[] {
  return sources.flatMap((source): OpenSource[] => {
    const { named, cause, value, ecosystem } = source;
    const isRegistry = cause.kind !== 'dependency' || cause.isIndex;
    if (isRegistry && isListedRegistry(value, registries.get(ecosystem))) return [];
    const open = named.filter((subject) => !isApprovedFrom(subject, value, decide));
    return named.length > 0 && open.length === 0 ? [] : [{ ...source, approvals: approvals(open, value) }];
  });
}

/** @returns Whether the config names a registry among those of its ecosystem. */
export function isListedRegistry(value: string, registries: readonly string[] = []): boolean {
  return registries.some((address) => isSameSource(address, value));
}

/** @returns Whether two sources are the same place, as people write them: a slash at the end and capitals of the host say nothing. */
export function isSameSource(left: string, right: string): boolean {
  return comparableAddress(comparableSource(left)) === comparableAddress(right);
}

/** @returns Whether an approval of a package names a source. */
export function isApprovedFrom(subject: Package, value: string, decide: ApprovalSources['decide']): boolean {
  const decision = decide(subject);
  if (decision.kind !== 'approved' || decision.entry.source === null) return false;
  return isSameSource(decision.entry.source, value);
}

function approvals(packages: readonly Package[], value: string): readonly string[] {
  if (packages.length > mostApprovals || !quotable(value)) return [];
  return packages.map((subject) => `approve ${packageLabel(subject)} --source "${value}" --reason "…"`);
}
