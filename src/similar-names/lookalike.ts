import type { EcosystemId, Package } from '../model/package.ts';
import { similarNames } from './near.ts';
import type { NameIndex } from './name-index.ts';
import type { SimilarName } from './near.ts';

/** A name that looks like a known one. `why` is to be read after “did you mean” and the target's name. */
export interface Lookalike {
  readonly target: Package;
  readonly why: string;
}

/**
 * Does a name imitate a known one? The rules are narrow, because the answer grades a finding as
 * `lookalike`; what an existing package's age, owner or use says against it is the grade's business.
 *
 * @returns The first hit: same letters, flattened npm scope, one edit (names of five letters or more),
 * generic parts, plugin prefix. Undefined where nothing is that near.
 */
export function lookalikeOf(
  name: string,
  ecosystem: EcosystemId,
  nameIndex: NameIndex,
): Lookalike | undefined {
  for (const match of similarNames(name, ecosystem, nameIndex)) {
    if (isNarrow(match)) return { target: match.known.package, why: match.why };
  }
  return undefined;
}

/** Shorter names have too many neighbours among the thousands that are merely popular. */
const fewestLettersBesidePopular = 8;

/**
 * Is a name so near a known one that it is taken for it, whoever owns both? Against names that everybody has met, or that
 * the project uses, every rule counts. The long list holds many pairs of honest neighbours (`pypdf` and `pypdf2`, `grpcio`
 * and `grpcio-tools`), so against it only equal letters count, and edits of long names that are no other version.
 */
export function isNarrow({ known: knownName, rule, word }: SimilarName): boolean {
  if (knownName.tier !== 'popular' || rule === 'letters' || rule === 'scope') return true;
  if (rule !== 'edit' || knownName.key.length < fewestLettersBesidePopular) return false;
  return word.replace(/\d+/g, '') !== knownName.key.replace(/\d+/g, '');
}
