import { COMMAND_LANGUAGE } from '../model/commands-setting.ts';
import type { Package } from '../model/package.ts';
import type { Reference, Use } from '../model/reference.ts';
import type { UsePlace } from '../model/status.ts';

/** A reference of a base, with where it stands. */
interface Proof {
  readonly reference: Reference;
  readonly file: string;
}

/** The references of a base that show that it uses one package. */
export class Proofs {
  /** The first ones of each kind, in the order in which they were found: what comes later proves nothing more. */
  readonly #proofs: Proof[] = [];

  /** @returns Whether a reference to the package proves more of it than those before. */
  isNews(reference: Reference): boolean {
    return !this.#proofs.some((proof) => isAlike(proof.reference, reference));
  }

  /** @param reference One to the package, in a file of the base. */
  add(reference: Reference, file: string): void {
    if (this.isNews(reference)) this.#proofs.push({ reference, file });
  }

  /**
   * @param use One of the package.
   * @returns Where the base uses it as every reference of the use does; null where it does not.
   */
  placeOf(use: Use): UsePlace | null {
    // A command brings what a program of the base may name that never ran.
    const isCommand = use.language === COMMAND_LANGUAGE;
    const candidates = this.#proofs.filter(({ reference }) => !isCommand || reference.kind === 'install');
    const firstProofs = use.references.map((reference) =>
      candidates.find((proof) => proves(proof.reference, reference)),
    );
    const [first] = firstProofs;
    if (first === undefined || firstProofs.includes(undefined)) return null;
    return { file: first.file, line: first.reference.place.line };
  }
}

/**
 * Types are erased, what a program can do without may never have been installed, and what is installed may be a tool that no
 * program imports: each proves its own kind alone. Whoever installs a package asks for all of it.
 */
function proves(proof: Reference, reference: Reference): boolean {
  if (proof.kind === 'type' && reference.kind !== 'type') return false;
  if (proof.kind === 'install' && reference.kind !== 'install') return false;
  return !proof.optional || reference.optional;
}

/** Do two references prove the same? */
function isAlike(left: Reference, right: Reference): boolean {
  return (
    (left.kind === 'type') === (right.kind === 'type') &&
    (left.kind === 'install') === (right.kind === 'install') &&
    left.optional === right.optional
  );
}

/** @returns The packages that a reference proves. A line that says of its specifier that it is no package proves none. */
export function provenPackages({ kind, origin, approximate, ignoreReason }: Reference): readonly Package[] {
  if (kind === 'dependency' || approximate || origin.kind !== 'package' || ignoreReason) return [];
  return [origin.package, ...origin.alternatives];
}
