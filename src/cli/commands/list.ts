import type { Fault } from '../../model/fault.ts';
import { packageLabel } from '../../model/package.ts';
import type { ReferenceWithStatus } from '../../model/status.ts';
import { listJson } from '../../reporters/list.ts';
import { Analysis } from '../../analysis/analyse.ts';
import type { ScopeRequest } from '../../snapshots/scope-request.ts';
import { escapeForLog } from '../../text/escape.ts';
import { locateProject, pathInside } from '../../app/locate.ts';
import { progressOn } from '../progress.ts';
import { openProject } from '../../app/project.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, ProcessContext } from '../../app/process.ts';

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
  context: ProcessContext,
): Promise<ExitCode> {
  const { references, faults } = await inventoryOf(paths, flags.config, context);
  return print(references, faults, { flags, context });
}

/** @returns Every reference of the project, or of some of its files and folders, in the order of their places. */
export async function inventoryOf(
  paths: readonly string[],
  config: string | undefined,
  context: ProcessContext,
): Promise<{ references: readonly ReferenceWithStatus[]; faults: readonly Fault[] }> {
  const location = locateProject(context, 'head');
  const request = requestOf(paths, context, location.root);
  const project = await openProject(request, location, { context, config });
  if (project.kind === 'fault') return { references: [], faults: [project.fault] };
  try {
    const progress = progressOn(context);
    const analysis = new Analysis(project.scope, { ...project.analysisOptions, onProgress: progress.step });
    const { judged: references, faults } = await analysis.allReferences();
    progress.done();
    const all = [...project.scope.faults, ...project.policy.faults, ...faults];
    return { references: references.toSorted(byPlace), faults: all };
  } finally {
    project.close();
  }
}

function requestOf(paths: readonly string[], context: ProcessContext, root: string): ScopeRequest {
  if (paths.length === 0) return { kind: 'all' };
  const relativePaths = paths.map((path) => {
    const relative = pathInside(root, context.cwd, path);
    if (relative === null) throw new UsageError(`${path} lies outside of ${root}`, 'Go there with --cwd.');
    return relative;
  });
  return { kind: 'paths', paths: relativePaths };
}

function print(
  references: readonly ReferenceWithStatus[],
  faults: readonly Fault[],
  { flags, context }: { flags: ListFlags; context: ProcessContext },
): ExitCode {
  if (flags.format === 'json') {
    context.stdout.report(listJson(references, faults));
  } else {
    context.stdout.report(table(references));
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
    const { place, kind, specifier, origin } = reference;
    const cell = place.cell === null ? '' : `#${String(place.cell)}`;
    const leads = packageStatus
      ? `${packageLabel(packageStatus.package)} (${packageStatus.status.kind})`
      : origin.kind;
    return [
      `${escapeForLog(file)}${cell}:${String(place.line)}:${String(place.column)}`,
      kind,
      escapeForLog(specifier, 80),
      escapeForLog(leads),
    ];
  });
  const widths = [0, 1, 2].map((at) =>
    rows.reduce((widest, row) => Math.max(widest, row[at]?.length ?? 0), 0),
  );
  return rows.map((row) => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}\n`).join('');
}

function byPlace(left: ReferenceWithStatus, right: ReferenceWithStatus): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  const [a, b] = [left.reference.place, right.reference.place];
  return (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column;
}
