import { inventoryOf, type Inventory } from '../../app/list.ts';
import { packageLabel } from '../../model/package.ts';
import type { ReferenceWithStatus } from '../../model/status.ts';
import { listedKind, listJson } from '../../reporters/list.ts';
import { escapeForLog } from '../../text/escape.ts';
import { progressOn } from '../progress.ts';
import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `list`. */
export interface ListFlags {
  readonly format: 'table' | 'json';
  readonly config?: string;
}

/**
 * Prints every reference of the project, or of some files and folders, with where it leads and what was
 * decided about it. Works outside of a repository too. The order is that of paths and positions.
 *
 * @returns 2 where a file could not be read, else 0.
 */
export async function listCommand(
  paths: readonly string[],
  flags: ListFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const inventory = await inventoryOf(
    paths,
    { config: flags.config, progress: progressOn(context) },
    context,
  );
  return print(inventory, { flags, context });
}

function print(
  { references, faults, notes }: Inventory,
  { flags, context }: { flags: ListFlags; context: CommandContext },
): ExitCode {
  if (flags.format === 'json') {
    context.stdout.report(listJson(references, faults));
  } else {
    context.stdout.report(table(references));
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

/** Columns as wide as their widest cell, the last one open. */
function table(references: readonly ReferenceWithStatus[]): string {
  const rows = references.map(({ file, reference, judged: packageStatus }) => {
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
  });
  const widths = [0, 1, 2].map((at) =>
    rows.reduce((widest, row) => Math.max(widest, row[at]?.length ?? 0), 0),
  );
  return rows.map((row) => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}\n`).join('');
}
