import { packageOf } from '../ecosystems/index.ts';
import type { Declarations } from '../declarations/declarations.ts';
import { changedNames } from '../declarations/requirement-texts.ts';
import type { LockedLines } from '../declarations/read.ts';
import type { Dependency } from '../model/manifest.ts';

/** The manifests of the state that is judged, and of those that count as decided before. */
export interface JudgedManifests {
  readonly head: Declarations;
  readonly trusted: readonly Declarations[];
}

/**
 * The lines of one manifest that a program wrote because a source asks for their packages. That is the word of the file: it
 * counts for what a base holds already, and for new lines where the base has the same file of the same sources, the
 * sources ask for something else than before, and the file says for which line of them each came.
 */
export class JudgedLocks {
  readonly #path: string;
  readonly #manifests: JudgedManifests;
  #isRewritten: Promise<boolean> | undefined;

  constructor(path: string, manifests: JudgedManifests) {
    this.#path = path;
    this.#manifests = manifests;
  }

  /** @returns Whether a line is one of a lockfile, so that nobody has to decide about it. */
  async holds(dependency: Dependency): Promise<boolean> {
    const { head, trusted } = this.#manifests;
    const locked = await head.lockedIn(this.#path);
    if (locked?.lines.like(dependency) === undefined || trusted.length === 0) return false;
    for (const base of trusted) if (await isLockedAt(base, dependency, this.#path)) return true;
    if (dependency.name === null || !locked.explained.has(dependency.name)) return false;
    this.#isRewritten ??= this.#areSourcesChanged(locked);
    return this.#isRewritten;
  }

  /** Each base has to agree: in a merge, what one parent has is known there. */
  async #areSourcesChanged(locked: LockedLines): Promise<boolean> {
    const { head, trusted } = this.#manifests;
    const changes = trusted.map(async (base) => {
      const baseLocks = await base.lockedIn(this.#path);
      return (
        baseLocks !== null &&
        comesFrom(baseLocks, locked) &&
        (await newlyAsked(locked, { head, base })).size > 0
      );
    });
    return !(await Promise.all(changes)).includes(false);
  }
}

/** @returns Whether a base has the same file of (at least) the same sources. */
export function comesFrom(baseLocks: LockedLines, headLocks: LockedLines): boolean {
  return headLocks.sources.every((source) => baseLocks.sources.includes(source));
}

/** @returns The packages that the sources of a file ask for in other words than at a base. */
async function newlyAsked(
  { manifests }: LockedLines,
  { head, base }: { readonly head: Declarations; readonly base: Declarations },
): Promise<ReadonlySet<string>> {
  return changedNames(await base.requirementsIn(manifests), await head.requirementsIn(manifests));
}

/** @returns Whether a base has a package in a file that a program wrote; the same file is looked at first. */
export async function isLockedAt(base: Declarations, dependency: Dependency, path: string): Promise<boolean> {
  const locked = await base.lockedIn(path);
  if (locked?.lines.like(dependency) !== undefined) return true;
  const { ecosystem, name, specifier } = dependency;
  return (await base.findLocked(packageOf(ecosystem, name ?? specifier))) !== null;
}
