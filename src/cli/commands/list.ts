import { existsSync } from 'node:fs';
import nodePath from 'node:path';
import { toolStart } from '../../app/tool-start.ts';
import { isBare } from '../../app/package-arguments.ts';
import { UsageError } from '../../app/usage-error.ts';
import { isShellSafe } from '../../text/escape.ts';
import { inventoryOf } from '../../app/list.ts';
import type { Inventory, ListedPackage, ListedReference } from '../../model/inventory.ts';
import { packageLabel } from '../../model/package.ts';
import { entryOf, type ApprovalStatus } from '../../model/status.ts';
import { plural } from '../../reporters/words.ts';
import { writeListJson } from '../../reporters/list.ts';
import { escapeForLog } from '../../text/escape.ts';
import { reasonText } from '../../whitelist/assistant-request.ts';
import { prepareWholeRun } from '../engine.ts';
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
  prepareWholeRun();
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
    writeListJson(inventory, context.stdout.report);
  } else {
    if (flags.references) writeTable(() => mapped(references, referenceRow), context.stdout.report);
    else writeTable(() => packages.map(packageRow), context.stdout.report);
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
  const { by, date, expires } = entry;
  const who = [by && `by ${by}`, date && `on ${date}`, expires && `until ${expires}`]
    .filter(Boolean)
    .join(' ');
  return [at, escapeForLog(who, 200), escapeForLog(reasonText(entry) ?? '', 400)]
    .filter((text) => text !== '')
    .join(': ');
}

function referenceRow(reference: ListedReference): readonly string[] {
  const { file, line, column, cell, kind, specifier, origin, packageStatus } = reference;
  const inCell = cell === null ? '' : `#${String(cell)}`;
  const leads = packageStatus ? `${packageLabel(packageStatus.package)} (${packageStatus.status})` : origin;
  return [
    `${escapeForLog(file)}${inCell}:${String(line)}:${String(column)}`,
    kind,
    escapeForLog(specifier, 80),
    escapeForLog(leads),
  ];
}

function* mapped<T, R>(items: Iterable<T>, map: (item: T) => R): Generator<R> {
  for (const item of items) yield map(item);
}

/** In rows: enough that few writes are needed, few enough that they take no memory. */
const PART = 500;

/**
 * Columns as wide as their widest cell, the last one open. The rows are made twice, which takes less memory than to keep them.
 *
 * @param write Takes one part of the text after the other.
 */
function writeTable(rows: () => Iterable<readonly string[]>, write: (part: string) => void): void {
  const widths = [0, 0, 0];
  for (const row of rows())
    for (const [at, width] of widths.entries()) widths[at] = Math.max(width, row[at]?.length ?? 0);
  let lines: string[] = [];
  for (const row of rows()) {
    lines.push(
      `${row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
    if (lines.length < PART) continue;
    write(lines.join(''));
    lines = [];
  }
  write(lines.join(''));
}
