import { prepareWholeRun } from '../engine.ts';
import { inAssistant } from '../../model/assistant-environment.ts';
import { trustsAssistants } from '../../app/assistant-policy.ts';
import { applyChanges } from '../../app/init/apply.ts';
import {
  commitAdvice,
  committablePaths,
  describePlan,
  nameOf,
  removalAdvice,
  removalCommitAdvice,
} from '../init-text.ts';
import { escapeControls } from '../../text/escape.ts';
import { mergeWarnings } from '../../app/init/merge-warnings.ts';
import { isOwner } from '../../app/init/code-owners.ts';
import { hosts } from '../../app/init/workflow.ts';
import { openPlace, type InitContext } from '../../app/init/context.ts';
import type { Adoption } from '../../app/init/adoption.ts';
import { changesOf, type InitPlan, type SurveyOptions } from '../../app/init/plan.ts';
import { callsForPushes, hookReport, removalReport } from '../hook-report.ts';
import { openProject } from '../../app/project.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { PolicyChoice } from '../../snapshots/scope-request.ts';
import type { ExitCode, CommandContext } from '../context.ts';
import { TOOL } from '../../model/tool.ts';

/** The flags of `init`. */
export interface InitFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly check?: boolean;
  /** Show the lines of hooks as they are written. */
  readonly verbose?: boolean;
  readonly offline?: boolean;
  /** Is what is pushed checked too? With `check`: does it have to be? */
  readonly prePush?: boolean;
  readonly update?: boolean;
  readonly remove?: boolean;
  /** With `remove`: take the whitelist away too. */
  readonly whitelist?: boolean;
  /** The host whose CI is set up, instead of the hook. */
  readonly ci?: 'github' | 'gitlab';
  /** With `ci`: whose review changes of the policy need. */
  readonly owner?: readonly string[];
  /** With `ci`: who judges; else a person is asked. */
  readonly policyFrom?: PolicyChoice;
}

/**
 * Gives a project the linter, shows whether it has it, or takes it away. The difference is shown before
 * anything is written; on a terminal a person is asked, elsewhere `--yes` has to say so.
 *
 * @returns 0 when the project is as it was asked for; 1 where `--check` finds no hook that git calls, or one of an
 * older version, and with `--ci` files that differ from what it would write; 2 where something was refused or nobody could be asked.
 */
export async function initCommand(flags: InitFlags, context: CommandContext): Promise<ExitCode> {
  refuseContradictions(flags);
  prepareWholeRun();
  const place = await openPlace(context, flags.update);
  if (flags.check && flags.ci === undefined) return check(place, flags, context);
  if (!flags.dryRun && !flags.check) await refuseAssistant(place, flags, context);
  const allFlags = { ...flags, prePush: await isPushWanted(flags, place, context) };
  const plan = await planFor(allFlags, place, context);
  const detail = { isForAssistant: inAssistant(context.env), isVerbose: flags.verbose === true };
  context.stdout.write(describePlan(plan, place.hooks, detail));
  for (const { message, next } of plan.refused) context.stderr.write(`${TOOL}: ${message}.\n${next}\n`);
  const code = plan.refused.length > 0 ? 2 : 0;
  if (allFlags.check) return plan.groups.length + plan.refused.length > 0 ? 1 : 0;
  if (allFlags.dryRun) return code;
  if (plan.groups.length === 0) return finish(place, plan, { flags: allFlags, context, code });
  const question = allFlags.remove ? 'Take these away?' : 'Write these files?';
  const chosen = allFlags.yes ? plan : await askOrRefuse(plan, question, context);
  if (!chosen) return 2;
  await applyChanges(changesOf(chosen), place.lock, ({ file, after: newText }) => {
    context.stdout.write(`${newText === null ? 'Removed' : 'Wrote'} ${nameOf(file, place.hooks.root)}\n`);
  });
  await finish(place, chosen, { flags: allFlags, context, code });
  if (!allFlags.remove) context.stdout.write(commitAdvice(chosen, place.hooks, context.cwd));
  return code;
}

