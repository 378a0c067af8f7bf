import type { EcosystemId } from './package.ts';

/**
 * The packages that a lockfile holds from the registry of its ecosystem. What it takes from git, a URL, a path, a link
 * or a workspace is not among them; of an alias it is the target.
 */
export interface LockedPackages {
  /** In canonical spelling. */
  readonly names: ReadonlySet<string>;
  /** @returns The versions of one of the names, as written; none where the format's reader does not tell them. */
  versionsOf(name: string): readonly string[];
  /**
   * @returns Of these packages, those that need one of the names, in the lockfile's order; none where the format does not
   *   say. Versions of a package are not told apart.
   */
  requirersOf(name: string): readonly string[];
  /** @returns Where one of the names first stands in the text, so that a person finds it. */
  offsetOf(name: string): number;
}

/** One lockfile format. Adding one is a file in `src/ecosystems/<id>/lockfiles` and a line in the list. */
export interface LockfileFormat {
  /** The first of its usual file names. */
  readonly id: string;
  readonly ecosystem: EcosystemId;
  /** Its usual file names. */
  readonly fileNames: readonly string[];
  /** Does a path (relative, with `/`) name a lockfile of this format? */
  matches(path: string): boolean;
  /**
   * @returns null for a text that can't be read: it is too long, in disorder, or of a version that nobody has looked
   *   at. Such a lockfile proves nothing. No text makes it throw.
   */
  read(text: string): LockedPackages | null;
}
