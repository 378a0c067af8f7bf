import { escapeControls } from '../text/escape.ts';
import type { Decision } from '../app/decision.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { offerStaging } from './offer-staging.ts';
import { newWhitelistText, writeDecisions } from '../app/write-decisions.ts';
import type { CommandContext, ExitCode } from './context.ts';

/** Writes decisions, says line by line what was written, and offers to stage the file. */
export async function applyDecisions(
  decisions: readonly Decision[],
  session: WhitelistSession<CommandContext>,
  stage: boolean | undefined,
): Promise<ExitCode> {
  const { context, location, whitelist, project } = session;
  const wasThere = project.policy.whitelist.exists;
  const { changed, state, lines } = await writeDecisions(session, decisions);
  for (const line of lines) context.stdout.write(`${escapeControls(line, 2000)}\n`);
  if (!changed) return 0;
  if (!wasThere) context.stderr.write(newWhitelistText(whitelist));
  await offerStaging({ paths: [whitelist], state, wanted: stage }, { context, location });
  return 0;
}
