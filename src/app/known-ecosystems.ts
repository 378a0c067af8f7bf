import { Analysis } from '../analysis/analyse.ts';
import type { ResolvedLead } from '../analysis/follow-specifier.ts';
import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import { languages } from '../languages/index.ts';
import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { entryOf } from '../model/status.ts';
import type { OpenedProject } from './project.ts';

/** An ecosystem in which a project knows a name, and how: a clause. */
export interface KnownEcosystem {
  readonly ecosystem: EcosystemId;
  readonly reason: string;
  /** Whether a package bears it, about which somebody can decide; no module of the project or of a host. */
  readonly isPackage: boolean;
}

/**
 * Finds out in which ecosystems a project knows a bare name: a module of its own or of a host; a package that the whitelist
 * has decided about, that a manifest declares, or that something uses, whether it bears the name or imports call it so.
 *
 * @param ids The ecosystems of the project.
 * @param projects States whose references count, the work tree first.
 * @returns Those that know it; a name of one alone means that one.
 */
export async function ecosystemsKnowing(
  word: string,
  ids: readonly EcosystemId[],
  projects: readonly [OpenedProject, ...OpenedProject[]],
): Promise<readonly KnownEcosystem[]> {
  const [project] = projects;
  const analysis = new Analysis(project.scope, project.analysisOptions);
  const matches: KnownEcosystem[] = [];
  let references: readonly ReferenceWithStatus[] | undefined;
  for (const ecosystem of ids) {
    const leads = await leadsOf(word, ecosystem, analysis);
    references ??= await referencesOf(projects);
    const module = moduleReason(leads);
    const reason =
      module ?? entryReason(leads, project) ?? useReason(packagesOf(word, ecosystem, leads), references);
    if (reason !== null) matches.push({ ecosystem, reason, isPackage: module === null });
  }
  return matches;
}

/** Where a program at the root would be led that imports the name, and what was decided about a package that bears it. */
async function leadsOf(word: string, id: EcosystemId, analysis: Analysis): Promise<readonly ResolvedLead[]> {
  const leads = await Promise.all(
    languages
      .filter(({ ecosystem }) => ecosystem === id)
      .map((language) => {
        const file = `index.${language.extensions[0] ?? ''}`;
        return analysis.follow(language, { file, specifier: word, names: [], kind: 'static' });
      }),
  );
  return leads.flat();
}

/** Either may be meant: the package of the name, and the one that imports call so. */
function packagesOf(word: string, id: EcosystemId, leads: readonly ResolvedLead[]): readonly Package[] {
  const led = leads.flatMap(({ origin }) =>
    origin.kind === 'package' ? [origin.package, ...origin.alternatives] : [],
  );
  return findEcosystem(id)?.valid(word) === true ? [...led, packageOf(id, word)] : led;
}

function moduleReason(leads: readonly ResolvedLead[]): string | null {
  for (const { origin } of leads) {
    if (origin.kind === 'builtin' || origin.kind === 'ambient') return `${origin.host} provides it`;
    if (origin.kind === 'local') return `${origin.file} is its module`;
  }
  return null;
}

function entryReason(leads: readonly ResolvedLead[], { policy }: OpenedProject): string | null {
  for (const { judged: packageStatus } of leads) {
    if (packageStatus === null) continue;
    const { status, package: subject } = packageStatus;
    const entry = entryOf(status) ?? entryOf(policy.decide(subject));
    const label = packageLabel(subject);
    if (entry !== null) return `${entry.file}:${String(entry.line)} has ${label}`;
    if (status.kind === 'declared') return `${status.at.file}:${String(status.at.line)} declares ${label}`;
  }
  return null;
}

function useReason(packages: readonly Package[], references: readonly ReferenceWithStatus[]): string | null {
  const labels = new Set(packages.map(packageLabel));
  for (const { file, reference, judged: packageStatus } of references) {
    const { origin } = reference;
    const led = origin.kind === 'package' ? [origin.package, ...origin.alternatives] : [];
    const subjects = [...led, ...(packageStatus ? [packageStatus.package] : [])];
    const subject = subjects.find((candidate) => labels.has(packageLabel(candidate)));
    if (subject !== undefined) return `${file}:${String(reference.place.line)} uses ${packageLabel(subject)}`;
  }
  return null;
}

/** What is not to be checked counts for nothing, and neither does a file that can't be read. */
async function referencesOf(projects: readonly OpenedProject[]): Promise<readonly ReferenceWithStatus[]> {
  const lists = await Promise.all(
    projects.map(async ({ scope, analysisOptions }) => {
      const analysis = new Analysis(scope, analysisOptions);
      const { judged: references } =
        scope.name === 'all' ? await analysis.allReferences() : await analysis.newReferences();
      return references;
    }),
  );
  return lists.flat();
}
