import { GitError } from '../../git/git.ts';
import type { Fault } from '../../model/fault.ts';
import type { Report } from '../../../rules/index.ts';
import type { DecisionAids } from '../../reporters/request-lines.ts';
import type { PolicyChoice, ScopeRequest } from '../../snapshots/scope-request.ts';
import { locateProject } from '../../app/locate.ts';
import { pathInside } from '../../git/path-inside.ts';
import { gitFault } from '../../app/git-fault.ts';
import type { Contributor } from '../../app/judge.ts';
import { runCheck } from '../../app/check.ts';
import { progressOn } from '../progress.ts';
import { UsageError } from '../../app/usage-error.ts';
import { wantsColor, type ExitCode, type CommandContext } from '../context.ts';
import { TOOL } from '../../model/tool.ts';

/** The flags of `check` as the command line gives them. */
export interface CheckFlags {
  readonly staged?: boolean;
  readonly since?: string;
  /** With `since`: the state that is judged, if it is not HEAD. */
  readonly until?: string;
  readonly all?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
  readonly newOnly?: boolean;
  /** Else `pretty`, on standard output. */
  readonly format?: readonly string[];
  readonly offline?: boolean;
  readonly maxWarnings?: number;
  readonly exitZero?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly config?: string;
  readonly policyFrom?: PolicyChoice;
  readonly color?: boolean;
  /** With `since`: who proposes the range. No flag sets it: a build server tells. */
  readonly contributor?: Contributor;
  /** Where requests are listed for whoever decides about them. No flag sets it: a build server has such a place. */
  readonly decisions?: DecisionAids & {
    /** The format that lists them; null: they stand below all formats, on standard output. */
    readonly format: string | null;
  };
  /** A hook waits: registries get less time. No flag sets it. */
  readonly inHook?: boolean;
}

/** Checks what the flags and paths name, and prints the report. */
export async function checkCommand(
  paths: readonly string[],
  flags: CheckFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const outputs = (flags.format ?? ['pretty']).map(parseOutput);
  const report = await reportOrFault(paths, flags, context);
  const shown = flags.quiet ? await errorsOf(report) : report;
  for (const output of outputs) await print(shown, { ...output, flags }, context);
  if (flags.decisions?.format === null) await printRequests(report, flags.decisions, context);
  return exitCode(report, flags);
}

async function reportOrFault(
  paths: readonly string[],
  flags: CheckFlags,
  context: CommandContext,
): Promise<Report> {
  try {
    const location = locateProject(context, flags.policyFrom ?? 'auto');
    const request = await scopeRequest(paths, flags, { context, root: location.root });
    if (request.kind === 'all') (await import('../engine.ts')).prepareWholeRun();
    return await runCheck(request, location, {
      progress: progressOn(context),
      ...flags,
      context,
      caller: flags.inHook ? 'hook' : 'person',
    });
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return reportOf(gitFault(error));
  }
}

/** @returns The one scope that the flags ask for. */
async function scopeRequest(
  paths: readonly string[],
  flags: CheckFlags,
  { context, root }: { context: CommandContext; root: string },
): Promise<ScopeRequest> {
  const { staged, since, until = 'HEAD', all, stdin } = flags;
  const scopeFlags = [
    staged && '--staged',
    since && '--since',
    all && '--all',
    stdin && '--stdin',
    paths.length > 0 && !staged && !all && 'paths',
  ];
  const chosen = scopeFlags.filter((flag) => typeof flag === 'string');
  if (chosen.length > 1)
    throw new UsageError(`${chosen.join(' and ')} cannot be combined`, 'Use one of them.');
  if (flags.newOnly && !stdin)
    throw new UsageError(
      '--new-only needs --stdin',
      'Files that git knows are compared by --staged and --since.',
    );
  if (since !== undefined) return { kind: 'since', from: since, to: until };
  if (stdin) return stdinRequest(flags, { context, root });
  const kind = all ? 'all' : staged ? 'staged' : null;
  if (paths.length === 0) return { kind: kind ?? 'worktree' };
  // Hook managers such as lint-staged append the files that they choose to whatever they call.
  const chosenPaths = paths.map((path) => inside(path, { context, root }));
  return { kind: kind ?? 'paths', paths: chosenPaths };
}

