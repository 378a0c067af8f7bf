import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { Adoption } from '../app/init/adoption.ts';
import { isChoosable, type GradedPackage } from '../app/init/used-packages.ts';
import { reasonProblem } from '../app/decision-arguments.ts';
import { UsageError } from '../app/usage-error.ts';
import { describePackage, newcomersOf } from './init-text.ts';
import type { CommandContext } from './context.ts';
import type { CiChoices } from '../app/init/plan-ci.ts';
import type { InitPlan } from '../app/init/plan.ts';
import { isOwner } from '../app/init/code-owners.ts';
import type { PolicyChoice } from '../snapshots/scope-request.ts';

/**
 * Asks on a terminal which packages in use that nothing declares go to the baseline. What is malware, or not there, is
 * no choice.
 *
 * @throws UsageError where the person leaves without an answer.
 */
export async function chooseBaseline(
  adoption: Adoption,
  { stdin, stdout }: CommandContext,
): Promise<Adoption> {
  const choices = adoption.used.filter(isChoosable);
  if (choices.length === 0) return adoption;
  const { isCancel, multiselect } = await import('@clack/prompts');
  const chosen = await multiselect({
    message:
      'Which of these packages, in use and declared nowhere, go into the baseline? (space changes a line, enter goes on)',
    options: optionsOf(choices),
    initialValues: [...adoption.chosen],
    required: false,
    input: stdin,
    output: stdout.stream,
  });
  if (isCancel(chosen)) throw withoutAnswer();
  return { ...adoption, chosen: new Set(chosen) };
}

/**
 * Asks on a terminal which packages that came since the base are approved, and why: once for all of them.
 *
 * @throws UsageError where the person leaves without an answer.
 */
export async function approveRecent(
  adoption: Adoption,
  { stdin, stdout }: CommandContext,
): Promise<Adoption> {
  const choices = adoption.recent.filter(isChoosable);
  if (choices.length === 0) return adoption;
  const { isCancel, multiselect, text } = await import('@clack/prompts');
  const streams = { input: stdin, output: stdout.stream };
  const chosen = await multiselect({
    message: `${newcomersOf(adoption)}: which of these packages do you approve? The others are requested. (space changes a line, enter goes on)`,
    options: optionsOf(choices),
    required: false,
    ...streams,
  });
  if (isCancel(chosen)) throw withoutAnswer();
  if (chosen.length === 0) return adoption;
  const validate = (value: string | undefined) => reasonProblem(value?.trim() ?? '');
  const reason = await text({ message: 'Why are they approved?', validate, ...streams });
  if (isCancel(reason)) throw withoutAnswer();
  return { ...adoption, approval: { labels: new Set(chosen), reason: reason.trim() } };
}

/**
 * Asks on a terminal whether what is pushed is checked too: a second time, for what came past the hook of commits.
 *
 * @throws UsageError where the person leaves without an answer.
 */
export async function askAboutPushes({ stdin, stdout }: CommandContext): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const isWanted = await confirm({
    message: 'Also check what is pushed? (finds what came past the hook of commits, as by a rebase)',
    initialValue: false,
    input: stdin,
    output: stdout.stream,
  });
  if (isCancel(isWanted)) throw withoutAnswer();
  return isWanted;
}

/**
 * Asks on a terminal who judges in CI, and who owns the decisions, as far as no flag says it.
 *
 * @param current Who judges now, which is proposed; null where there is no workflow.
 * @throws UsageError where the person leaves without an answer.
 */
export async function askAboutCi(
  { judge, owners }: CiChoices,
  current: PolicyChoice | null,
  { stdin, stdout }: CommandContext,
): Promise<CiChoices> {
  const { isCancel, select, text } = await import('@clack/prompts');
  const streams = { input: stdin, output: stdout.stream };
  const options: { value: PolicyChoice; label: string }[] = [
    { value: 'auto', label: 'auto: the base, for forks, bots and assistants; else the change' },
    { value: 'base', label: 'base: a decision counts from the next change on' },
    { value: 'head', label: 'head: the decisions of the change count, whoever proposes it' },
  ];
  const chosen =
    judge ?? (await select({ message: 'Who judges?', options, initialValue: current ?? 'auto', ...streams }));
  if (isCancel(chosen)) throw withoutAnswer();
  if (owners.length > 0) return { judge: chosen, owners };
  const named = await text({
    message:
      'Whose review does a change of policy need? (as in CODEOWNERS: @acme/dependencies; empty for nobody)',
    validate: (value = '') => ownerProblem(value),
    ...streams,
  });
  if (isCancel(named)) throw withoutAnswer();
  return { judge: chosen, owners: ownersIn(named) };
}

function ownersIn(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\s+/).filter((name) => name !== '');
}

function ownerProblem(text: string): string | undefined {
  return ownersIn(text).every(isOwner)
    ? undefined
    : 'Write teams, people or email addresses: @acme/dependencies.';
}

function optionsOf(packages: readonly GradedPackage[]): { value: string; label: string }[] {
  return packages.map((item) => ({
    value: packageLabel(item.package),
    label: escapeControls(describePackage(item)),
  }));
}

function withoutAnswer(): UsageError {
  return new UsageError('nothing was written', 'To decide, run the command again.');
}

/**
 * Asks on a terminal which parts of a plan are wanted.
 *
 * @param question Says whether they are written or taken away.
 * @returns The plan with the chosen groups; null where the person leaves without an answer.
 */
export async function chooseGroups(
  plan: InitPlan,
  question: string,
  { stdin, stdout }: CommandContext,
): Promise<InitPlan | null> {
  const { isCancel, multiselect } = await import('@clack/prompts');
  const chosen = await multiselect({
    message: `${question} (space toggles, enter confirms)`,
    options: plan.groups.map(({ id, title }) => ({ value: id, label: title })),
    initialValues: plan.groups.map(({ id }) => id),
    required: false,
    input: stdin,
    output: stdout.stream,
  });
  if (isCancel(chosen)) return null;
  return { ...plan, groups: plan.groups.filter(({ id }) => chosen.includes(id)) };
}
