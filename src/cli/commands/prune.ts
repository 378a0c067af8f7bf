import { packageLabel } from '../../model/package.ts';
import type { Entry } from '../../model/status.ts';
import { faultPlace, plural } from '../../reporters/words.ts';
import { escapeControls } from '../../text/escape.ts';
import { planPrune, type PrunePlan, type Remark } from '../../whitelist/prune.ts';
import { lastDaySoon } from '../../app/expiry.ts';
import { faultError, openWhitelist, type WhitelistSession } from '../../app/whitelist-session.ts';
import { hasTerminal, openPrompts } from '../prompts.ts';
import { offerStaging } from '../offer-staging.ts';
import { usesOfProject, type ProjectUses } from '../../app/uses.ts';
import { editWhitelist } from '../../app/write-decisions.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `prune`. */
export interface PruneFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly stage?: boolean;
  readonly config?: string;
}

/**
 * Lists what can go from the whitelist and, after a confirmation, removes it. Denials stay.
 *
 * @throws UsageError where nobody can confirm and `--yes` is missing, and where the config names a whitelist that is not there.
 */
export async function pruneCommand(flags: PruneFlags, context: CommandContext): Promise<ExitCode> {
  const session = await openWhitelist(context, { config: flags.config });
  try {
    const { missing } = session.project.policy;
    if (missing) throw faultError(missing.fault);
    const uses = await usesOfProject(session.project);
    const plan = planFor(ownEntries(session), session, uses);
    print(plan, uses, session);
    if (plan.edits.length === 0 || flags.dryRun || !(await confirmed(flags, context))) return 0;
    const { edited } = await editWhitelist(session, (entries) => {
      const currentPlan = planFor(entries, session, uses);
      if (linesOf(currentPlan).join('\n') === linesOf(plan).join('\n')) return currentPlan.edits;
      throw new UsageError(
        'the whitelist was edited in the meantime; nothing was removed',
        'Run prune again.',
      );
    });
    if (edited !== null)
      await offerStaging({ paths: [edited.path], state: edited.state, wanted: flags.stage }, session);
    return 0;
  } finally {
    session.close();
  }
}

function ownEntries({ project, whitelist }: WhitelistSession<CommandContext>): readonly Entry[] {
  return project.policy.whitelist.entries.filter(({ file }) => file === whitelist);
}

function planFor(
  entries: readonly Entry[],
  { project, whitelist, today, context }: WhitelistSession<CommandContext>,
  uses: ProjectUses,
): PrunePlan {
  return planPrune(entries, {
    elsewhere: project.policy.whitelist.entries.filter(({ file }) => file !== whitelist),
    today,
    soon: lastDaySoon(context.now),
    isUsed: uses.faults.length === 0 ? uses.isUsed : null,
  });
}

function print(
  plan: PrunePlan,
  { faults, notes }: ProjectUses,
  { context, whitelist }: WhitelistSession<CommandContext>,
): void {
  for (const line of linesOf(plan)) context.stdout.write(`${escapeControls(line, 600)}\n`);
  for (const note of notes) context.stderr.write(`${escapeControls(note, 600)}\n`);
  const [fault] = faults;
  if (fault)
    context.stderr.write(
      `${plural(faults.length, 'file')} can’t be read completely (${faultPlace(fault, escapeControls)}: ${escapeControls(fault.message)}), so unused entries are unknown.\n`,
    );
  if (plan.edits.length === 0)
    context.stderr.write(`There is nothing to remove from ${escapeControls(whitelist)}.\n`);
}

function linesOf({ removed, joined, kept: keptRemarks, ending }: PrunePlan): string[] {
  return [
    ...removed.map((remark) => lineOf('remove', remark)),
    ...joined.map((remark) => lineOf('join', remark)),
    ...keptRemarks.map((remark) => lineOf('keep', remark)),
    ...ending.map((remark) => lineOf('note', remark)),
  ];
}

function lineOf(what: string, { entry, why }: Remark): string {
  return `${entry.file}:${entry.line}: ${what} ${entry.kind} ${packageLabel(entry)}: ${why}`;
}

async function confirmed({ yes }: PruneFlags, context: CommandContext): Promise<boolean> {
  if (yes) return true;
  if (!hasTerminal(context))
    throw new UsageError(
      'nothing was removed: there is no terminal to confirm on',
      'Add --yes, or --dry-run to only look.',
    );
  const prompts = await openPrompts(context);
  return (await prompts.confirm('Edit the whitelist?', 'yes')) === true;
}
