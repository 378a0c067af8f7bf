import type { CallToolResult } from '@modelcontextprotocol/server';
import type { InferOutput } from 'valibot';
import { commandAt } from '../app/command-at.ts';
import { checkedReason } from '../app/decision-arguments.ts';
import { requestsFor } from '../app/request.ts';
import { UsageError } from '../app/usage-error.ts';
import { openWhitelist, type WhitelistSession } from '../app/whitelist-session.ts';
import { writeDecisions } from '../app/write-decisions.ts';
import { defaults } from '../config/config.ts';
import { packageLabel } from '../model/package.ts';
import { TOOL } from '../model/tool.ts';
import { escapeControls } from '../text/escape.ts';
import { longestReason } from '../whitelist/entry.ts';
import { answer } from './answers.ts';
import { confinedPath } from './confined-path.ts';
import type { requestApprovalInput } from './schemas.ts';
import type { Session } from './session.ts';

/**
 * Writes a request into the whitelist: it approves nothing, and a person decides about it. A package that is decided about,
 * or requested already, changes nothing.
 *
 * @throws UsageError where there is no whitelist: its first entry brings all that HEAD declares with it.
 */
export async function requestApproval(
  { ecosystem, name, reason, usedIn }: InferOutput<typeof requestApprovalInput>,
  session: Session,
): Promise<CallToolResult> {
  const { location, context } = await session.folders.placeFor(usedIn);
  const place = usedIn === undefined ? null : confinedPath(location.root, usedIn);
  if (location.shallow) throw missingWhitelist(defaults.whitelist, TOOL);
  const whitelist = await openWhitelist(context, { offline: session.offline });
  try {
    await rejectMissing(whitelist);
    const words = checkedReason(reasonWith(place, plainReason(reason)));
    const decisions = await requestsFor(
      [`${ecosystem}:${name}`],
      { reason: () => Promise.resolve(words), onMeaning: () => undefined },
      whitelist,
    );
    const { edited, entries } = await writeDecisions(whitelist, decisions);
    const [entry] = entries;
    if (entry === undefined) throw new UsageError('the request was not written', 'Look into the whitelist.');
    const { project } = whitelist;
    const command = await commandAt(project.policyFiles, location.root, context);
    const isNew = edited.length > 0;
    return answer({
      package: packageLabel(entry),
      status: entry.kind,
      isNew,
      place: `${entry.file}:${String(entry.line)}`,
      next:
        entry.kind === 'requested'
          ? `${isNew ? 'It is requested' : 'It was requested already'}, and not approved: do not use it before. Tell the user, who decides with: ${command} review`
          : 'Nothing was written: somebody decided about it. Ask with check_package what.',
    });
  } finally {
    whitelist.close();
  }
}

/** Whatever the config says: a file that nobody was shown is no decision of a person. */
async function rejectMissing({ project, location, context }: WhitelistSession): Promise<void> {
  const { whitelist, whitelistFile } = project.policy;
  if (whitelist.exists) return;
  const command = await commandAt(project.policyFiles, location.root, context);
  throw missingWhitelist(whitelistFile, command);
}

function missingWhitelist(whitelistFile: string, command: string): UsageError {
  return new UsageError(
    `there is no ${whitelistFile} yet, and a coding assistant can’t write its first entry. Nothing was written`,
    `Ask the user to run: ${command} init`,
  );
}

/** @throws UsageError for a reason that a person would not see as it is. */
function plainReason(reason: string): string {
  const trimmed = checkedReason(reason);
  if (escapeControls(trimmed, trimmed.length + 1) === trimmed) return trimmed;
  throw new UsageError('the reason holds invisible characters', 'Write it in one line of plain text.');
}

/** The place stands in the reason, where a person reads it, as far as there is room. */
function reasonWith(place: string | null, reason: string): string {
  const placed = place === null || place === '' ? reason : `${reason} (in ${place})`;
  return Array.from(placed).length <= longestReason ? placed : reason;
}
