import { findEcosystem } from '../ecosystems/index.ts';
import type { Language, Resolver } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { ApprovalStatus } from '../model/status.ts';
import type { Substitute } from '../model/substitute.ts';
import { approvalStatusOf, isAllowed, type ApprovalSources } from '../policy/status.ts';
import { substituteNamed } from '../policy/substitute.ts';

/** Who decides about a substitute, and what tells whether a language brings it along. */
export interface SubstituteSources {
  readonly records: ApprovalSources;
  readonly languages: readonly Language[];
  readonly resolver: (language: Language) => Resolver;
}

/**
 * Looks at what a denial names to be used instead. Whoever writes a denial approves nothing by it.
 *
 * @param file The file that uses the denied package.
 * @returns null where the status is no denial, or the denial names nothing.
 */
export async function substituteOf(
  status: ApprovalStatus,
  file: string,
  { records, languages, resolver }: SubstituteSources,
): Promise<Substitute | null> {
  if (status.kind !== 'denied' || status.entry.use === null) return null;
  const named = substituteNamed(status.entry.use, status.entry);
  if (named === null) return { package: null, text: status.entry.use };
  const speaking = languages.filter(({ ecosystem }) => ecosystem === named.ecosystem);
  const builtin = await Promise.all(speaking.map((language) => isBuiltin(named, file, resolver(language))));
  if (builtin.includes(true)) return { package: named, status: 'builtin' };
  return {
    package: named,
    status: decidedStatusOf(await approvalStatusOf(named, records, { file, lines: [] }), records, named),
  };
}

/** Does the language itself provide what programs would import under the package's name? */
async function isBuiltin({ ecosystem, name }: Package, file: string, resolver: Resolver): Promise<boolean> {
  const specifier = findEcosystem(ecosystem)?.defaultSpecifier(name) ?? name;
  const resolved = await resolver.resolve({ file, specifier, names: [], kind: 'static' });
  return resolved.some(({ origin }) => origin.kind === 'builtin');
}

function decidedStatusOf(
  status: ApprovalStatus,
  { trustIn }: Pick<ApprovalSources, 'trustIn'>,
  { ecosystem }: Package,
): 'approved' | 'denied' | 'expired' | 'undecided' {
  if (isAllowed(status, trustIn(ecosystem))) return 'approved';
  return status.kind === 'denied' || status.kind === 'expired' ? status.kind : 'undecided';
}
