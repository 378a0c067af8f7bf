import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { Adoption } from '../app/init/adoption.ts';
import { isChoosable } from '../app/init/used-packages.ts';
import { UsageError } from '../app/usage-error.ts';
import { describeRequest } from './init-text.ts';
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
    options: choices.map((item) => ({
      value: packageLabel(item.package),
      label: escapeControls(describeRequest(item)),
    })),
    initialValues: [...adoption.chosen],
    required: false,
    input: stdin,
    output: stdout.stream,
  });
  if (isCancel(chosen)) throw new UsageError('nothing was written', 'To decide, run the command again.');
  return { ...adoption, chosen: new Set(chosen) };
}

/**
 * Asks on a terminal which parts of a plan are wanted.
 *
 * @returns The plan with the chosen groups; null where the person leaves without an answer.
 */
export async function chooseGroups(
  plan: InitPlan,
  { stdin, stdout }: CommandContext,
): Promise<InitPlan | null> {
  const { isCancel, multiselect } = await import('@clack/prompts');
  const chosen = await multiselect({
    message: 'Write these files? (space toggles, enter confirms)',
    options: plan.groups.map(({ id, title }) => ({ value: id, label: title })),
    initialValues: plan.groups.map(({ id }) => id),
    required: false,
    input: stdin,
    output: stdout.stream,
  });
  if (isCancel(chosen)) return null;
  return { ...plan, groups: plan.groups.filter(({ id }) => chosen.includes(id)) };
}
