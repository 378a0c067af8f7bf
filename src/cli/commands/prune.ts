import { display } from '../../model/package.ts';
import type { Entry } from '../../model/status.ts';
import { faultPlace, plural } from '../../reporters/words.ts';
import { visible } from '../../text/escape.ts';
import { planPrune, type PrunePlan, type Remark } from '../../whitelist/prune.ts';
import { openDesk, type Desk } from '../../app/whitelist-session.ts';
import { hasTerminal, openPrompts } from '../prompts.ts';
import { offerStaging } from '../offer-staging.ts';
import { usesOfProject, type ProjectUses } from '../../app/uses.ts';
import { editWhitelist } from '../../app/write-decisions.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, World } from '../../app/process.ts';

/** The flags of `prune`. */
export interface PruneFlags {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly stage?: boolean;
  readonly config?: string;
}

/** Approvals that end within so many days are announced. */
const SOON = 30;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Lists what can go from the whitelist and, after a confirmation, removes it. Denials stay.
 *
 * @throws UsageError where nobody can confirm and `--yes` is missing.
 */
export async function pruneCommand(flags: PruneFlags, world: World): Promise<ExitCode> {
  const desk = await openDesk(world, flags.config);
  try {
    const uses = await usesOfProject(desk.project);
    const plan = planFor(ownEntries(desk), desk, uses);
    print(plan, uses, desk);
    if (plan.edits.length === 0 || flags.dryRun || !(await confirmed(flags, world))) return 0;
    const { state } = await editWhitelist(desk, (entries) => {
      const now = planFor(entries, desk, uses);
      if (linesOf(now).join('\n') === linesOf(plan).join('\n')) return now.edits;
      throw new UsageError(
        'somebody edited the whitelist meanwhile; nothing was removed',
        'Run prune again.',
      );
    });
    await offerStaging({ paths: [desk.whitelist], state, wanted: flags.stage }, desk);
    return 0;
  } finally {
    desk.close();
  }
}

function ownEntries({ project, whitelist }: Desk): readonly Entry[] {
  return project.policy.whitelist.entries.filter(({ file }) => file === whitelist);
}

function planFor(
  own: readonly Entry[],
  { project, whitelist, today, world }: Desk,
  uses: ProjectUses,
): PrunePlan {
  const soon = new Date(world.now.getTime() + SOON * DAY).toISOString().slice(0, 10);
  return planPrune(own, {
    elsewhere: project.policy.whitelist.entries.filter(({ file }) => file !== whitelist),
    today,
    soon,
    isUsed: uses.faults.length === 0 ? uses.isUsed : null,
  });
}

function print(plan: PrunePlan, { faults }: ProjectUses, { world, whitelist }: Desk): void {
  for (const line of linesOf(plan)) world.stdout.write(`${visible(line, 600)}\n`);
  const [fault] = faults;
  if (fault)
    world.stderr.write(
      `${plural(faults.length, 'file')} can’t be read whole (${faultPlace(fault, visible)}: ${visible(fault.message)}), so nobody knows what is unused.\n`,
    );
  if (plan.edits.length === 0) world.stderr.write(`Nothing can go from ${visible(whitelist)}.\n`);
}

function linesOf({ removed, joined, kept, ending }: PrunePlan): string[] {
  return [
    ...removed.map((remark) => lineOf('remove', remark)),
    ...joined.map((remark) => lineOf('join', remark)),
    ...kept.map((remark) => lineOf('keep', remark)),
    ...ending.map((remark) => lineOf('note', remark)),
  ];
}

function lineOf(what: string, { entry, why }: Remark): string {
  return `${entry.file}:${entry.line}: ${what} ${entry.section} ${display(entry)}: ${why}`;
}

async function confirmed({ yes }: PruneFlags, world: World): Promise<boolean> {
  if (yes) return true;
  if (!hasTerminal(world))
    throw new UsageError(
      'nothing was removed: nobody can confirm it here',
      'Add --yes, or --dry-run to only look.',
    );
  const prompts = await openPrompts(world);
  return (await prompts.confirm('Edit the whitelist like that?', 'yes')) === true;
}
