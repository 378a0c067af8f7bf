import { GitError, type Git } from '../git/git.ts';
import { stagedChanges, treeChanges, workTreeChanges, type ChangedFile } from '../git/changes.ts';
import { listAll, listUntracked, listWorkTree } from '../git/listing.ts';
import { indexLinks, indexPaths } from '../git/index-file.ts';
import type { ObjectFiles } from '../git/object-files.ts';
import { ObjectReader } from '../git/objects.ts';
import {
  commitId,
  emptyTree,
  isShallow,
  mergeBase,
  mergedParents,
  type Repository,
} from '../git/repository.ts';
import type { Fault } from '../model/fault.ts';
import { noHistory, type Change, type Scope, type Snapshot } from '../model/snapshot.ts';
import { changesBelow, isBelow } from './paths-scope.ts';
import {
  byPath,
  displacedContents,
  inEveryComparison,
  emptyDiff,
  diffForBase,
  diffForHead,
  touchedIn,
  type Base,
  type Compared,
  type DiffView,
} from './diff-view.ts';
import { objectSnapshot, type ObjectSource } from './objects.ts';
import type { MergeHistory } from './merges.ts';
import { TreeCache } from './tree-cache.ts';
import {
  READ_LIMIT,
  buffersOf,
  type ProjectLocation,
  type OpenedScope,
  type ScopeRequest,
} from './scope-request.ts';
import { workTreeSnapshot, type WorkTreeSource } from './worktree.ts';

/**
 * Opens what is to be checked, as product.md's table of scopes says: which state is judged, against
 * which, and whose manifests and policy count.
 *
 * @returns The scope, or a fault where there is no repository, no history or no such revision.
 * @throws GitError when git itself fails.
 */
export async function openScope(request: ScopeRequest, location: ProjectLocation): Promise<OpenedScope> {
  const { repository } = location;
  if (!repository) return (await import('./without-git.ts')).openWithoutGit(request, location);
  // Of other scopes git is started in this turn: what the caller loads meanwhile costs no time then.
  const files = request.kind === 'edits' ? await filesFor(repository) : null;
  const objects = new ObjectReader(repository.git, READ_LIMIT, files);
  const opener = new ScopeOpener(repository, { objects, policyFrom: location.policyFrom });
  const close = () => {
    opener.objects.close();
  };
  try {
    const scope = await opener.open(request);
    if (!('kind' in scope)) return { kind: 'open', scope, close };
    close();
    return { kind: 'fault', fault: scope };
  } catch (error) {
    close();
    throw error;
  }
}

/** Of what an edit is compared with, the policy is read and a few settings. */
async function filesFor({
  git,
  paths,
}: NonNullable<ProjectLocation['repository']>): Promise<ObjectFiles | null> {
  const { objectFiles } = await import('../git/object-files.ts');
  return objectFiles(paths, git.env);
}

class ScopeOpener {
  readonly objects: ObjectReader;
  readonly #trees: TreeCache;
  readonly #git: Git;
  readonly #repository: Repository;
  readonly #policyFrom: ProjectLocation['policyFrom'];

  constructor(
    { git, paths }: NonNullable<ProjectLocation['repository']>,
    { objects, policyFrom }: { objects: ObjectReader; policyFrom: ProjectLocation['policyFrom'] },
  ) {
    this.objects = objects;
    this.#trees = new TreeCache(objects);
    this.#git = git;
    this.#repository = paths;
    this.#policyFrom = policyFrom;
  }

  open(request: ScopeRequest): Promise<Scope | Fault> {
    switch (request.kind) {
      case 'staged':
        return this.#staged(request.paths);
      case 'worktree':
        return this.#worktree(request.from);
      case 'since':
        return this.#since(request.from, request.to);
      case 'paths':
      case 'all':
        return this.#everything(request);
      case 'stdin':
        return this.#buffer(request);
      case 'edits':
        return this.#edits(request);
    }
  }

