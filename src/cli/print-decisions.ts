import { escapeControls } from '../text/escape.ts';
import type { Decision } from '../app/decision.ts';
import { stateOfAll } from '../app/stageability.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { offerStaging } from './offer-staging.ts';
import { writeDecisions } from '../app/write-decisions.ts';
import type { CommandContext, ExitCode } from './context.ts';

/** Writes decisions, says line by line what was written, and offers to stage the file. */
export async function applyDecisions(
  decisions: readonly Decision[],
  session: WhitelistSession<CommandContext>,
  stage: boolean | undefined,
): Promise<ExitCode> {
  const { context, location } = session;
  const { edited, lines, notice } = await writeDecisions(session, decisions);
  for (const line of lines) context.stdout.write(`${escapeControls(line, 2000)}\n`);
  if (notice !== null) context.stderr.write(`${notice}\n`);
  const paths = edited.map(({ path }) => path);
  const state = stateOfAll(edited.map((file) => file.state));
  if (state !== null) await offerStaging({ paths, state, wanted: stage }, { context, location });
  return 0;
}
