import { findEcosystem, isPossible, packageOf } from '../ecosystems/index.ts';
import { gradesOf } from '../../rules/grades.ts';
import type { PackageEvidence, Provider } from '../model/finding.ts';
import type { InstalledPackage } from '../model/installed.ts';
import type { Language } from '../model/language.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { recordWords } from '../model/record-words.ts';
import type { Origin, Reference, Step } from '../model/reference.ts';
import type { Scope } from '../model/snapshot.ts';
import type { UseWithStatus, PackageStatus, ApprovalStatus } from '../model/status.ts';
import type { NonEmpty } from '../model/text.ts';
import type { Lookup } from '../model/lookup.ts';
import { Analysis, type AnalysisOptions } from './analyse.ts';
import type { ResolvedLead } from './follow-specifier.ts';
import type { ExplanationCard } from '../model/explanation.ts';
import { isAllowed, isUndecided } from '../policy/status.ts';
import { stepsOf, typeOnlySteps } from './explain-steps.ts';
import { isShellSafe } from '../text/escape.ts';
import { impossibleNameOf } from './impossible-name.ts';

/** What is asked: where a specifier leads when a file (it need not exist) imports it. */
export interface ExplainQuery {
  readonly language: Language;
  readonly specifier: string;
  readonly file: string;
  /** What a `from` import takes out of it; left out where that is not known. */
  readonly names?: readonly string[];
  /** What a command there installs; left out where a program imports the specifier. */
  readonly installs?: Package;
  /** Why it is one of this ecosystem; null where whoever asks has said so. */
  readonly reason: string | null;
}

/** What `explain` needs besides the scope. */
export interface ExplainOptions extends AnalysisOptions {
  readonly ask: Lookup;
  /** What an installed environment has for a specifier: it suggests and decides nothing. */
  readonly installed: (query: ExplainQuery, subject: Package) => Promise<readonly InstalledPackage[]>;
  /** How to start this tool here: `npx --no -- vetted-imports`. */
  readonly command: () => Promise<string>;
}

/**
 * Follows a specifier as `check` does, and keeps what `check` throws away: the steps, with file and line
 * of each piece of evidence. An unapproved package comes with what names and registries say of it.
 */
export async function explain(
  query: ExplainQuery,
  scope: Scope,
  options: ExplainOptions,
): Promise<ExplanationCard> {
  const { specifier, file, language, reason, names = [] } = query;
  const analysis = new Analysis(scope, options);
  const steps: Step[] = reason === null ? [] : [{ text: reason, file: null, line: null }];
  const request = { file, specifier, names, kind: 'static' } as const;
  const followedLeads = query.installs
    ? [await analysis.installed(query.installs, file)]
    : await analysis.follow(language, request, (step) => steps.push(step));
  const leads = await withUsage(followedLeads, query, analysis);
  const { origin, judged: packageStatus } =
    leads.find((lead) => !isQuiet(lead, options)) ?? leads[0] ?? nowhere;
  for (const lead of leads) {
    const substitute = lead.judged && (await analysis.substituteOf(lead.judged.status, file));
    for (const step of stepsOf({ ...lead, substitute }, scope, options)) steps.push(step);
  }
  for (const step of namesakeSteps(query, leads)) steps.push(step);
  const ecosystem = language.ecosystem ?? packageStatus?.package.ecosystem ?? '';
  if (!packageStatus) return { ...bare, ecosystem, specifier, origin, judged: packageStatus, steps };
  const command = await options.command();
  if (packageStatus.status.kind === 'unapproved' && packageStatus.status.provides) {
    const advice = missing(packageStatus.status.provides, { query, ecosystem, command });
    return { ...bare, ...advice, ecosystem, origin, judged: packageStatus, steps };
  }
  if (!isUndecided(packageStatus.status)) {
    const next = commandsFor(packageStatus, command, null);
    return { ...bare, ecosystem, specifier, origin, judged: packageStatus, steps, next };
  }
  for (const step of typeOnlySteps(await analysis.follow(language, { ...request, kind: 'type' })))
    steps.push(step);
  const installed = await options.installed(query, packageStatus.package);
  const packageEvidence = await outside(query, { origin, packageStatus }, { analysis, ask: options.ask });
  return {
    ecosystem,
    specifier,
    origin,
    judged: packageStatus,
    steps: [
      ...steps,
      ...installed.map(({ text, file: where }) => ({ text, file: where, line: null })),
      ...providerSteps(query, packageEvidence),
      ...impossibleSteps(useOf(query, { origin, packageStatus })),
    ],
    grade: packageEvidence.grade,
    evidence: packageEvidence.evidence,
    suggestions: [
      ...installed.flatMap((each) => suggestionOf(each, query, packageStatus)),
      ...packageEvidence.suggestions,
    ],
    next: packageEvidence.provider
      ? providerCommands(packageEvidence.provider, command, options.policy.whitelistFile)
      : [
          ...installed.flatMap((each) => approvalOf(each, packageStatus, command)),
          ...commandsFor(packageStatus, command, packageEvidence.grade),
        ],
  };
}

