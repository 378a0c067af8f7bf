import { GitError, type Git } from '../git/git.ts';
import { stagedChanges, treeChanges, workTreeChanges, type ChangedFile } from '../git/changes.ts';
import { listIndex, listTree, listUntracked, listWorkTree } from '../git/listing.ts';
import { ObjectReader } from '../git/objects.ts';
import {
  commitId,
  emptyTree,
  isShallow,
  mergeBase,
  mergedParents,
  type Repository,
  isPartialClone,
} from '../git/repository.ts';
import type { Fault } from '../model/fault.ts';
import type { Change, Scope, Snapshot } from '../model/snapshot.ts';
import { objectSnapshot, type ObjectSource } from './objects.ts';
import { filesIn, workTreeSnapshot } from './worktree.ts';

/** Larger files are named as faults and never held in memory. In bytes. */
export const READ_LIMIT = 64 * 1024 * 1024;

/** What a caller asks to have checked. Paths are relative to the root, with `/`. */
export type ScopeRequest =
  | {
      readonly kind: 'staged';
      /** Only these files, and those in these folders. */ readonly paths?: readonly string[];
    }
  | { readonly kind: 'worktree' }
  | { readonly kind: 'since'; readonly from: string; readonly to: string }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'all' }
  | {
      readonly kind: 'stdin';
      readonly path: string;
      readonly newOnly: boolean;
      readonly buffers: ReadonlyMap<string, string>;
    };

/** Where a scope is opened. `repository` and `git` are null outside of a repository. */
export interface Ground {
  readonly root: string;
  readonly repository: { readonly git: Git; readonly paths: Repository } | null;
  readonly policyFrom: 'next' | 'base';
  /**
   * Outside of a repository: `root` is the folder of one open file and no project, so that only the files
   * beside it count. Nobody walks through a home folder for the sake of one file.
   */
  readonly shallow?: true;
}

/** A scope that is ready to be read; `close` ends the git process behind it. */
export type OpenedScope =
  | { readonly kind: 'open'; readonly scope: Scope; readonly close: () => void }
  | { readonly kind: 'fault'; readonly fault: Fault };

/**
 * Opens what is to be checked, as product.md's table of scopes says: which state is judged, against
 * which, and whose manifests and policy count.
 *
 * @returns The scope, or a fault where there is no repository, no history or no such revision.
 * @throws GitError when git itself fails.
 */
