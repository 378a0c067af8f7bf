import { isThisTool } from '../../ecosystems/index.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { DeclaredDependency } from '../../declarations/read.ts';
import { edit, type Edit, type Edited } from '../../whitelist/edit.ts';
import { longestReason } from '../../whitelist/entry.ts';
import type { EntryContent } from '../../whitelist/write.ts';
import type { ModuleRecord } from '../recorded-modules.ts';
import type { GradedPackage } from './used-packages.ts';

/** What a project uses on the day that it gets the linter. */
export interface Adoption {
  /** The state whose manifests count: `HEAD`, or `the work tree` before the first commit. */
  readonly base: string;
  readonly baseline: readonly Package[];
  /** What entries say of modules, by the package as people write it. */
  readonly records: ReadonlyMap<string, Pick<ModuleRecord, 'imports' | 'importsOf'>>;
  readonly foreign: readonly DeclaredDependency[];
  /** What the base uses and nothing declares, the gravest first. */
  readonly used: readonly GradedPackage[];
  /** Labels of those that go to the baseline; the others are requested. Never this tool. */
  readonly chosen: ReadonlySet<string>;
  /** What came since the base, in program text or manifests, the gravest first. */
  readonly recent: readonly GradedPackage[];
  /** Labels of the packages that commands install. */
  readonly installed: ReadonlySet<string>;
  /** From when on: `since the last commit`; null where nothing is committed. */
  readonly since: string | null;
  /** What a person approves of it. */
  readonly approval: RecentApproval | null;
  /** Modules of the project itself that git ignores. */
  readonly localModules: readonly string[];
  /** Globs of folders in which other projects lie, for tests and as templates. */
  readonly ignorePaths: readonly string[];
  /** Sentences about what could not be read. */
  readonly notes: readonly string[];
}

/** Labels of packages that are approved together, and why. */
export interface RecentApproval {
  readonly labels: ReadonlySet<string>;
  readonly reason: string;
}

/** When the linter comes, and who brings it. */
export interface AdoptionDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** As git writes authors; null where git knows no name. */
  readonly by: string | null;
}

/** Writes the whitelist of a project that has none. */
export function whitelistOf(file: string, adoption: Adoption, day: AdoptionDay): Promise<Edited> {
  return edit(file, null, entriesOf(adoption, day));
}

/** @returns What the whitelist says of each package. */
export function entriesOf(adoption: Adoption, day: AdoptionDay): readonly Edit[] {
  const { used, recent, approval } = adoption;
  const { used: openUsed, recent: openRecent } = openPackages(adoption);
  return [
    ...baselineEntries(adoption, day),
    ...approvedPackages(adoption).map(({ package: subject, content }) =>
      entryOf(subject, { kind: 'approved', reason: approval?.reason ?? null, ...dated(day), ...content }),
    ),
    ...[...used, ...recent]
      .filter((item) => isThisTool(item.package))
      .map((item) => entryOf(item.package, ownApproval(day))),
    ...[...openUsed, ...openRecent].map(({ package: subject, reason }) =>
      entryOf(subject, { kind: 'requested', reason: reasonOnOneLine(reason), date: day.today }),
    ),
  ];
}

function baselineEntries(adoption: Adoption, { today }: AdoptionDay): readonly Edit[] {
  const { baseline, records } = adoption;
  return [
    ...baseline.map((subject) => ({ subject, record: records.get(packageLabel(subject)) })),
    ...keptPackages(adoption).map((item) => ({ subject: item.package, record: item.content })),
  ].map(({ subject, record }) => {
    const { imports = [], importsOf = null } = record ?? {};
    return entryOf(subject, { kind: 'baseline', date: today, imports, importsOf });
  });
}

function entryOf({ ecosystem, name }: Package, content: EntryContent): Edit {
  return { ecosystem, name, content };
}

function dated({ today, by }: AdoptionDay): Pick<EntryContent, 'by' | 'date'> {
  return { by, date: today };
}

/** @returns The decision of whoever runs `init` about this tool: the commit that brings it must not be stopped by it. */
export function ownApproval(day: AdoptionDay): EntryContent {
  return { kind: 'approved', reason: 'checks imports before every commit', ...dated(day) };
}

/** @returns What is in use, nowhere declared and yet goes to the baseline. */
export function keptPackages({ used, chosen }: Adoption): readonly GradedPackage[] {
  return used.filter((item) => chosen.has(packageLabel(item.package)));
}

/** @returns What came since the base and is approved. */
export function approvedPackages({ recent, approval }: Adoption): readonly GradedPackage[] {
  return recent.filter((item) => approval?.labels.has(packageLabel(item.package)));
}

/** @returns What is requested, but for this tool: what the base uses, and what came since, the gravest first. */
export function openPackages(adoption: Adoption): Pick<Adoption, 'used' | 'recent'> {
  const { used, chosen, recent, approval } = adoption;
  const isOpen = (item: GradedPackage) => !isThisTool(item.package);
  return {
    used: used.filter((item) => isOpen(item) && !chosen.has(packageLabel(item.package))),
    recent: recent.filter(
      (item) => isOpen(item) && approval?.labels.has(packageLabel(item.package)) !== true,
    ),
  };
}

/** A place with a very long path is cut: the reason only says where to look. */
function reasonOnOneLine(reason: string): string {
  const characters = Array.from(reason);
  return characters.length <= longestReason ? reason : `${characters.slice(0, longestReason - 1).join('')}…`;
}

/**
 * @returns A config for a project that has none: the modules that nobody can see in the repository, and the folders that
 *   are not the project's own code; '' where there is neither.
 */
export function configOf({
  localModules,
  ignorePaths,
}: Pick<Adoption, 'localModules' | 'ignorePaths'>): string {
  return [
    list('localModules', 'Modules of this project that are generated, or that git ignores.', localModules),
    list('ignorePaths', 'Other projects: samples for tests, and templates.', ignorePaths),
  ].join('');
}

function list(key: string, comment: string, items: readonly string[]): string {
  const lines = items.map((item) => `  - ${JSON.stringify(item)}\n`).join('');
  return items.length === 0 ? '' : `# ${comment}\n${key}:\n${lines}`;
}

/** @returns `1 package`, `2 packages`. */
export function packageCount(count: number): string {
  return count === 1 ? '1 package' : `${String(count)} packages`;
}