interface MissingContext {
  readonly query: ExplainQuery;
  readonly ecosystem: string;
  readonly command: string;
}

/** No decision makes an import work of what the package does not have. */
function missing(
  [module]: NonEmpty<string>,
  { query: { specifier }, ecosystem, command }: MissingContext,
): Pick<ExplanationCard, 'specifier' | 'grade' | 'next'> {
  return { specifier, grade: 'unproven', next: [`${command} explain ${ecosystem}:${module}`] };
}

const bare = { grade: null, evidence: [], suggestions: [], next: [] } as const;
const nowhere: ResolvedLead = { origin: { kind: 'unknown', reason: 'it cannot be resolved' }, judged: null };

function isQuiet({ origin, judged: packageStatus }: ResolvedLead, { policy }: ExplainOptions): boolean {
  return packageStatus
    ? isAllowed(packageStatus.status, policy.trustIn(packageStatus.package.ecosystem))
    : origin.kind !== 'unknown';
}

/** Where a module and a package of its name are not the same, whoever reads of one has to know of the other. */
function namesakeSteps({ specifier, language }: ExplainQuery, leads: readonly ResolvedLead[]): Step[] {
  const ecosystem = language.ecosystem === null ? undefined : findEcosystem(language.ecosystem);
  if (!ecosystem?.modules || specifier.includes('.') || !ecosystem.valid(specifier)) return [];
  const namesake = packageLabel(packageOf(ecosystem.id, specifier));
  const packages = leads.flatMap(({ origin }) =>
    origin.kind === 'package' ? [origin.package, ...origin.alternatives] : [],
  );
  if (packages.length === 0 || packages.map(packageLabel).includes(namesake)) return [];
  return [{ text: `the distribution ${specifier} is another package: ${namesake}`, file: null, line: null }];
}

/** A decision has a reason; where there is no terminal, nobody can be asked for it. */
const REASON = '--reason "…"';

/**
 * The commands that would decide otherwise; none for a name that a shell could misread, or that no package can have. Where a grade holds the approval
 * back, the command names it.
 */
function commandsFor(
  { package: subject, status }: PackageStatus,
  command: string,
  grade: string | null,
): string[] {
  const name = packageLabel(subject);
  if (!isShellSafe(name) || !isPossible(subject)) return [];
  const isHeldBack = grade !== null && gradesOf('refuted', 'doubtful').includes(grade);
  const despite = isHeldBack ? ` --despite ${grade}` : '';
  const isRequested = 'requested' in status && status.requested?.kind === 'requested';
  const request = isRequested ? [] : [`request ${name}`];
  const words: Readonly<Record<ApprovalStatus['kind'], readonly string[]>> = {
    approved: [`deny ${name}`],
    baseline: [`approve ${name}`, `deny ${name}`],
    declared: [`approve ${name}`, `deny ${name}`],
    'in-use': [`approve ${name}${despite}`, ...request, `deny ${name}`],
    denied: [`approve ${name} --despite denied`],
    expired: [`approve ${name}`],
    unapproved: [`approve ${name}${despite}`, ...request, `deny ${name}`],
  };
  return words[status.kind].map((subcommand) => `${command} ${subcommand} ${REASON}`);
}

