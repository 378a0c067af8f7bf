import type { Report } from '../../rules/index.ts';
import type { Fault } from '../model/fault.ts';
import { readPolicy, type Policy } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { openScope } from '../snapshots/scope.ts';
import { scopeNameOf, type ProjectLocation } from '../snapshots/scope-request.ts';
import { APPROVAL_ADVICE, openAssistantScope, type AssistantRequest } from './assistant-scope.ts';
import { lazyLookups } from './check.ts';
import { commandAt } from './command-at.ts';
import { kinds } from './components.ts';
import type { OpenedProject } from './project.ts';
import type { ProcessContext } from './process.ts';

/** How what an assistant does is judged. */
export interface ProposalOptions {
  /** Its working folder is that of the assistant. */
  readonly context: ProcessContext;
  readonly location: ProjectLocation;
  /** Is a registry asked where the config allows it? */
  readonly online: boolean;
}

/** What is to be said about a proposal, and what judged it. */
export interface Judgement {
  readonly report: Report;
  /** null where there is nothing to be said, and where the project could not be opened. */
  readonly policies: JudgedPolicies | null;
}

/** What the project says by now, and which of that counts. */
export interface JudgedPolicies {
  /** The one that judged. */
  readonly judge: Policy;
  /** That of the work tree, with what is proposed. */
  readonly workTree: Policy;
  /** Does the project let assistants decide? */
  readonly mayDecide: boolean;
  /** How to start this tool in the working folder. */
  readonly command: string;
}

/**
 * Checks texts that an assistant is about to write, or has just written, against the state in which its branch left the
 * default branch.
 *
 * @param files The whole text of each file, by its path relative to the root, with `/`.
 */
export function checkEdits(files: ReadonlyMap<string, string>, options: ProposalOptions): Promise<Judgement> {
  return judge({ kind: 'edits', buffers: files }, options, (project) => project);
}

/** As `checkEdits`, and what the files use already counts as well. */
export function checkWholeTexts(
  files: ReadonlyMap<string, string>,
  options: ProposalOptions,
): Promise<Judgement> {
  return judge({ kind: 'edits', buffers: files }, options, ({ scope, analysisOptions }) => ({
    scope: {
      ...scope,
      changes: scope.changes.map(({ path }) => ({ path, previous: scope.bases.map(() => []) })),
    },
    analysisOptions,
  }));
}

/** Checks the work tree against the state in which its branch left the default branch. */
export function checkBranch(options: ProposalOptions): Promise<Judgement> {
  return judge({ kind: 'worktree' }, options, (project) => project);
}

/** Where a command stands that is in no file. PowerShell parts words as other shells do. */
const COMMAND_FILE = 'command.sh';

/**
 * Checks what a command installs. It is read as a script in the working folder, whatever the config says of commands in files
 * and of paths: it is about to run.
 *
 * @param folder The working folder, relative to the root (`''`).
 * @returns A report about a file that is not there: the command is its text.
 */
export function checkCommand(
  command: string,
  { folder }: { readonly folder: string },
  options: ProposalOptions,
): Promise<Judgement> {
  const path = folder === '' ? COMMAND_FILE : `${folder}/${COMMAND_FILE}`;
  return judge(
    { kind: 'edits', buffers: new Map([[path, command]]) },
    options,
    ({ scope, analysisOptions, policy }) => ({
      scope,
      analysisOptions: {
        ...analysisOptions,
        // A runner that has no terminal fetches what it does not find, and asks nobody.
        kindsAt: () => ({ ...kinds, isUnattended: true }),
        policy: { ...policy, ignores: () => false },
      },
    }),
  );
}

/**
 * Checks what texts change about the policy and about what starts this tool, against the files that are on disk.
 *
 * @param files As for `checkEdits`.
 * @returns A report with a finding for each loosening.
 */
export async function checkPolicyEdits(
  files: ReadonlyMap<string, string>,
  options: ProposalOptions,
): Promise<Judgement> {
  const onDisk = await openScope({ kind: 'edits', buffers: new Map(), from: null }, options.location);
  if (onDisk.kind === 'fault') return faulty('stdin', onDisk.fault);
  try {
    const disk = onDisk.scope.head;
    const compared = { bases: [disk], trustedBases: [disk] };
    return await judge(
      { kind: 'edits', buffers: files },
      { ...options, online: false, withPolicies: true },
      ({ scope, analysisOptions }) => ({ scope: { ...scope, ...compared }, analysisOptions }),
    );
  } finally {
    onDisk.close();
  }
}

async function judge(
  request: AssistantRequest,
  { context, location, online, withPolicies }: ProposalOptions & { readonly withPolicies?: true },
  partsOf: (project: OpenedProject) => Pick<OpenedProject, 'scope' | 'analysisOptions'>,
): Promise<Judgement> {
  const [project, { check }] = await Promise.all([
    openAssistantScope(request, location, context),
    import('../pipeline.ts'),
  ]);
  if (project.kind === 'fault') return faulty(scopeNameOf(request), project.fault);
  try {
    const { policy, policyOptions, policyFiles, judgeReason } = project;
    const { scope, analysisOptions } = partsOf(project);
    const command = () => commandAt(policyFiles, location.root, context);
    const report = await check(scope, {
      ...analysisOptions,
      policyOptions,
      judgeReason,
      approvalAdvice: APPROVAL_ADVICE,
      ...lazyLookups(policy, { context, location, offline: !online, caller: 'agent' }),
      authorOf: () => Promise.resolve(null),
      command,
    });
    const isSettled = report.findings.length + report.faults.length === 0;
    if (isSettled && withPolicies === undefined) return { report, policies: null };
    const workTree = await readPolicy(filesOf(scope.head), policyOptions);
    const policies = {
      judge: policy,
      workTree,
      mayDecide: project.mayDecide,
      command: await command(),
    };
    return { report, policies };
  } finally {
    project.close();
  }
}

function faulty(scope: Report['scope'], fault: Fault): Judgement {
  const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
  return { report: { scope, ...nothing, faults: [fault] }, policies: null };
}

/** @returns Whether the config lets packages pass that nobody approved, as far as it may. */
export function isUnapprovedAllowed({ config }: Policy): boolean {
  const level = config.rules.get('unapproved-package');
  return level === 'warn' || level === 'off';
}