async function stdinRequest(
  { stdinFilename, newOnly }: CheckFlags,
  place: { context: CommandContext; root: string },
): Promise<ScopeRequest> {
  if (stdinFilename === undefined)
    throw new UsageError('--stdin needs --stdin-filename', 'Add --stdin-filename PATH.');
  const path = inside(stdinFilename, place);
  const text = await readAll(place.context.stdin);
  return {
    kind: 'stdin',
    path,
    newOnly: newOnly ?? false,
    buffers: new Map([[path, text]]),
  };
}

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk)));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function inside(path: string, { context, root }: { context: CommandContext; root: string }): string {
  const relativePath = pathInside(root, context.cwd, path);
  if (relativePath === null)
    throw new UsageError(
      `${path} is outside of ${root}`,
      `Run ${TOOL} in the project that it belongs to, or use --cwd.`,
    );
  return relativePath;
}

/** `json`, or `json=report.json`. */
function parseOutput(text: string): { format: string; file: string | null } {
  const equals = text.indexOf('=');
  return equals < 0
    ? { format: text, file: null }
    : { format: text.slice(0, equals), file: text.slice(equals + 1) };
}

async function print(
  report: Report,
  { format, file, flags }: { format: string; file: string | null; flags: CheckFlags },
  context: CommandContext,
): Promise<void> {
  if (file === null && ['pretty', 'concise'].includes(format) && isSilent(report)) {
    if (format === 'pretty' && flags.all && !flags.quiet && context.stdout.isTTY)
      context.stdout.write(clean(report));
    return;
  }
  const { reporters } = await import('../../reporters/index.ts');
  const reporter = await reporters.get(format)?.();
  if (!reporter)
    throw new UsageError(
      `there is no format called ${format}`,
      `Formats are ${[...reporters.keys()].join(', ')}.`,
    );
  const { version } = await import('../../app/version.ts');
  const width = (file === null ? context.stdout.columns : undefined) ?? 80;
  const text = reporter.render(report, {
    color: file === null && wantsColor(flags.color, context),
    version,
    width,
    verbose: flags.verbose ?? false,
    decisions: flags.decisions?.format === format ? flags.decisions : undefined,
  });
  if (file === null) {
    context.stdout.report(text);
    return;
  }
  const { writeReport } = await import('../write-report.ts');
  await writeReport(file, text, context);
}

async function printRequests(
  { requests = [] }: Report,
  decisions: DecisionAids,
  { stdout }: CommandContext,
): Promise<void> {
  if (requests.length === 0) return;
  const { requestText } = await import('../../reporters/request-lines.ts');
  stdout.report(`\n${requestText(requests, decisions)}`);
}

/** Whoever checks a whole project by hand waits for an answer; a hook or a script reads the exit code. */
function clean({ files }: Report): string {
  return `${String(files)} ${files === 1 ? 'file' : 'files'} checked: nothing to report\n`;
}

/** A run that has nothing to say loads no reporter. */
function isSilent({ findings, faults, policyChanges, notes }: Report): boolean {
  return findings.length + faults.length + policyChanges.length + notes.length === 0;
}

function exitCode({ findings, faults }: Report, { maxWarnings, exitZero }: CheckFlags): ExitCode {
  if (faults.length > 0) return 2;
  if (exitZero) return 0;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors > 0 || findings.length - errors > (maxWarnings ?? Infinity) ? 1 : 0;
}

/** Loosened policy is an error only where a finding says so. */
async function errorsOf(report: Report): Promise<Report> {
  const findings = report.findings.filter(({ severity }) => severity === 'error');
  const errors = { ...report, findings, notes: [] };
  if (report.policyChanges.length === 0) return errors;
  const { unreportedChanges } = await import('../../reporters/words.ts');
  const unreported = new Set(unreportedChanges(errors));
  return { ...errors, policyChanges: report.policyChanges.filter((change) => !unreported.has(change)) };
}

function reportOf(fault: Fault): Report {
  return {
    scope: 'staged',
    files: 0,
    lookups: 'none',
    findings: [],
    policyChanges: [],
    faults: [fault],
    notes: [],
  };
}
