import { checkedReason, isPlaceholder, reasonProblem } from '../app/decision-arguments.ts';
import { UsageError } from '../app/usage-error.ts';
import type { CommandContext } from './context.ts';
import type { NameAdvice } from '../app/named-packages.ts';
import { escapeControls } from '../text/escape.ts';
import { hasTerminal, openPrompts } from './prompts.ts';

/** The flags that `approve`, `deny` and `request` have in common. */
export interface DecisionFlags {
  readonly reason?: string;
  readonly imports?: readonly string[];
  readonly stage?: boolean;
  readonly offline?: boolean;
  readonly config?: string;
}

/** @returns How a person hears what a bare name means: at a terminal a question, of which Enter alone changes nothing. */
export function nameAdvice(context: CommandContext): Omit<NameAdvice, 'command'> {
  return {
    onMeaning: (sentence) => {
      context.stderr.write(`${escapeControls(sentence, 2000)}\n`);
    },
    confirmMeaning: hasTerminal(context)
      ? async (question) => (await (await openPrompts(context)).confirm(question, 'no')) === true
      : undefined,
  };
}

/**
 * @param flag The value of `--reason`, if it was given.
 * @returns The reason for a decision; at a terminal it is asked for.
 * @throws UsageError where nobody gives one.
 */
export async function reasonFor(
  command: string,
  flag: string | undefined,
  context: CommandContext,
): Promise<string> {
  const trimmedReason = flag?.trim();
  if (trimmedReason !== undefined && isPlaceholder(trimmedReason))
    throw new UsageError(
      `${command} needs a reason, and ${trimmedReason} only stands for one`,
      'Write why in its place: one line for readers of the file.',
    );
  if (trimmedReason) return checkedReason(trimmedReason);
  if (trimmedReason === undefined && hasTerminal(context)) {
    const prompts = await openPrompts(context);
    const answer = await prompts.line('Why? (one line for readers of the file)', reasonProblem);
    if (answer !== null) return answer;
    throw new UsageError('stopped: nothing was written', 'A decision has a reason.');
  }
  throw new UsageError(`${command} needs a reason`, 'Add --reason "…": one line for readers of the file.');
}
