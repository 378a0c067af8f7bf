import { comparableSource } from '../ecosystems/shared/source-location.ts';
import type { ForeignSource } from '../model/finding.ts';
import type { EcosystemId } from '../model/package.ts';
import { trimSuffix } from '../text/ends.ts';
import type { ApprovalSources } from './status.ts';

/**
 * @param registries Which registry the config gives to an ecosystem.
 * @returns Whether somebody settled a foreign source: by an approval of exactly this source for the package that
 * the line names, or, for a line about every package, by the config.
 */
export function isSettledSource(
  { named, package: target, ecosystem, value }: ForeignSource,
  { decide }: Pick<ApprovalSources, 'decide'>,
  registries: ReadonlyMap<EcosystemId, string>,
): boolean {
  if (named === null) return target === null && isRegistry(value, registries.get(ecosystem));
  const decision = decide(named);
  if (decision.kind !== 'approved' || decision.entry.source === null) return false;
  return comparableSource(decision.entry.source) === value;
}

/** The scope that a registry is for stands after a blank; it does not matter who else is asked there. */
function isRegistry(value: string, registry: string | undefined): boolean {
  const [address = ''] = value.split(' ', 1);
  return registry !== undefined && trimSuffix(address, '/') === trimSuffix(registry, '/');
}
