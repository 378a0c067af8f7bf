import { readFile } from 'node:fs/promises';
import { configPlaces } from '../../config/find.ts';
import { isFileError, runGit } from '../../git/git.ts';
import { commitId } from '../../git/repository.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';
import { ownersFiles, unowned } from '../../app/ci/code-owners.ts';
import { planOf, type Head, type Plan } from '../../app/ci/event-range.ts';
import { locateProject } from '../../app/locate.ts';
import { openProject } from '../../app/project.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, CommandContext } from '../context.ts';
import { checkCommand } from './check.ts';

/** The flags of `ci`. An empty text is the same as no flag: a workflow passes what it has. */
export interface CiFlags {
  readonly since?: string;
  readonly policyFrom?: string;
  readonly sarif?: string;
  readonly offline?: boolean;
}

/**
 * Checks what the event of a GitHub workflow brings: annotations on standard output, the summary of the step, and
 * SARIF where a file is named. It runs nothing of the repository.
 */
export async function ciCommand(flags: CiFlags, context: CommandContext): Promise<ExitCode> {
  const location = locateProject(context, 'head');
  if (!location.repository)
    throw new UsageError(`${context.cwd} is no git repository`, 'Check it out first, with actions/checkout.');
  const plan = flags.since
    ? { kind: 'range' as const, since: [flags.since], until: 'HEAD' }
    : await planOfRun(location.repository, context);
  if (plan.kind === 'nothing') {
    context.stderr.write(`check-imports: ${plan.why}; there is nothing to check.\n`);
    return 0;
  }
  const range = plan.kind === 'range' ? await rangeOf(plan, location.repository) : { all: true };
  const policyFrom = 'since' in range ? await judgeOf(flags, range, { location, context }) : 'head';
  const summary = context.env['GITHUB_STEP_SUMMARY'];
  const format = [
    'pretty',
    'github',
    ...(summary ? [`markdown=${summary}`] : []),
    ...(flags.sarif ? [`sarif=${flags.sarif}`] : []),
  ];
  return checkCommand([], { ...range, format, policyFrom, offline: flags.offline ?? false }, context);
}

type InRepository = NonNullable<ProjectLocation['repository']>;

interface Range {
  readonly since: string;
  readonly until: string;
}

async function planOfRun({ git }: InRepository, { env }: CommandContext): Promise<Plan> {
  const [event, file] = [env['GITHUB_EVENT_NAME'], env['GITHUB_EVENT_PATH']];
  if (!event || !file)
    throw new UsageError(
      'this is no GitHub workflow',
      'Elsewhere, use `check --since REF --policy-from base`.',
    );
  const plan = planOf(event, await jsonOf(file), await headOf(git));
  if (!plan)
    throw new UsageError(`the payload of ${event} is not as expected`, 'Name the base with `since`.');
  return plan;
}

async function jsonOf(file: string): Promise<unknown> {
  try {
    const data: unknown = JSON.parse(await readFile(file, 'utf8'));
    return data;
  } catch (error) {
    if (!isFileError(error) && !(error instanceof SyntaxError)) throw error;
    throw new UsageError(`GITHUB_EVENT_PATH can’t be read: ${error.message}`, 'Name the base with `since`.');
  }
}

/** The commit itself names its parents, also where the clone is shallow and git hides them. */
async function headOf(git: InRepository['git']): Promise<Head> {
  const commit = (await runGit(git, ['head'])).toString('utf8').split('\n\n', 1)[0] ?? '';
  const parents = [...commit.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, oid = '']) => oid);
  return { oid: (await commitId(git, 'HEAD')) ?? 'HEAD', parents };
}

/** The first state that the clone has; where it has none, the first, so that the check says what is missing. */
async function rangeOf(
  { since, until }: Extract<Plan, { kind: 'range' }>,
  { git }: InRepository,
): Promise<Range> {
  for (const candidate of since) if (await commitId(git, candidate)) return { since: candidate, until };
  return { since: since[0] ?? 'HEAD', until };
}

/**
 * Whose policy judges: the base's, unless CODEOWNERS at the base has somebody look at every change of the
 * whitelist, the config and the workflows.
 */
async function judgeOf(
  { policyFrom }: CiFlags,
  range: Range,
  { location, context }: { location: ProjectLocation; context: CommandContext },
): Promise<'head' | 'base'> {
  if (policyFrom === 'head' || policyFrom === 'base') return policyFrom;
  if (policyFrom && policyFrom !== 'auto')
    throw new UsageError(`there is no policy of “${policyFrom}”`, 'Write auto, head or base.');
  const open = await unguarded(range, location, context);
  if (open.length === 0) return 'head';
  const why = open.slice(0, 3).join(', ');
  context.stderr.write(
    `check-imports: the policy of the base judges, because CODEOWNERS leaves ${why} to anybody.\n`,
  );
  return 'base';
}

/** @returns What anybody may change who can merge, of all that decides; at the base. */
async function unguarded(
  range: Range,
  location: ProjectLocation,
  context: CommandContext,
): Promise<string[]> {
  const request = { kind: 'since', from: range.since, to: range.until } as const;
  const project = await openProject(request, { ...location, policyFrom: 'base' }, { context });
  if (project.kind === 'fault') return ['everything'];
  try {
    const { policy, policyFiles } = project;
    const config = policy.config.source?.file;
    const decides = [
      ...policy.whitelist.files,
      ...(config === undefined ? configPlaces : [config]),
      '.github/workflows/check-imports.yml',
    ];
    for (const file of ownersFiles) {
      const text = await policyFiles.text(file);
      if (text !== undefined) return unowned(text, [...decides, file]);
    }
    return decides;
  } finally {
    project.close();
  }
}
