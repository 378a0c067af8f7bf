import { substituteFor } from '../app/decision-arguments.ts';
import { UsageError } from '../app/usage-error.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import type { Package } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { CommandContext } from './context.ts';
import type { Prompts } from './prompts.ts';

/**
 * Asks what is to be used instead of a package that is denied, until the answer is one that `deny --use` takes.
 *
 * @returns What the entry is to say: `npm:undici`, or null for nothing, which Enter alone means; null where the person
 *   breaks off.
 */
export async function askForSubstitute(
  prompts: Prompts,
  denied: Package,
  session: WhitelistSession<CommandContext>,
): Promise<{ readonly use: string | null } | null> {
  for (;;) {
    const answer = await prompts.line(
      'What is to be used instead? (a package; empty for none)',
      () => undefined,
    );
    if (answer === null) return null;
    if (answer === '') return { use: null };
    try {
      return { use: await substituteFor(answer, [denied], session) };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const problem = error.message.replace(/^--use: /, '');
      session.context.stderr.write(`${escapeControls(problem, 400)}.\nName another package, or none.\n`);
    }
  }
}
