import { lastAuthor, nextAuthor } from '../git/authors.ts';
import type { budgets } from '../config/config.ts';
import type { Lookup, RequirementLookup } from '../model/lookup.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report } from '../../rules/index.ts';
import { scopeNameOf, type ProjectLocation, type ScopeRequest } from '../snapshots/scope-request.ts';
import { commandAt } from './command-at.ts';
import type { Contributor } from './judge.ts';
import type { LookupOrigin } from './lookup-settings.ts';
import { noProgress, type Progress } from './progress.ts';
import { openCommit, openProject } from './project.ts';
import type { ProcessContext } from './process.ts';

/** How a check is run, besides its scope. */
export interface RunOptions {
  readonly context: ProcessContext;
  readonly offline?: boolean;
  readonly config?: string;
  /** Who proposes a range of commits. Left out: somebody who may write. */
  readonly contributor?: Contributor;
  /** How long registries may take: a hook has less patience than a person. */
  readonly caller: keyof typeof budgets;
  /** Left out: nobody is shown any. */
  readonly progress?: Progress;
}

/** Opens a scope, reads its policy and checks it. */
export async function runCheck(
  request: ScopeRequest,
  location: ProjectLocation,
  options: RunOptions,
): Promise<Report> {
  const open = request.kind === 'staged' ? openCommit : openProject;
  const [project, { check }] = await Promise.all([
    open(request, location, options),
    import('../pipeline.ts'),
  ]);
  if (project.kind !== 'open') {
    const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
    return {
      scope: scopeNameOf(request),
      ...nothing,
      faults: project.kind === 'fault' ? [project.fault] : [],
    };
  }
  try {
    const { scope, policy, policyOptions, policyFiles, analysisOptions, judgeReason } = project;
    const progress = options.progress ?? noProgress;
    const report = await check(scope, {
      ...analysisOptions,
      onProgress: progress.step,
      policyOptions,
      judgeReason,
      ...lazyLookups(policy, { ...options, location }),
      authorOf: (file) => authorOf(file, request, location),
      command: () => commandAt(policyFiles, location.root, options.context),
    });
    progress.done();
    if (request.kind === 'staged') options.context.onHookWork?.(isSettled(report));
    return report;
  } finally {
    project.close();
  }
}

/** Most commits have nothing to be said about them. */
function isSettled({ findings, policyChanges, faults, notes }: Report): boolean {
  return findings.length + policyChanges.length + faults.length + notes.length === 0;
}

/** A file's author in the commits of the change; of what is not committed yet, whoever commits next. */
async function authorOf(
  file: string,
  request: ScopeRequest,
  { repository }: ProjectLocation,
): Promise<string | null> {
  if (!repository) return null;
  if (request.kind !== 'since') return nextAuthor(repository.git);
  return lastAuthor(repository.git, `${request.from}..${request.to}`, file);
}

/** @returns How the outside is asked. Names and registries are loaded when there is something to ask. */
export function lazyLookup(policy: Policy, options: LookupOrigin): Lookup {
  return lazyLookups(policy, options).ask;
}

/**
 * All that a check asks, within one budget. What packages need is asked first, and takes at most half of what is left, so
 * that a host which is silent there leaves time for others.
 *
 * @returns How the outside is asked. Names and registries are loaded when there is something to ask.
 */
export function lazyLookups(
  policy: Policy,
  options: LookupOrigin,
): { readonly ask: Lookup; readonly askRequirements: RequirementLookup } {
  let spent = 0;
  const settings = async () => {
    const { lookupSettingsOf } = await import('./lookup-settings.ts');
    const whole = lookupSettingsOf(policy, options);
    return { ...whole, budget: Math.max(0, whole.budget - spent) };
  };
  return {
    ask: async (uses, project, approvals) => {
      const { lookUpEvidence } = await import('../lookups/project-lookup.ts');
      return lookUpEvidence({ uses, approvals }, project, await settings());
    },
    askRequirements: async (pins, project) => {
      const { lookUpRequirements } = await import('../lookups/project-requirements.ts');
      const started = performance.now();
      const left = await settings();
      const answer = await lookUpRequirements(pins, project, { ...left, budget: left.budget / 2 });
      spent += performance.now() - started;
      return answer;
    },
  };
}
