import { explanationsOf, onlyCard, type ExplainRequest } from '../../app/explain.ts';
import { inAssistant } from '../../model/assistant-environment.ts';
import { rulePageText } from '../../app/rule-page.ts';
import { UsageError } from '../../app/usage-error.ts';
import { explainJson, explainText } from '../../reporters/explain.ts';
import { faultPlace } from '../../reporters/words.ts';
import { escapeForLog } from '../../text/escape.ts';
import { packageForms } from '../../app/package-arguments.ts';
import type { CommandContext, ExitCode } from '../context.ts';

/** The flags of `explain`. */
export interface ExplainFlags extends ExplainRequest {
  readonly format: 'text' | 'json';
}

/**
 * Prints how a specifier is resolved and what was decided about its package, or the page of a rule.
 *
 * @param name A rule (`unapproved-package/young`), or a specifier, with `npm:` or `pypi:` before it or not.
 * @returns 2 where policy could not be read, else 0.
 */
export async function explainCommand(
  name: string,
  flags: ExplainFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const page = await rulePageText(name, inAssistant(context.env));
  if (page === null) return explainName(name, flags, context);
  if (flags.format === 'json')
    throw new UsageError(
      'the page of a rule has no JSON form',
      `Leave out --format, or write ${packageForms()} for a package.`,
    );
  context.stdout.write(page);
  return 0;
}

async function explainName(name: string, flags: ExplainFlags, context: CommandContext): Promise<ExitCode> {
  const { cards, faults } = await explanationsOf(name, flags, context);
  if (flags.format === 'json') {
    const card = onlyCard(name, cards);
    if (card) context.stdout.report(explainJson(card));
  } else context.stdout.report(cards.map(explainText).join('\n'));
  for (const fault of faults) {
    const place = faultPlace(fault, escapeForLog);
    context.stderr.write(
      `${place}  fault  ${escapeForLog(fault.message, 600)}\n  ${escapeForLog(fault.next, 600)}\n`,
    );
  }
  return faults.length > 0 ? 2 : 0;
}
