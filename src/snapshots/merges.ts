import type { Git } from '../git/git.ts';
import { changersOf } from '../git/authors.ts';
import { mergeBases, mergesBetween, type MergeCommit } from '../git/repository.ts';
import type { Merge, SignedChange, Snapshot } from '../model/snapshot.ts';
import type { Base } from './diff-view.ts';

/** What a repository's history says of merges, and of who made its commits. */
export class MergeHistory {
  readonly #git: Git;
  readonly #open: (base: Base) => Snapshot;
  /** A commit is the parent of one merge, and where the branches of another one had parted. */
  readonly #snapshots = new Map<string, Snapshot>();

  /** @param open Gives the state of a commit. */
  constructor(git: Git, open: (base: Base) => Snapshot) {
    this.#git = git;
    this.#open = open;
  }

  /** @returns The states at which each two of some commits had parted, each once. */
  async forksOf(revisions: readonly string[]): Promise<readonly Snapshot[]> {
    const pairs = revisions.flatMap((first, at) =>
      revisions.slice(at + 1).map((second) => mergeBases(this.#git, first, second)),
    );
    const forks = new Set((await Promise.all(pairs)).flat());
    return [...forks].map((revision) => this.#snapshotOf(revision));
  }

  /** @returns The merges of a range that concern one of the files: see `mergesBetween`. */
  async between(
    range: { readonly from: string; readonly to: string },
    paths: readonly string[],
  ): Promise<readonly Merge[]> {
    const commits = await mergesBetween(this.#git, range, paths);
    return commits.map((merge) => this.#mergeOf(merge));
  }

  /** @returns The commits of a range that change one of the files, with whom they name: see `changersOf`. */
  async changers(
    { from, to }: { readonly from: string; readonly to: string },
    paths: readonly string[],
  ): Promise<readonly SignedChange[]> {
    const commits = await changersOf(this.#git, `${from}..${to}`, paths);
    return commits.map((signed) => ({ ...this.#mergeOf(signed), ...signed }));
  }

  #mergeOf({ commit, parents }: MergeCommit): Merge {
    return {
      head: this.#snapshotOf(commit),
      bases: parents.map((parent) => this.#snapshotOf(parent)),
      forks: () => this.forksOf(parents),
    };
  }

  #snapshotOf(revision: string): Snapshot {
    const cached = this.#snapshots.get(revision);
    if (cached) return cached;
    const snapshot = this.#open({ revision, label: `the commit ${revision.slice(0, 12)}` });
    this.#snapshots.set(revision, snapshot);
    return snapshot;
  }
}
