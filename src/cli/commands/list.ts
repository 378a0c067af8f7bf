import { existsSync } from 'node:fs';
import nodePath from 'node:path';
import { toolStart } from '../../app/tool-start.ts';
import { isBare } from '../../app/package-arguments.ts';
import { UsageError } from '../../app/usage-error.ts';
import { isShellSafe } from '../../text/escape.ts';
import { inventoryOf } from '../../app/list.ts';
import type { Inventory, ListedPackage } from '../../model/inventory.ts';
import { packageLabel } from '../../model/package.ts';
import { entryOf, type ApprovalStatus, type ReferenceWithStatus } from '../../model/status.ts';
import { plural } from '../../reporters/words.ts';
import { listedKind, listJson } from '../../reporters/list.ts';
import { escapeForLog } from '../../text/escape.ts';
import { progressOn } from '../progress.ts';
import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `list`. */
export interface ListFlags {
  readonly format: 'table' | 'json';
  /** Every reference, and not the packages. */
  readonly references?: boolean;
  readonly config?: string;
}

/**
 * Prints the packages that the project uses or decided about, or those of some files and folders, with the decisions; or
 * every reference, in the order of paths and positions. Works outside of a repository too.
 *
 * @returns 2 where a file could not be read, else 0.
 */
export async function listCommand(
  paths: readonly string[],
  flags: ListFlags,
  context: CommandContext,
): Promise<ExitCode> {
  await refusePackages(paths, context);
  const inventory = await inventoryOf(
    paths,
    { config: flags.config, progress: progressOn(context) },
    context,
  );
  return print(inventory, { flags, context });
}

/** @throws UsageError for a package in the place of a file: `npm:nanoid`. */
async function refusePackages(paths: readonly string[], context: CommandContext): Promise<void> {
  const isMissing = (path: string) => !existsSync(nodePath.resolve(context.cwd, path));
  const label = paths.find((path) => !isBare(path) && isMissing(path));
  if (label === undefined) return;
  const start = await toolStart(context);
  throw new UsageError(
    `list takes files and folders, and ${label} is a package`,
    isShellSafe(label) ? `Run: ${start} explain ${label}` : 'Name it to explain.',
  );
}

function print(
  inventory: Inventory,
  { flags, context }: { flags: ListFlags; context: CommandContext },
): ExitCode {
  const { packages, references, faults, notes } = inventory;
  if (flags.format === 'json') {
    context.stdout.report(listJson(inventory));
  } else {
    context.stdout.report(table(flags.references ? references.map(referenceRow) : packages.map(packageRow)));
    for (const note of notes) context.stderr.write(`${escapeForLog(note, 600)}\n`);
    for (const { file, line, message, next } of faults) {
      const place = [file === null ? null : escapeForLog(file), line]
        .filter((part) => part !== null)
        .join(':');
      context.stderr.write(`${place}  fault  ${escapeForLog(message, 600)}\n  ${escapeForLog(next, 600)}\n`);
    }
  }
  return faults.length > 0 ? 2 : 0;
}

function packageRow({ package: listed, status, places }: ListedPackage): readonly string[] {
  const isRequested = entryOf(status)?.kind === 'requested';
  const standing = isRequested ? `${status.kind}, requested` : status.kind;
  return [packageLabel(listed), standing, plural(places, 'place'), recordOf(status)];
}

/** Who decided, when and why; of what nobody decided, where it is declared or used. */
function recordOf(status: ApprovalStatus): string {
  const entry = entryOf(status);
  const at = 'at' in status ? `${escapeForLog(status.at.file)}:${String(status.at.line)}` : '';
  if (entry === null) return at;
  const { by, date, expires, reason } = entry;
  const who = [by && `by ${by}`, date && `on ${date}`, expires && `until ${expires}`]
    .filter(Boolean)
    .join(' ');
  return [at, escapeForLog(who, 200), escapeForLog(reason ?? '', 400)]
    .filter((text) => text !== '')
    .join(': ');
}

function referenceRow({ file, reference, judged: packageStatus }: ReferenceWithStatus): readonly string[] {
  const { place, specifier, origin } = reference;
  const cell = place.cell === null ? '' : `#${String(place.cell)}`;
  const leads = packageStatus
    ? `${packageLabel(packageStatus.package)} (${packageStatus.status.kind})`
    : origin.kind;
  return [
    `${escapeForLog(file)}${cell}:${String(place.line)}:${String(place.column)}`,
    listedKind(reference),
    escapeForLog(specifier, 80),
    escapeForLog(leads),
  ];
}

/** Columns as wide as their widest cell, the last one open. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2].map((at) =>
    rows.reduce((widest, row) => Math.max(widest, row[at]?.length ?? 0), 0),
  );
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
