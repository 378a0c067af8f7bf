import type { Declarations } from '../declarations/declarations.ts';
import type { DeclaredDependency } from '../declarations/read.ts';
import type { Lockfiles } from '../declarations/lockfiles.ts';
import { packageLabel, type Package } from '../model/package.ts';

/** A state of the project. */
export interface LockedState {
  readonly lockfiles: Lockfiles;
  readonly declarations: Declarations;
}

/**
 * Which versions of packages the project has: in what is judged, else at a base. A lockfile knows more than a manifest,
 * which pins what somebody asked for. Nothing is read before a package is asked about.
 */
export class VersionsInUse {
  readonly #states: readonly LockedState[];

  /** @param states What is judged comes first. */
  constructor(states: readonly LockedState[]) {
    this.#states = states;
  }

  /** @returns The versions as written, each once; none where nothing tells them. */
  async of(subject: Package): Promise<readonly string[]> {
    for (const { lockfiles, declarations } of this.#states) {
      const lockedVersions = [
        ...(await lockfiles.versionsOf(subject)),
        ...versionsIn(await declarations.lockedLines(), subject),
      ];
      if (lockedVersions.length > 0) return [...new Set(lockedVersions)];
      const pinnedVersions = versionsIn(await declarations.lines(), subject);
      if (pinnedVersions.length > 0) return pinnedVersions;
    }
    return [];
  }
}

/** @returns What lines with `==` name. */
function versionsIn(lines: readonly DeclaredDependency[], subject: Package): readonly string[] {
  const label = packageLabel(subject);
  const pins = lines.flatMap(({ dependency }) => {
    const { ecosystem, name, version } = dependency;
    return name !== null && version !== undefined && packageLabel({ ecosystem, name }) === label
      ? [version]
      : [];
  });
  return [...new Set(pins)];
}
