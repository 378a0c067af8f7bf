import type { Report } from '../../rules/index.ts';
import type { Policy } from '../policy/policy.ts';
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
  /** The policy that judged; null where the project could not be opened. */
  readonly policy: Policy | null;
}

/** In which shell a command runs: one of POSIX, or PowerShell. */
export type CommandShell = 'sh' | 'powershell';

/**
 * Checks texts that an assistant is about to write, or has just written, against the state in which its branch left the
 * default branch.
 *
 * @param files The whole text of each file, by its path relative to the root, with `/`.
 */
export function checkEdits(files: ReadonlyMap<string, string>, options: ProposalOptions): Promise<Judgement> {
  return judge({ kind: 'edits', buffers: files }, options, ({ analysisOptions }) => analysisOptions);
}

/** Checks the work tree against the state in which its branch left the default branch. */
export function checkBranch(options: ProposalOptions): Promise<Judgement> {
  return judge({ kind: 'worktree' }, options, ({ analysisOptions }) => analysisOptions);
}

/**
 * Checks what a command installs. It is read as a script in the working folder, whatever the config says of commands in files
 * and of paths: it is about to run.
 *
 * @param folder The working folder, relative to the root (`''`).
 * @returns A report about a file that is not there: the command is its text.
 */
export function checkCommand(
  command: string,
  { folder, shell }: { readonly folder: string; readonly shell: CommandShell },
  options: ProposalOptions,
): Promise<Judgement> {
  const name = shell === 'sh' ? 'command.sh' : 'command.ps1';
  const path = folder === '' ? name : `${folder}/${name}`;
  return judge(
    { kind: 'edits', buffers: new Map([[path, command]]) },
    options,
    ({ analysisOptions, policy }) => ({
      ...analysisOptions,
      kindsAt: () => kinds,
      policy: { ...policy, ignores: () => false },
    }),
  );
}

async function judge(
  request: AssistantRequest,
  options: ProposalOptions,
  analysisOptionsOf: (project: OpenedProject) => OpenedProject['analysisOptions'],
): Promise<Judgement> {
  const { context, location, online } = options;
  const [project, { check }] = await Promise.all([
    openAssistantScope(request, location, context),
    import('../pipeline.ts'),
  ]);
  if (project.kind === 'fault') {
    const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
    return { report: { scope: scopeNameOf(request), ...nothing, faults: [project.fault] }, policy: null };
  }
  try {
    const { scope, policy, policyOptions, policyFiles, judgeReason } = project;
    const report = await check(scope, {
      ...analysisOptionsOf(project),
      policyOptions,
      judgeReason,
      approvalAdvice: APPROVAL_ADVICE,
      ...lazyLookups(policy, { context, location, offline: !online, caller: 'hook' }),
      authorOf: () => Promise.resolve(null),
      command: () => commandAt(policyFiles, location.root, context),
    });
    return { report, policy };
  } finally {
    project.close();
  }
}

/** @returns Whether the config lets packages pass that nobody approved, as far as it may. */
export function isUnapprovedAllowed({ config }: Policy): boolean {
  const level = config.rules.get('unapproved-package');
  return level === 'warn' || level === 'off';
}
