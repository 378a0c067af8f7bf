import { approvalsFor, detailsText } from '../../app/approve.ts';
import { packageForms } from '../../app/package-arguments.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { Package } from '../../model/package.ts';
import { openWhitelist } from '../../app/whitelist-session.ts';
import type { CommandContext, ExitCode } from '../context.ts';
import { nameAdvice, reasonFor, type DecisionFlags } from '../decision-arguments.ts';
import { hasTerminal, openPrompts } from '../prompts.ts';
import { applyDecisions } from '../print-decisions.ts';
import { typedName } from '../typed-name.ts';

/** The flags of `approve`. */
export interface ApproveFlags extends DecisionFlags {
  readonly expires?: string;
  readonly source?: string;
  /** '' where the flag has no word. */
  readonly despite?: readonly string[];
  readonly recordImports?: boolean;
  readonly allRequested?: boolean;
  /** Confirms what `allRequested` shows. */
  readonly yes?: boolean;
}

/**
 * Approves packages for the whole repository, after asking their registry. All of them are written, or none.
 *
 * @throws UsageError when the grade of a package holds the approval back and `--despite` does not name it, when it is
 * denied, and in the environment of a coding assistant.
 */
export async function approveCommand(
  words: readonly string[],
  flags: ApproveFlags,
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.allRequested) {
    const { approveRequestedCommand } = await import('./approve-requested.ts');
    return approveRequestedCommand(words, flags, context);
  }
  if (flags.yes)
    throw new UsageError(
      '--yes goes with --all-requested: named packages are approved without a question that it could answer',
      'Leave it out.',
    );
  if (flags.recordImports) {
    const { recordImportsCommand } = await import('./record-imports.ts');
    return recordImportsCommand(words, flags, context);
  }
  if (words.length === 0)
    throw new UsageError('approve needs a package', `Name it, before any options: ${packageForms()}.`);
  const { reason, stage, config, ...options } = flags;
  const session = await openWhitelist(context, { config, offline: options.offline });
  try {
    const decisions = await approvalsFor(
      words,
      {
        ...options,
        ...nameAdvice(context),
        reason: () => reasonFor('approve', reason, context),
        ...(hasTerminal(context)
          ? { confirmName: (subject, grade) => isNameTyped(subject, grade, context) }
          : {}),
        onDetails: (details) => {
          const text = detailsText(details);
          if (text !== '') context.stderr.write(text);
        },
      },
      session,
    );
    return await applyDecisions(decisions, session, stage);
  } finally {
    session.close();
  }
}

async function isNameTyped(subject: Package, grade: string, context: CommandContext): Promise<boolean> {
  return (await typedName(await openPrompts(context), subject, grade)) === true;
}