/** The import works by another package than that of its name: whoever decides has to decide about that one. */
function providerSteps({ specifier }: ExplainQuery, { provider }: PackageEvidence): Step[] {
  if (provider === undefined) return [];
  const text = `${specifier} is a module of ${packageLabel(provider.package)}, and no entry says so yet`;
  return [{ text, file: provider.at?.file ?? null, line: provider.at?.line ?? null }];
}

/** There is nothing to decide about. */
function impossibleSteps({ use }: UseWithStatus): Step[] {
  const impossible = impossibleNameOf(use);
  if (impossible === null) return [];
  const { name, registry, remedy } = impossible;
  const text = `no package of ${registry} can be called “${name}”, so there is none to approve`;
  return [text, remedy].map((sentence) => ({ text: sentence, file: null, line: null }));
}

function providerCommands(provider: Provider, command: string, whitelistFile: string): string[] {
  const words = isShellSafe(packageLabel(provider.package)) ? recordWords(provider, whitelistFile) : null;
  return words === null ? [] : [`${command} ${words}`];
}

/** Asks the bases about packages that nobody decided about, as if a file imported the specifier. */
async function withUsage(
  leads: readonly ResolvedLead[],
  query: ExplainQuery,
  analysis: Analysis,
): Promise<readonly ResolvedLead[]> {
  return Promise.all(
    leads.map(async ({ origin, judged: packageStatus }) => {
      if (packageStatus === null) return { origin, judged: packageStatus };
      const { uses } = await analysis.withUsage([useOf(query, { origin, packageStatus })]);
      return { origin, judged: { ...packageStatus, status: uses[0]?.status ?? packageStatus.status } };
    }),
  );
}

/** Asks about the specifier as if a file imported it. */
async function outside(
  query: ExplainQuery,
  lead: { origin: Origin; packageStatus: PackageStatus },
  { analysis, ask }: { analysis: Analysis; ask: Lookup },
): Promise<PackageEvidence> {
  const { knowledge } = await ask([useOf(query, lead)], await analysis.projectNames(), []);
  return knowledge[0] ?? { grade: 'not-asked', evidence: [], suggestions: [] };
}

/** @returns What a file would use that imported the specifier. */
function useOf(
  { specifier, file, language }: ExplainQuery,
  { origin, packageStatus }: { origin: Origin; packageStatus: PackageStatus },
): UseWithStatus {
  const reference: Reference = {
    kind: 'static',
    form: 'module',
    specifier,
    names: [],
    optional: false,
    approximate: false,
    place: { line: 1, column: 1, endLine: 1, endColumn: 1, cell: null },
    excerpt: null,
    origin,
  };
  const { package: subject, status } = packageStatus;
  return { use: { file, language: language.id, package: subject, references: [reference] }, status };
}

/** `approve` learns from the same environment which modules the distribution provides. */
function approvalOf(
  installedPackage: InstalledPackage,
  packageStatus: PackageStatus,
  command: string,
): string[] {
  const name = packageLabel(installedPackage.package);
  return name === packageLabel(packageStatus.package) || !isShellSafe(name)
    ? []
    : [`${command} approve ${name} ${REASON}`];
}

function suggestionOf(
  installedPackage: InstalledPackage,
  { specifier }: ExplainQuery,
  packageStatus: PackageStatus,
) {
  return packageLabel(installedPackage.package) === packageLabel(packageStatus.package)
    ? []
    : [{ package: installedPackage.package, specifier, why: installedPackage.text }];
}