/** What only CI has, and what it has not. */
function refuseCiContradictions({ ci, owner = [], policyFrom, update, whitelist, remove }: InitFlags): void {
  if (ci === undefined && (owner.length > 0 || policyFrom !== undefined))
    throw new UsageError('--owner and --policy-from need --ci', 'Add --ci github or --ci gitlab.');
  if (ci !== undefined && (update || whitelist))
    throw new UsageError('--ci goes with neither --update nor --whitelist', 'Run them one after the other.');
  if (remove && (owner.length > 0 || policyFrom !== undefined))
    throw new UsageError('--remove takes no owner and no judge', 'Leave them out.');
  const wrong = owner.find((name) => !isOwner(name));
  if (wrong !== undefined)
    throw new UsageError(
      `“${escapeControls(wrong)}” is not an owner`,
      'Write a team, a person or an email address: @acme/dependencies. Repeat --owner for further ones.',
    );
}

/** A removal takes out every call, and the others write none. */
function refusePushContradictions({ ci, update, remove, prePush }: InitFlags): void {
  const conflict = [ci !== undefined && '--ci', update && '--update', remove && '--remove'].find(
    (flag) => typeof flag === 'string',
  );
  if (prePush && conflict !== undefined)
    throw new UsageError(`--pre-push and ${conflict} cannot be combined`, 'Run them one after the other.');
}

function refuseContradictions(flags: InitFlags): void {
  refuseCiContradictions(flags);
  refusePushContradictions(flags);
  refuseCombinations(flags);
}

function refuseCombinations({ yes, dryRun, check: looks, update, remove, whitelist }: InitFlags): void {
  const chosen = [looks && '--check', update && '--update', remove && '--remove'].filter(
    (flag) => typeof flag === 'string',
  );
  if (chosen.length > 1)
    throw new UsageError(`${chosen.join(' and ')} cannot be combined`, 'Use one of them.');
  if (yes && dryRun) throw new UsageError('--yes and --dry-run cannot be combined', 'Use one of them.');
  if (whitelist && !remove)
    throw new UsageError(
      '--whitelist needs --remove',
      'Without it, init writes a whitelist where there is none.',
    );
}

/** The first `init` of a project is anybody's. What comes after it loosens or repeats what people decided. */
async function refuseAssistant(
  { policy, location, hooks: site }: InitContext,
  { remove, update, ci }: InitFlags,
  context: CommandContext,
): Promise<void> {
  const settled = [policy.whitelist.exists, remove, update, ci !== undefined].includes(true);
  if (!settled || !inAssistant(context.env)) return;
  const project = await openProject({ kind: 'all' }, location, { context });
  if (project.kind === 'open') {
    const trusted = await trustsAssistants(project);
    project.close();
    if (trusted) return;
  }
  if (ci !== undefined)
    throw new UsageError(
      'a coding assistant can’t set up who judges in CI',
      `A person runs: ${site.calls.command} init --ci ${ci}${remove ? ' --remove' : ''}`,
    );
  throw new UsageError(
    remove
      ? 'a coding assistant can’t remove the hook'
      : `${policy.whitelistFile} already exists, and a coding assistant can’t change who decides`,
    [
      `A person runs: ${[site.calls.command, 'init', ...(remove ? ['--remove'] : update ? ['--update'] : [])].join(' ')}`,
      `Ask for a package with \`${site.calls.command} request PACKAGE --reason WHY\`.`,
    ],
  );
}

async function planFor(flags: InitFlags, place: InitContext, context: CommandContext): Promise<InitPlan> {
  if (flags.ci !== undefined) return ciPlanFor(flags.ci, { flags, place }, context);
  if (flags.remove) {
    const { planRemoval } = await import('../../app/init/plan-removal.ts');
    return planRemoval(place, flags.whitelist === true);
  }
  if (flags.update) {
    const { planUpdate } = await import('../../app/init/plan-update.ts');
    return planUpdate(place, surveyOptions(flags, context));
  }
  const { planAdoption } = await import('../../app/init/plan-adoption.ts');
  return planAdoption(place, surveyOptions(flags, context), { push: flags.prePush === true });
}

