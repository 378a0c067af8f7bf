import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { Adoption } from '../app/init/adoption.ts';
import { isChoosable, type GradedPackage } from '../app/init/used-packages.ts';
import { reasonProblem } from '../app/decision-arguments.ts';
import { UsageError } from '../app/usage-error.ts';
import { describePackage, newcomersOf } from './init-text.ts';
import type { CommandContext } from './context.ts';
import type { InitPlan } from '../app/init/plan.ts';

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
