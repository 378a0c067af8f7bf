import { escapeControls } from '../text/escape.ts';
import type { Decision } from '../app/decision.ts';
import { stateOfAll } from '../app/stageability.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { commandAt } from '../app/command-at.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import { offerStaging, tellOfRequest } from './offer-staging.ts';
import { writeDecisions } from '../app/write-decisions.ts';
import type { CommandContext, ExitCode } from './context.ts';

/** Writes decisions, says line by line what was written, and offers to stage the file. A request goes on its way alone. */
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
  if (state === null) return 0;
  if (!decisions.every(({ kind }) => kind === 'requested') || isRequestEnough(session)) {
    await offerStaging({ paths, state, wanted: stage }, { context, location });
    return 0;
  }
  if (stage) await offerStaging({ paths, state, wanted: true }, { context, location });
  const tool = await commandAt(session.project.policyFiles, location.root, context);
  await tellOfRequest(paths, { context, location, tool });
  return 0;
}

/** Does the config let a commit pass whose package is requested in it? Never an assistant's own request. */
function isRequestEnough({ project, context }: WhitelistSession): boolean {
  return project.policy.config.requested === 'warn' && !inAssistant(context.env);
}