  async #staged(paths: readonly string[] | undefined): Promise<Scope> {
    const parents = mergedParents(this.#repository, this.#git.env);
    const compared = await this.#compare(parents, (revision) => stagedChanges(this.#git, revision));
    const next = this.#index(compared);
    const opened = this.#assemble({ name: 'staged', next, compared, workTree: this.#workTreeBeside() });
    const revisions = compared.map(({ base }) => base.revision);
    const forks = async () => (await this.#history()).forksOf(revisions);
    const scope = parents.length > 0 ? { ...opened, forks } : opened;
    if (!paths) return scope;
    const requestedPaths = new Set(paths);
    const isRequested = (path: string) => isBelow(requestedPaths, path);
    return {
      ...scope,
      changes: scope.changes.filter(({ path }) => isRequested(path)),
      links: scope.links.filter(isRequested),
      holds: isRequested,
    };
  }

  async #worktree(from: Base | undefined): Promise<Scope> {
    const changesSince = (revision: string) => workTreeChanges(this.#git, revision);
    const compared: readonly [Compared, ...Compared[]] =
      from === undefined
        ? await this.#compare([], changesSince)
        : [{ base: from, changes: byPath(await changesSince(from.revision)) }];
    const next = this.#workTree(new Map());
    const scope = this.#assemble({ name: 'worktree', next, compared, workTree: null });
    const untracked = await listUntracked(this.#git);
    const previous = scope.bases.map(() => []);
    const added = untracked.map((path) => ({ path, previous }));
    return { ...scope, changes: [...scope.changes, ...added], touched: null };
  }

  async #since(from: string, to: string): Promise<Scope | Fault> {
    const [start, next] = [await commitId(this.#git, from), await commitId(this.#git, to)];
    if (!next || !start) return this.#missingHistory(`git knows no commit called ${next ? from : to}`, from);
    const forkPoint = await mergeBase(this.#git, start, next);
    if (!forkPoint) return this.#missingHistory(`${from} and ${to} have no common ancestor here`, from);
    const changes = byPath(await treeChanges(this.#git, forkPoint, next));
    const base = { revision: forkPoint, label: `the merge base with ${from}` };
    const snapshot = this.#tree({ revision: next, label: to }, diffForHead({ base, changes }));
    const compared = [{ base, changes }];
    return {
      ...this.#assemble({ name: 'since', next: snapshot, compared, workTree: null }),
      merges: async (paths) => (await this.#history()).between({ from: start, to: next }, paths),
      changers: async (paths) => (await this.#history()).changers({ from: start, to: next }, paths),
      tip: start === forkPoint ? null : this.#tree({ revision: start, label: from }, emptyDiff),
    };
  }

  async #everything(request: Extract<ScopeRequest, { kind: 'paths' | 'all' }>): Promise<Scope | Fault> {
    const next = this.#workTree(buffersOf(request));
    const [changes, head] = await Promise.all([changesBelow(next, request), commitId(this.#git, 'HEAD')]);
    if ('kind' in changes) return changes;
    const trust = head ? this.#tree({ revision: head, label: 'HEAD' }, emptyDiff, () => next.list()) : next;
    return {
      name: request.kind,
      head: next,
      bases: [],
      trustedBases: [trust],
      policy: next,
      workTree: null,
      changes,
      touched: null,
      compared: null,
      ...noHistory,
      faults: [],
    };
  }

  async #buffer(request: Extract<ScopeRequest, { kind: 'stdin' }>): Promise<Scope> {
    const next = this.#workTree(buffersOf(request));
    const commit = await commitId(this.#git, 'HEAD');
    const head = commit ? this.#tree({ revision: commit, label: 'HEAD' }, emptyDiff) : null;
    const bases = request.newOnly && head ? [head] : [];
    const changes = [{ path: request.path, previous: bases.map(() => [request.path]) }];
    return {
      name: 'stdin',
      head: next,
      bases,
      trustedBases: [head ?? next],
      policy: next,
      workTree: null,
      changes,
      touched: null,
      compared: null,
      ...noHistory,
      faults: [],
    };
  }

  /** What the commit says of files under their own paths counts: nobody knows of moves before they are made. */
  async #edits({ buffers, from }: Extract<ScopeRequest, { kind: 'edits' }>): Promise<Scope> {
    const next = this.#editedWorkTree(buffers);
    const empty = async () => ({ revision: await emptyTree(this.#git), label: 'the empty repository' });
    const base = this.#tree(from ?? (await empty()), emptyDiff);
    const paths = new Set(buffers.keys());
    return {
      name: 'stdin',
      head: next,
      bases: [base],
      trustedBases: [base],
      policy: this.#policyFrom === 'base' ? base : next,
      workTree: null,
      changes: [...paths].map((path) => ({ path, previous: [[path]] })),
      touched: paths,
      compared: paths,
      ...noHistory,
      faults: [],
    };
  }

  /** Compares with HEAD (before the first commit: with the empty tree) and with the parents of a merge. */
  async #compare(
    parents: readonly string[],
    changes: (revision: string) => Promise<ChangedFile[]>,
  ): Promise<readonly [Compared, ...Compared[]]> {
    const compareWith = async (revision: string) => {
      const base = { revision, label: `the merged commit ${revision.slice(0, 12)}` };
      return { base, changes: byPath(await changes(revision)) };
    };
    const parentComparisons = Promise.all(parents.map(compareWith));
    const [head, merged] = await Promise.all([this.#compareWithHead(changes), parentComparisons]);
    return [head, ...merged];
  }

  async #compareWithHead(changes: (revision: string) => Promise<ChangedFile[]>): Promise<Compared> {
    try {
      return { base: { revision: 'HEAD', label: 'HEAD' }, changes: byPath(await changes('HEAD')) };
    } catch (error) {
      if (!(error instanceof GitError) || (await commitId(this.#git, 'HEAD'))) throw error;
      const base = { revision: await emptyTree(this.#git), label: 'the empty repository' };
      return { base, changes: byPath(await changes(base.revision)) };
    }
  }

  #assemble(parts: {
    name: Scope['name'];
    next: Snapshot;
    compared: readonly Compared[];
    workTree: Snapshot | null;
  }): Scope {
    const { name, next, compared, workTree } = parts;
    const bases = compared.map((comparison) => this.#tree(comparison.base, diffForBase(comparison)));
    const policy = this.#policyFrom === 'base' ? (bases[0] ?? next) : next;
    const [changes, links, faults]: [Change[], string[], Fault[]] = [[], [], []];
    const displaced = compared.map(displacedContents);
    for (const change of inEveryComparison(compared)) {
      const [{ path, type }] = change;
      if (change.some(({ state }) => state === 'unmerged')) faults.push(unmergedFault(path));
      else if (type === 'file')
        changes.push({ path, previous: change.map((side, at) => previousPaths(side, displaced[at])) });
      else if (type === 'link') links.push(path);
    }
    const touched = touchedIn(compared);
    return {
      name,
      head: next,
      bases,
      trustedBases: bases,
      policy,
      workTree,
      changes,
      touched,
      compared: touched,
      ...noHistory,
      links,
      faults,
    };
  }

  /** What the index does not change is as it is in HEAD, the first of the bases. */
  #index([head]: readonly [Compared, ...Compared[]]): Snapshot {
    const { revision } = head.base;
    const label = 'the index';
    const links = () => indexLinks(this.#git, this.#repository);
    return objectSnapshot({
      label,
      revision,
      told: diffForHead(head),
      trees: this.#trees,
      links,
      search: null,
    });
  }

  #tree({ revision, label }: Base, diff: DiffView, alike?: ObjectSource['alike']): Snapshot {
    const search = (words: readonly string[], within: readonly string[]) =>
      this.#search(revision, words, within);
    return objectSnapshot({ label, revision, told: diff, trees: this.#trees, links: null, alike, search });
  }

  /** Nothing new is searched for in most commits. */
  async #search(
    revision: string,
    words: readonly string[],
    within: readonly string[],
  ): ReturnType<Snapshot['search']> {
    const { filesContaining } = await import('../git/search.ts');
    return filesContaining(this.#git, { revision, within }, words);
  }

  /** Most commits are no merges, and what reads these is loaded for those that are. */
  async #history(): Promise<MergeHistory> {
    const { MergeHistory: History } = await import('./merges.ts');
    return new History(this.#git, (base) => this.#tree(base, emptyDiff));
  }

  /**
   * The work tree that explains what is missing, and decides nothing: links and submodules stand among its files,
   * because git tells them apart only in a second process.
   */
  #workTreeBeside(): Snapshot {
    const list = async () => ({ files: await listAll(this.#git), links: [] });
    return workTreeSnapshot({ ...this.#workTreeSource(new Map()), list });
  }

  /** Few files are asked for, and an assistant waits: of most edits, nothing needs a list of all. */
  #editedWorkTree(buffers: ReadonlyMap<string, string>): Snapshot {
    const index = indexPaths(this.#git, this.#repository);
    return workTreeSnapshot({ ...this.#workTreeSource(buffers), index });
  }

  #workTree(buffers: ReadonlyMap<string, string>): Snapshot {
    return workTreeSnapshot(this.#workTreeSource(buffers));
  }

  #workTreeSource(buffers: ReadonlyMap<string, string>): WorkTreeSource {
    const list = () => listWorkTree(this.#git);
    return { root: this.#repository.root, limit: READ_LIMIT, list, buffers };
  }

  async #missingHistory(message: string, from: string): Promise<Fault> {
    const shallow = await isShallow(this.#git);
    const next = shallow
      ? 'The history is cut off (a shallow clone). Fetch it with `git fetch --unshallow`, or set `fetch-depth: 0` in the checkout step. Nothing was checked.'
      : `Fetch it with \`git fetch origin\`, and look for it with \`git rev-parse --verify ${from}\`. Nothing was checked.`;
    return { kind: 'git', file: null, line: null, column: null, message, next };
  }
}

/** What a link says is no earlier version of a program. */
function previousPaths(
  { oid, old }: ChangedFile,
  displaced: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const followed = old?.type === 'file' ? old.path : undefined;
  const whole = oid === null || oid === old?.oid ? undefined : displaced.get(oid);
  return [followed, whole].filter((path) => path !== undefined);
}

function unmergedFault(path: string): Fault {
  return {
    kind: 'unmerged',
    file: path,
    line: null,
    column: null,
    message: 'the file has merge conflicts that are not resolved',
    next: 'Resolve them and `git add` the file. It was not checked.',
  };
}
