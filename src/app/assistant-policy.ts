import { readPolicy } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import { quotable } from '../text/escape.ts';
import type { OpenedProject } from './project.ts';
import { commandAt } from './command-at.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** A command that is for people, as an assistant called it. */
interface AssistantCall {
  /** `approve`. */
  readonly command: string;
  /** Packages. */
  readonly words: readonly string[];
  /** What belongs to the decision, by the name of its flag; without it a person would decide something else. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  /** Flags without a value, for a command without packages. */
  readonly switches?: readonly string[];
  /** What can be asked for, of a command without packages. */
  readonly undecided?: readonly string[];
}

/**
 * Stops a decision in the environment of a coding assistant: assistants ask, people approve. Only a config
 * that is committed can trust them (`assistants: trusted`), so that nobody gives that permission to himself. The refusal
 * does not say so: an assistant is told no way round it.
 *
 * @param called What was called, and what to put behind `request` instead.
 * @throws UsageError in an assistant's environment, unless both HEAD and the work tree trust assistants.
 */
export async function rejectAssistants(
  { command, words, flags = {}, switches = [], undecided }: AssistantCall,
  { context, project, location }: Pick<WhitelistSession, 'context' | 'project' | 'location'>,
): Promise<void> {
  if (!inAssistant(context.env) || (await trustsAssistants(project))) return;
  await rejectFirstEntry({ context, project, location });
  const start = await commandAt(project.policyFiles, location.root, context);
  const packages = words.length > 0 ? words : (undecided ?? ['PACKAGE']);
  const options = Object.entries(flags).flatMap(([flag, value]) =>
    value !== undefined && quotable(value) ? [`--${flag} "${value}"`] : [],
  );
  const decision =
    words.length > 0 ? [command, ...words, ...options, '--reason "…"'] : [command, ...switches];
  // An approval that says no more than `review` asks: there a person sees the grade, which could hold `approve` back.
  const isAsked = command === 'approve' && options.length === 0;
  throw new UsageError(`${command} is for people; this is the environment of a coding assistant`, [
    ...(packages.length === 0
      ? []
      : [`Ask for it: ${[start, 'request', ...packages].join(' ')} --reason "…"`]),
    isAsked ? `Then a person runs: ${start} review` : `A person runs: ${[start, ...decision].join(' ')}`,
  ]);
}

/**
 * Stops the first entry of a project in the environment of a coding assistant, a request too: with it the whitelist
 * begins to decide, and all that HEAD declares is its baseline, also what the assistant itself has committed.
 *
 * @throws UsageError in an assistant's environment where there is no whitelist, unless HEAD and the work tree trust it.
 */
export async function rejectFirstEntry({
  context,
  project,
  location,
}: Pick<WhitelistSession, 'context' | 'project' | 'location'>): Promise<void> {
  const { whitelist, whitelistFile } = project.policy;
  if (whitelist.exists || !inAssistant(context.env) || (await trustsAssistants(project))) return;
  const command = await commandAt(project.policyFiles, location.root, context);
  throw new UsageError(
    `there is no ${whitelistFile} yet, and the environment of a coding assistant can’t write its first entry`,
    `A person runs: ${command} init`,
  );
}

/** @returns Whether the config trusts assistants, in the work tree and in what is committed. */
export async function trustsAssistants({ policy, policyOptions, scope }: OpenedProject): Promise<boolean> {
  if (policy.config.assistants !== 'trusted') return false;
  const committed = await Promise.all(
    scope.trustedBases.map(
      async (snapshot) => (await readPolicy(filesOf(snapshot), policyOptions)).config.assistants,
    ),
  );
  return committed.every((setting) => setting === 'trusted');
}
