import type { LockedDependent } from '../model/lookup.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { LockedState } from './versions-in-use.ts';

/**
 * A lockfile approves nothing: a change before may have put any name into it, where reviewers read past it. So it counts
 * only as far as its graph leads from what people declared. Nothing is read before a package is asked about.
 */
export class LockedDependents {
  readonly #bases: readonly LockedState[];
  readonly #declared = new Map<LockedState, Promise<ReadonlySet<string>>>();
  readonly #found = new Map<string, Promise<LockedDependent | null>>();

  /** @param bases The states before the judged one: what a change adds to a lockfile or a manifest says nothing. */
  constructor(bases: readonly LockedState[]) {
    this.#bases = bases;
  }

  /**
   * @returns What the first base says; null where one of them has no declared package that brings the subject, or where
   *   there is no base.
   */
  of(subject: Package): Promise<LockedDependent | null> {
    const label = packageLabel(subject);
    const dependent = this.#found.get(label) ?? this.#search(subject);
    this.#found.set(label, dependent);
    return dependent;
  }

  async #search(subject: Package): Promise<LockedDependent | null> {
    let first: LockedDependent | null = null;
    for (const base of this.#bases) {
      const declared = await this.#declaredIn(base);
      const isDeclared = (name: string) => declared.has(packageLabel({ ...subject, name }));
      const dependent = await base.lockfiles.rootAbove(subject, isDeclared);
      if (dependent === null) return null;
      first ??= dependent;
    }
    return first;
  }

  /** @returns The labels of the packages that the manifests of a base declare. */
  #declaredIn(base: LockedState): Promise<ReadonlySet<string>> {
    const read = async () =>
      new Set((await base.declarations.declaredPackages()).map((line) => packageLabel(line.package)));
    const declared = this.#declared.get(base) ?? read();
    this.#declared.set(base, declared);
    return declared;
  }
}
