import type { CommandContext } from './context.ts';
import type { InitPlan } from '../app/init/plan.ts';

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