/** What is not said by flags is asked at a terminal. */
async function ciPlanFor(
  id: keyof typeof hosts,
  { flags, place }: { flags: InitFlags; place: InitContext },
  context: CommandContext,
): Promise<InitPlan> {
  const { remove, owner = [], policyFrom, yes, dryRun, check: looks } = flags;
  const { currentJudge, planCi, planCiRemoval } = await import('../../app/init/plan-ci.ts');
  const host = hosts[id];
  if (remove) return planCiRemoval(place, host);
  const choices = { judge: policyFrom ?? null, owners: owner };
  if (yes || dryRun || looks || context.stdin.isTTY !== true) return planCi(place, host, choices);
  const { askAboutCi } = await import('../init-prompt.ts');
  return planCi(place, host, await askAboutCi(choices, await currentJudge(place, host), context));
}

/** A person is asked at a terminal, once in a clone: where commits are checked already, `--pre-push` says it. */
async function isPushWanted(
  { prePush = false, yes, dryRun, check: looks, remove, update, ci }: InitFlags,
  { hooks }: InitContext,
  context: CommandContext,
): Promise<boolean> {
  if (prePush || [yes, dryRun, looks, remove, update, ci !== undefined].includes(true)) return prePush;
  if (context.stdin.isTTY !== true || (await callsForPushes(hooks))) return false;
  if ((await hookReport(hooks)).effective) return false;
  const { askAboutPushes } = await import('../init-prompt.ts');
  return askAboutPushes(context);
}

/** Where nobody can be asked, or `--yes` has answered, what exists goes to the baseline. */
function surveyOptions({ yes, dryRun, offline = false }: InitFlags, context: CommandContext): SurveyOptions {
  const asks = !yes && !dryRun && context.stdin.isTTY === true;
  const choose = async (adoption: Adoption) => {
    if (!asks) return adoption;
    const { approveRecent, chooseBaseline } = await import('../init-prompt.ts');
    return approveRecent(await chooseBaseline(adoption, context), context);
  };
  return { context, offline, choose, progress: progressOn(context) };
}

async function askOrRefuse(
  plan: InitPlan,
  question: string,
  context: CommandContext,
): Promise<InitPlan | null> {
  if (context.stdin.isTTY !== true) {
    context.stderr.write(
      `${TOOL}: nothing was written, because there is no terminal to ask on.\nAdd --yes to write it.\n`,
    );
    return null;
  }
  const { chooseGroups } = await import('../init-prompt.ts');
  const chosen = await chooseGroups(plan, question, context);
  if (!chosen) context.stderr.write(`${TOOL}: nothing was written.\n`);
  return chosen;
}
async function check(
  place: InitContext,
  { prePush = false }: InitFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { effective, text } = await hookReport(place.hooks, { push: prePush });
  context.stdout.write(text);
  for (const warning of await mergeWarnings(place)) context.stdout.write(`${escapeControls(warning, 600)}\n`);
  return effective ? 0 : 1;
}

/** Says how things stand now, and what a person has to do yet. */
async function finish(
  place: InitContext,
  plan: InitPlan,
  { flags, context, code }: { flags: InitFlags; context: CommandContext; code: ExitCode },
): Promise<ExitCode> {
  const { hooks: site } = place;
  if (flags.remove) {
    await finishRemoval(place, plan, { flags, context });
    return code;
  }
  if (flags.ci !== undefined) return code;
  context.stdout.write(
    (await hookReport(site, { wasRefused: code !== 0, push: flags.prePush === true })).text,
  );
  return code;
}

/** Says what is to be committed, and, where the hook was taken away, what stays. */
async function finishRemoval(
  place: InitContext,
  plan: InitPlan,
  { flags, context: { cwd, stdout } }: { flags: InitFlags; context: CommandContext },
): Promise<void> {
  const { hooks: site } = place;
  const isOfHooks = flags.ci === undefined;
  if (isOfHooks) stdout.write(await removalReport(site));
  const { remainderOf } = await import('../../app/init/remainder.ts');
  const paths = committablePaths(plan, site.root);
  const remainder = await remainderOf(place, paths, cwd);
  if (remainder === null) return;
  const isOfGit = changesOf(plan).length > paths.length;
  stdout.write(
    isOfHooks
      ? removalAdvice(remainder, { site, cwd, isOfGit })
      : removalCommitAdvice(remainder, { root: site.root, cwd }),
  );
}
