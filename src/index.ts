import { gitFault } from './app/git-fault.ts';
import { locateProject } from './app/locate.ts';
import { pathInside } from './git/path-inside.ts';
import { runCheck } from './app/check.ts';
import { UsageError } from './app/usage-error.ts';
import type { ProcessContext } from './app/process.ts';
import { GitError } from './git/git.ts';
import type { explainData } from './reporters/explain.ts';
import type { reportData } from './reporters/json.ts';
import type { listData } from './reporters/list.ts';
import type { PolicyChoice, ScopeRequest } from './snapshots/scope-request.ts';

/** What all three functions take. */
export interface ProjectOptions {
  /** A folder of the project; default: the process's working folder. */
  readonly cwd?: string;
  /** The environment, for git and for the user's registry settings; default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A config file, relative to the project's root; default: the usual places. */
  readonly config?: string;
  /** Ask no registry. */
  readonly offline?: boolean;
  /** The moment that ages and expiries count from; default: now. */
  readonly now?: Date;
}

/** What is checked. Paths are absolute or relative to `cwd`, and taken literally. */
export type CheckScope =
  | { readonly kind: 'staged' | 'worktree' }
  /** Paths are a part of the project: without them, all of it. */
  | { readonly kind: 'all'; readonly paths?: readonly string[] }
  | { readonly kind: 'since'; readonly from: string; readonly to?: string }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'text'; readonly path: string; readonly text: string; readonly newOnly?: boolean };

/** What `check` takes. */
export interface CheckOptions extends ProjectOptions {
  readonly scope: CheckScope;
  /**
   * Whose whitelist and config judge: those of the judged state, or of its base. `auto` (default): of a range of commits
   * the base's config says it (`policyFrom`); of anything else, and where it does not, the judged state.
   */
  readonly policyFrom?: PolicyChoice;
}

/** What `list` takes. Without paths: the whole project. */
export interface ListOptions extends ProjectOptions {
  readonly paths?: readonly string[];
}

/** What `explain` takes. */
export interface ExplainOptions extends ProjectOptions {
  /** What a program imports, with `npm:` or `pypi:` before it or not. */
  readonly name: string;
  readonly ecosystem?: string;
  /** The importing file; it need not exist. */
  readonly from?: string;
}

/** The report of `--format json`; `schema/report.schema.json` describes it. */
export type CheckReport = ReturnType<typeof reportData>;
/** What `list --format json` prints; `schema/list.schema.json` describes it. */
export type Inventory = ReturnType<typeof listData>;
/** What `explain NAME --format json` prints; `schema/explain.schema.json` describes it. */
export type Explanation = ReturnType<typeof explainData>;
export { UsageError } from './app/usage-error.ts';

/**
 * Checks what the scope names, as the command line does.
 *
 * @returns The report. What could not be checked is in its `faults`: a report with faults is not clean.
 * @throws UsageError for options that can't be.
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const { reportData } = await import('./reporters/json.ts');
  const context = contextOf(options);
  try {
    const location = locateProject(context, options.policyFrom ?? 'auto');
    const request = requestOf(options.scope, context, location.root);
    const { offline, config } = options;
    const report = await runCheck(request, location, {
      context,
      caller: 'person',
      ...(offline === undefined ? {} : { offline }),
      ...(config === undefined ? {} : { config }),
    });
    return reportData(report);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
    const scope = options.scope.kind === 'text' ? 'stdin' : options.scope.kind;
    return reportData({ scope, ...nothing, faults: [gitFault(error)] });
  }
}

/**
 * Lists the packages with what was decided about them, and every reference with where it leads.
 *
 * @throws UsageError for a path outside of the project. @throws GitError when git fails.
 */
export async function list(options: ListOptions = {}): Promise<Inventory> {
  const { inventoryOf } = await import('./app/list.ts');
  const { listData } = await import('./reporters/list.ts');
  const inventory = await inventoryOf(options.paths ?? [], { config: options.config }, contextOf(options));
  return listData(inventory);
}

/**
 * Says how a specifier is resolved, step by step, and what was decided about its package.
 *
 * @throws UsageError when the name could belong to several ecosystems, or the project can't be read.
 */
export async function explain(options: ExplainOptions): Promise<Explanation> {
  const { explanationsOf, onlyCard } = await import('./app/explain.ts');
  const { explainData } = await import('./reporters/explain.ts');
  const { cards, faults } = await explanationsOf(options.name, options, contextOf(options));
  const [fault] = faults;
  if (fault) throw new UsageError(`${fault.file ?? 'the project'}: ${fault.message}`, fault.next);
  const card = onlyCard(options.name, cards);
  if (!card) throw new UsageError('the project can’t be read', 'Check it with `check` to see why.');
  return explainData(card);
}

function contextOf({ cwd, env, now: currentTime }: ProjectOptions): ProcessContext {
  return {
    cwd: cwd ?? process.cwd(),
    env: env ?? process.env,
    now: currentTime ?? new Date(),
  };
}

function requestOf(scope: CheckScope, { cwd }: ProcessContext, root: string): ScopeRequest {
  const inside = (path: string): string => {
    const relativePath = pathInside(root, cwd, path);
    if (relativePath === null)
      throw new UsageError(`${path} is outside of ${root}`, 'Set cwd to its project.');
    return relativePath;
  };
  switch (scope.kind) {
    case 'staged':
    case 'worktree':
      return { kind: scope.kind };
    case 'all':
      return scope.paths ? { kind: 'all', paths: scope.paths.map(inside) } : { kind: 'all' };
    case 'since':
      return { kind: 'since', from: scope.from, to: scope.to ?? 'HEAD' };
    case 'paths':
      return { kind: 'paths', paths: scope.paths.map(inside) };
    case 'text': {
      const path = inside(scope.path);
      return { kind: 'stdin', path, newOnly: scope.newOnly ?? false, buffers: new Map([[path, scope.text]]) };
    }
  }
}
