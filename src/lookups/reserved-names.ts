import { findEcosystem } from '../ecosystems/index.ts';
import { packageLabel, purl, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { toldModules } from '../similar-names/told-modules.ts';
import type { LookupOptions } from './lookup-options.ts';

/** A name that may be that of a module, and the package of a private registry that may provide it. */
export interface ReservedName {
  readonly package: Package;
  readonly provider: Package;
}

/** What is known of a project's own packages. */
export interface OwnPackages {
  readonly declared: readonly Package[];
  readonly entries: readonly Entry[];
}

/**
 * A module of a private package (`acme_pricing` of `acme-pricing-core`) may be the name of a project that nobody outside
 * knows. Asks nobody.
 *
 * @returns Of the subjects, those whose words begin as those of a package that settings bind to one registry, or take from
 *   a further one, and of which nothing tells its modules: or whose words those of the package begin.
 */
export async function reservedNames(
  subjects: readonly Package[],
  { declared, entries }: OwnPackages,
  options: LookupOptions,
): Promise<readonly ReservedName[]> {
  const open = subjects.filter(({ ecosystem }) => (findEcosystem(ecosystem)?.modules ?? null) !== null);
  if (open.length === 0 || options.lookup !== 'on') return [];
  const { privatePackages } = await import('./index.ts');
  const providers: Package[] = [];
  for (const subject of await privatePackages([...declared, ...entries], options)) {
    const ecosystem = findEcosystem(subject.ecosystem);
    if (ecosystem === undefined || hasImports(subject, entries)) continue;
    if (!(await toldModules(ecosystem))(subject.name)) providers.push(subject);
  }
  return open.flatMap((subject) => {
    const provider = providers.find((candidate) => mayProvide(candidate, subject));
    return provider === undefined ? [] : [{ package: subject, provider }];
  });
}

/** @returns For lookups, why the names are asked nowhere. */
export function reasonsOf(names: readonly ReservedName[]): ReadonlyMap<string, string> {
  return new Map(
    names.map(({ package: subject, provider }) => [
      purl(subject),
      `it may be a module of ${packageLabel(provider)}, which comes from a registry of its own: record the modules of that one in the whitelist, or list this name in privateNames`,
    ]),
  );
}

function hasImports({ ecosystem, name }: Package, entries: readonly Entry[]): boolean {
  return entries.some(
    (entry) => entry.ecosystem === ecosystem && entry.name === name && entry.imports.length > 0,
  );
}

function mayProvide(provider: Package, subject: Package): boolean {
  if (provider.ecosystem !== subject.ecosystem || provider.name === subject.name) return false;
  const [longer, shorter] = [`${provider.name}-`, `${subject.name}-`];
  return longer.startsWith(shorter) || shorter.startsWith(longer);
}