export async function openScope(request: ScopeRequest, ground: Ground): Promise<OpenedScope> {
  const { repository } = ground;
  if (!repository) return openWithoutGit(request, ground);
  const opener = new ScopeOpener(repository.git, repository.paths, ground.policyFrom);
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

/** One state that `next` is compared with: a commit, or the empty tree before the first one. */
interface Base {
  readonly revision: string;
  readonly label: string;
}

/** A base with the files that differ from it, by their path in `next`. */
interface Compared {
  readonly base: Base;
  readonly changes: ReadonlyMap<string, ChangedFile>;
}

class ScopeOpener {
  readonly objects: ObjectReader;
  readonly #git: Git;
  readonly #repository: Repository;
  readonly #policyFrom: Ground['policyFrom'];
  #partial: boolean | null = null;

  constructor(git: Git, repository: Repository, policyFrom: Ground['policyFrom']) {
    this.objects = new ObjectReader(git, READ_LIMIT);
    this.#git = git;
    this.#repository = repository;
    this.#policyFrom = policyFrom;
  }

  open(request: ScopeRequest): Promise<Scope | Fault> {
    switch (request.kind) {
      case 'staged':
        return this.#staged(request.paths);
      case 'worktree':
        return this.#worktree();
      case 'since':
        return this.#since(request.from, request.to);
      case 'paths':
      case 'all':
        return this.#everything(request);
      case 'stdin':
        return this.#buffer(request);
    }
  }

  async #staged(paths: readonly string[] | undefined): Promise<Scope> {
    const parents = mergedParents(this.#repository, this.#git.env);
    const compared = await this.#compare(parents, (revision) => stagedChanges(this.#git, revision));
    const next = this.#index(compared);
    const scope = this.#assemble({ name: 'staged', next, compared, workTree: this.#workTree(new Map()) });
    if (!paths) return scope;
    const wanted = new Set(paths);
    return { ...scope, changes: scope.changes.filter(({ path }) => isBelow(wanted, path)) };
  }

  async #worktree(): Promise<Scope> {
    const compared = await this.#compare([], (revision) => workTreeChanges(this.#git, revision));
    const next = this.#workTree(new Map());
    const scope = this.#assemble({ name: 'worktree', next, compared, workTree: null });
    const untracked = await listUntracked(this.#git);
    const previous = scope.bases.map(() => null);
    const added = untracked.map((path) => ({ path, previous }));
    return { ...scope, changes: [...scope.changes, ...added], touched: null };
  }

  async #since(from: string, to: string): Promise<Scope | Fault> {
    const [base, next] = [await commitId(this.#git, from), await commitId(this.#git, to)];
    if (!next || !base) return this.#missingHistory(`git knows no commit called ${next ? from : to}`, from);
    const forkPoint = await mergeBase(this.#git, base, next);
    if (!forkPoint) return this.#missingHistory(`${from} and ${to} have no common ancestor here`, from);
    const changes = byPath(await treeChanges(this.#git, forkPoint, next));
    const compared = [{ base: { revision: forkPoint, label: `the merge base with ${from}` }, changes }];
    const snapshot = this.#tree({ revision: next, label: to }, oidsOf(changes.values()));
    return this.#assemble({ name: 'since', next: snapshot, compared, workTree: null });
  }

  async #everything(request: Extract<ScopeRequest, { kind: 'paths' | 'all' }>): Promise<Scope | Fault> {
    const next = this.#workTree(new Map());
    const [changes, head] = await Promise.all([changesBelow(next, request), commitId(this.#git, 'HEAD')]);
    if ('kind' in changes) return changes;
    const trust = head ? this.#tree({ revision: 'HEAD', label: 'HEAD' }, new Map()) : next;
    return {
      name: request.kind,
      next,
      bases: [],
      trust: [trust],
      policy: next,
      workTree: null,
      changes,
      touched: null,
      faults: [],
    };
  }

  async #buffer(request: Extract<ScopeRequest, { kind: 'stdin' }>): Promise<Scope> {
    const next = this.#workTree(request.buffers);
    const head = (await commitId(this.#git, 'HEAD'))
      ? this.#tree({ revision: 'HEAD', label: 'HEAD' }, new Map())
      : null;
    const bases = request.newOnly && head ? [head] : [];
    const changes = [{ path: request.path, previous: bases.map(() => request.path) }];
    return {
      name: 'stdin',
      next,
      bases,
      trust: [head ?? next],
      policy: next,
      workTree: null,
      changes,
      touched: null,
      faults: [],
    };
  }

  /** Compares with HEAD (before the first commit: with the empty tree) and with the parents of a merge. */
  async #compare(
    parents: readonly string[],
    changes: (revision: string) => Promise<ChangedFile[]>,
  ): Promise<Compared[]> {
    const compareWith = async (revision: string) => {
      const base = { revision, label: `the merged commit ${revision.slice(0, 12)}` };
      return { base, changes: byPath(await changes(revision)) };
    };
    const others = Promise.all(parents.map(compareWith));
    const [head, merged] = await Promise.all([this.#compareWithHead(changes), others]);
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
    const bases = compared.map(({ base, changes }) => this.#tree(base, oldOids(changes.values())));
    const policy = this.#policyFrom === 'base' ? (bases[0] ?? next) : next;
    const changed = inEveryComparison(compared);
    const unmerged = changed.filter((change) => change.some(({ state }) => state === 'unmerged'));
    const faults = unmerged.map(([file]) => unmergedFault(file.path));
    const changes = changed
      .filter((change) => !unmerged.includes(change) && isRegular(change[0]))
      .map((change) => ({ path: change[0].path, previous: change.map(({ old }) => old?.path ?? null) }));
    const touched = touchedIn(compared);
    return { name, next, bases, trust: bases, policy, workTree, changes, touched, faults };
  }

  #index(compared: readonly Compared[]): Snapshot {
    const known = oidsOf(compared.flatMap(({ changes }) => [...changes.values()]));
    const list = () => listIndex(this.#git);
    return this.#objects({ label: 'the index', prefix: ':0:', known, list });
  }

  #tree({ revision, label }: Base, known: ReadonlyMap<string, string>): Snapshot {
    const list = () => listTree(this.#git, revision);
    return this.#objects({ label, prefix: `${revision}:`, known, list });
  }

  #objects(source: Omit<ObjectSource, 'objects' | 'isPartial'>): Snapshot {
    const isPartial = () => (this.#partial ??= isPartialClone(this.#repository));
    return objectSnapshot({ ...source, objects: this.objects, isPartial });
  }

  #workTree(buffers: ReadonlyMap<string, string>): Snapshot {
    const list = () => listWorkTree(this.#git);
    return workTreeSnapshot({ root: this.#repository.root, limit: READ_LIMIT, list, buffers });
  }

  async #missingHistory(message: string, from: string): Promise<Fault> {
    const shallow = await isShallow(this.#git);
    const next = shallow
      ? 'The history is cut off (a shallow clone). Fetch it with `git fetch --unshallow`, or set `fetch-depth: 0` in the checkout step. Nothing was checked.'
      : `Fetch it with \`git fetch origin\`, and look for it with \`git rev-parse --verify ${from}\`. Nothing was checked.`;
    return { kind: 'git', file: null, line: null, column: null, message, next };
  }
}

async function openWithoutGit(request: ScopeRequest, { root, shallow }: Ground): Promise<OpenedScope> {
  const buffers = request.kind === 'stdin' ? request.buffers : new Map<string, string>();
  const list = shallow ? () => filesIn(root) : null;
  const next = workTreeSnapshot({ root, limit: READ_LIMIT, list, buffers });
  const found =
    request.kind === 'stdin'
      ? [{ path: request.path, previous: [] }]
      : await changesWithoutGit(next, request);
  if ('kind' in found) return { kind: 'fault', fault: found };
  const scope: Scope = {
    name: request.kind,
    next,
    bases: [],
    trust: [next],
    policy: next,
    workTree: null,
    changes: found,
    touched: null,
    faults: [],
  };
  return { kind: 'open', scope, close: () => undefined };
}

async function changesWithoutGit(
  next: Snapshot,
  request: Exclude<ScopeRequest, { kind: 'stdin' }>,
): Promise<Change[] | Fault> {
  if (request.kind === 'paths' || request.kind === 'all') return changesBelow(next, request);
  return {
    kind: 'git',
    file: null,
    line: null,
    column: null,
    message: 'this folder is not in a git repository, so there is no change to look at',
    next: 'Name files or folders, or use --all, to check everything that they import.',
  };
}

/** Paths are literal: a file, or a folder with everything below it. */
async function changesBelow(
  next: Snapshot,
  request: Extract<ScopeRequest, { kind: 'paths' | 'all' }>,
): Promise<Change[] | Fault> {
  const listed = await next.list();
  if (request.kind === 'all') return listed.map((path) => ({ path, previous: [] }));
  const chosen = new Set<string>();
  for (const asked of request.paths) {
    const below = listed.filter((path) => asked === '' || path === asked || path.startsWith(`${asked}/`));
    if (below.length === 0 && (await next.read(asked)).kind === 'absent') return noSuchPath(asked);
    for (const path of below.length > 0 ? below : [asked]) chosen.add(path);
  }
  return [...chosen].map((path) => ({ path, previous: [] }));
}

/** Is a path one of these, or in one of these folders? The root is ''. */
function isBelow(wanted: ReadonlySet<string>, path: string): boolean {
  if (wanted.has('') || wanted.has(path)) return true;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    if (wanted.has(path.slice(0, end))) return true;
  return false;
}

function noSuchPath(path: string): Fault {
  return {
    kind: 'usage',
    file: path,
    line: null,
    column: null,
    message: 'there is no such file or folder, or git ignores everything in it',
    next: 'Paths are taken literally, without wildcards. Nothing was checked.',
  };
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

/** A merge changes what differs from every parent: what equals one of them was decided there. */
function inEveryComparison(compared: readonly Compared[]): (readonly [ChangedFile, ...ChangedFile[]])[] {
  const [first, ...others] = compared;
  return [...(first?.changes.values() ?? [])].flatMap((change) => {
    if (change.state === 'removed') return [];
    const same = others.map(({ changes }) => changes.get(change.path)).filter((found) => found !== undefined);
    return same.length === others.length ? [[change, ...same] as const] : [];
  });
}

function touchedIn(compared: readonly Compared[]): ReadonlySet<string> {
  const files = compared.flatMap(({ changes }) => [...changes.values()]);
  return new Set(files.flatMap(({ path, old }) => (old ? [path, old.path] : [path])));
}

/** Modes 120000 and 160000 are symbolic links and submodules. */
function isRegular({ mode }: ChangedFile): boolean {
  return mode.startsWith('100');
}

function byPath(changes: readonly ChangedFile[]): ReadonlyMap<string, ChangedFile> {
  return new Map(changes.map((change) => [change.path, change]));
}

function oidsOf(changes: Iterable<ChangedFile>): ReadonlyMap<string, string> {
  return new Map(
    [...changes].flatMap(({ path, oid, mode }) =>
      oid && mode.startsWith('100') ? [[path, oid] as const] : [],
    ),
  );
}

function oldOids(changes: Iterable<ChangedFile>): ReadonlyMap<string, string> {
  return new Map([...changes].flatMap(({ old }) => (old?.oid ? [[old.path, old.oid] as const] : [])));
}
