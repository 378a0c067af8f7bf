import { findEcosystem } from './ecosystems/index.ts';
import { unclearOf, usesOf } from './analysis/uses.ts';
import type { PackageEvidence, RuleContext, RuleInput } from './model/finding.ts';
import type { PolicyChange } from './model/policy.ts';
import type { Report } from './model/report.ts';
import type { UseWithStatus } from './model/status.ts';
import type { Scope } from './model/snapshot.ts';
import {
  assistantsMayOnlyRequest,
  comparePolicies,
  policyChanges,
  withEveryDenial,
  type PolicyPair,
} from './policy/changes.ts';
import type { PolicyOptions } from './policy/policy.ts';
import { startChanges } from './policy/starts.ts';
import { Analysis, type ProjectNames, type AnalysisOptions } from './analysis/analyse.ts';
import type { RuleId } from '../rules/index.ts';

/** What names and registries say of packages that nobody approved. The answer has one item for each use. */
export type Lookup = (
  uses: readonly UseWithStatus[],
  project: ProjectNames,
) => Promise<{
  readonly knowledge: readonly PackageEvidence[];
  readonly lookups: Report['lookups'];
}>;

/** What `check` needs besides the scope. */
export interface CheckOptions extends AnalysisOptions {
  /** How the policy of another state is read, to compare them. */
  readonly policyOptions: PolicyOptions;
  readonly ask: Lookup;
  /** The run happens in the environment of a coding assistant. */
  readonly inAssistant: boolean;
  /** Who edited a file in this change; null where nobody can tell. */
  readonly authorOf: (file: string) => Promise<string | null>;
  /** How to start this tool here: `npx --no -- vetted-imports`. Asked only when there is something to say. */
  readonly command: () => Promise<string>;
}

/**
 * scope → references → origins → statuses → findings → report.
 *
 * @returns Everything there is to say about the scope. Faults of the policy are part of it: a file that
 * can't be checked against a policy that can't be read is not clean.
 */
export async function check(scope: Scope, options: CheckOptions): Promise<Report<RuleId>> {
  const pairs = await comparePolicies(scope, options.policy, options.policyOptions);
  const analysis = new Analysis(scope, { ...options, policy: withEveryDenial(options.policy, pairs) });
  const found = await analysis.newReferences();
  const loosened = await policyChanges(pairs, options.policyOptions, (base) => analysis.declaredAt(base));
  const starts = await startChanges(scope);
  const changes = await signed([...loosened, ...starts, ...(await analysis.shadows())], options.authorOf);
  const uses = usesOf(found.judged);
  const [{ knowledge, lookups }, hints] = await Promise.all([
    outside(uses, options.ask, analysis),
    analysis.hints(uses),
  ]);
  const subjects: RuleInput[] = [
    ...uses.map(
      ({ use, status }, at) =>
        ({ kind: 'use', use, status, outside: knowledge[at] ?? silent, hints: hints[at] ?? [] }) as const,
    ),
    ...unclearOf(found.judged).map((unclear) => ({ kind: 'unclear', ...unclear }) as const),
    ...found.sources.map((source) => ({ kind: 'source', source }) as const),
    ...changes.map((change) => ({ kind: 'policy', change }) as const),
  ];
  return {
    scope: scope.name,
    files: found.files,
    lookups,
    findings: subjects.length > 0 ? await judged(subjects, { scope, options, pairs }) : [],
    policyChanges: changes,
    faults: [...scope.faults, ...options.policy.faults, ...found.faults],
    notes: [...options.policy.warnings, ...found.notes],
  };
}

const silent: PackageEvidence = { grade: 'not-asked', evidence: [], suggestions: [] };

async function outside(uses: readonly UseWithStatus[], ask: Lookup, analysis: Analysis): ReturnType<Lookup> {
  if (!uses.some(({ status }) => status.kind === 'unapproved')) return { knowledge: [], lookups: 'none' };
  return ask(uses, await analysis.projectNames());
}

/** An edit has an author, also where the entry that it makes names none. */
function signed(
  changes: readonly PolicyChange[],
  authorOf: CheckOptions['authorOf'],
): Promise<readonly PolicyChange[]> {
  return Promise.all(
    changes.map(async (change) => ({ ...change, by: change.by ?? (await authorOf(change.file)) })),
  );
}

/** What the rules say, in the words of this repository. */
async function judged(
  subjects: readonly RuleInput[],
  { scope, options, pairs }: { scope: Scope; options: CheckOptions; pairs: readonly (PolicyPair | null)[] },
): Promise<Report<RuleId>['findings']> {
  const { runRules } = await import('./analysis/findings.ts');
  const { policy, inAssistant, command } = options;
  const assistantAsks = inAssistant && assistantsMayOnlyRequest(policy, pairs);
  const registryTitle = (ecosystem: string) => findEcosystem(ecosystem)?.title ?? ecosystem;
  const { whitelistFile } = policy;
  const context: RuleContext = {
    scope: scope.name,
    whitelistFile,
    assistantAsks,
    registryTitle,
    command: await command(),
  };
  return runRules(subjects, context, policy.config.rules);
}
