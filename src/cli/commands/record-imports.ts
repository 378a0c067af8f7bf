import { recordImports } from '../../app/record-imports.ts';
import { UsageError } from '../../app/usage-error.ts';
import { openWhitelist } from '../../app/whitelist-session.ts';
import { escapeControls } from '../../text/escape.ts';
import type { CommandContext, ExitCode } from '../context.ts';
import { offerStaging } from '../offer-staging.ts';
import type { ApproveFlags } from './approve.ts';

/** The flags of `approve` that say something of a decision, which recording does not make. */
const DECIDING = ['reason', 'imports', 'source', 'expires', 'despite'] as const;

/**
 * Writes down which modules packages provide, and shows each line that changes.
 *
 * @param words Packages; none for all of the whitelist.
 * @throws UsageError beside a flag of a decision, and where nothing can be recorded.
 */
export async function recordImportsCommand(
  words: readonly string[],
  flags: ApproveFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const deciding = DECIDING.find((flag) => flags[flag] !== undefined);
  if (deciding !== undefined)
    throw new UsageError(
      `--${deciding} is not allowed with --record-imports, which makes no decision`,
      'Leave one of them out.',
    );
  const session = await openWhitelist(context, { config: flags.config, offline: flags.offline });
  try {
    const { lines, notes, edited } = await recordImports(words, session);
    for (const line of lines) context.stdout.write(`${escapeControls(line, 2000)}\n`);
    for (const note of notes) context.stderr.write(`${escapeControls(note, 400)}\n`);
    if (lines.length === 0) context.stderr.write('There is nothing to record.\n');
    if (edited !== null)
      await offerStaging({ paths: [edited.path], state: edited.state, wanted: flags.stage }, session);
    return 0;
  } finally {
    session.close();
  }
}
