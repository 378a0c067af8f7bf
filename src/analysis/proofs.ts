import { packageLabel, type Package } from '../model/package.ts';
import type { Reference, Use } from '../model/reference.ts';
import type { UsePlace } from '../model/status.ts';

/** A reference of a base, with where it stands. */
interface Proof {
  readonly reference: Reference;
  readonly file: string;
}

/** The references of a base that show that it uses packages. */
export class Proofs {
  /** The first ones of each kind, in the order in which they were found: what comes later proves nothing more. */
  readonly #proofs: ReadonlyMap<string, Proof[]>;

  /** @param uses Those of the packages in question. */
  constructor(uses: readonly Use[]) {
    this.#proofs = new Map(uses.map((use) => [packageLabel(use.package), []]));
  }

  /** @returns Whether the references of a file prove more of the packages than those before. */
  add(references: readonly Reference[], file: string): boolean {
    let hasNews = false;
    for (const reference of references)
      for (const subject of packagesOf(reference)) {
        const proofs = this.#proofs.get(packageLabel(subject));
        if (!proofs || proofs.some((proof) => isAlike(proof.reference, reference))) continue;
        proofs.push({ reference, file });
        hasNews = true;
      }
    return hasNews;
  }

  /** @returns Where the base uses the package as every reference of a use does; null where it does not. */
  placeOf(use: Use): UsePlace | null {
    const proofs = this.#proofs.get(packageLabel(use.package)) ?? [];
    const firstProofs = use.references.map((reference) =>
      proofs.find((proof) => proves(proof.reference, reference)),
    );
    const [first] = firstProofs;
    if (first === undefined || firstProofs.includes(undefined)) return null;
    return { file: first.file, line: first.reference.place.line };
  }
}

/**
 * Types are erased, and what a program can do without may never have been installed: each proves its own kind alone.
 * Whoever installs a package asks for all of it.
 */
function proves(proof: Reference, reference: Reference): boolean {
  if (proof.kind === 'type' && reference.kind !== 'type') return false;
  return !proof.optional || reference.optional;
}

/** Do two references prove the same? */
function isAlike(left: Reference, right: Reference): boolean {
  return (left.kind === 'type') === (right.kind === 'type') && left.optional === right.optional;
}

/** The packages that a reference proves. A line that says of its specifier that it is no package proves none. */
function packagesOf({ kind, origin, approximate, ignoreReason }: Reference): readonly Package[] {
  if (kind === 'dependency' || approximate || origin.kind !== 'package' || ignoreReason) return [];
  return [origin.package, ...origin.alternatives];
}
