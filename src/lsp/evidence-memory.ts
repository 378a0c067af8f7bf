import type { PackageEvidence } from '../model/finding.ts';
import { purl, type Package } from '../model/package.ts';

/** How long a registry that has not answered is left alone, in milliseconds. */
const SILENCE = 60_000;

/** What registries said when texts were saved, so that it still stands while somebody types. */
export class EvidenceMemory {
  readonly #answers = new Map<string, { readonly evidence: PackageEvidence; readonly time: number }>();

  get(root: string, subject: Package): PackageEvidence | undefined {
    return this.#answers.get(keyOf(root, subject))?.evidence;
  }

  set(root: string, subject: Package, evidence: PackageEvidence): void {
    this.#answers.set(keyOf(root, subject), { evidence, time: performance.now() });
  }

  /** @returns Whether a registry has just been asked about a package and has not answered. */
  isSilent(root: string, subject: Package): boolean {
    const answer = this.#answers.get(keyOf(root, subject));
    return answer?.evidence.grade === 'unanswered' && performance.now() - answer.time < SILENCE;
  }
}

function keyOf(root: string, subject: Package): string {
  return `${root}\0${purl(subject)}`;
}

/** @returns What registries said, with its suggestions as a text would write them. */
export function respelled(cached: PackageEvidence, { suggestions }: PackageEvidence): PackageEvidence {
  const spelled = (meant: Package) =>
    suggestions.find((suggestion) => purl(suggestion.package) === purl(meant));
  return { ...cached, suggestions: cached.suggestions.map((meant) => spelled(meant.package) ?? meant) };
}
