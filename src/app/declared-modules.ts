import { Analysis } from '../analysis/analyse.ts';
import { ecosystems, type Ecosystem } from '../ecosystems/index.ts';
import type { Fact } from '../model/evidence.ts';
import type { ShownModules } from '../model/module-names.ts';
import { packageLabel, purl, type Package } from '../model/package.ts';
import type { LookupOptions } from '../lookups/lookup-options.ts';
import type { ApprovalPlace } from './approval-details.ts';
import { lookupSettingsOf } from './lookup-settings.ts';
import { commandAt } from './command-at.ts';
import { installationOf } from './installation.ts';
import { toldModules } from '../similar-names/told-modules.ts';
import { moduleRecords, type ModuleRecord, type ModuleSources } from './recorded-modules.ts';

/** A package, and what its entry is to say of modules. */
export interface RecordedPackage {
  readonly package: Package;
  readonly record: ModuleRecord;
}

/** Whose modules are looked for: a project, and whether registries may be asked. */
export type RecordPlace = ApprovalPlace & { readonly offline: boolean };

/**
 * Finds the modules of packages that are declared or decided about: in what is installed for the project, else in the
 * archives of registries, within the budget. Registries are asked only about packages whose modules nothing else tells.
 *
 * @returns An item for each package of an ecosystem in which packages and modules bear different names.
 */
export async function recordsOf(
  packages: readonly Package[],
  place: RecordPlace,
): Promise<readonly RecordedPackage[]> {
  const records: RecordedPackage[] = [];
  for (const ecosystem of ecosystems) {
    const subjects = packages.filter((subject) => subject.ecosystem === ecosystem.id);
    for (const record of await recordsIn(ecosystem, subjects, place)) records.push(record);
  }
  return records;
}

/** @returns A sentence about packages whose modules nobody could tell, with the command that tries again; else nothing. */
export async function recordNotes(
  records: readonly RecordedPackage[],
  { project, location, context }: RecordPlace,
): Promise<readonly string[]> {
  const open = records.filter(({ record }) => record.imports.length === 0 && record.notes.length > 0);
  if (open.length === 0) return [];
  const command = await commandAt(project.policyFiles, location.root, context);
  const names = open.slice(0, 3).map(({ package: subject }) => packageLabel(subject));
  const more = open.length > 3 ? ` and ${String(open.length - 3)} more` : '';
  return [
    `The modules of ${names.join(', ')}${more} are not known: run \`${command} approve --record-imports\` with an environment or a network.`,
  ];
}

async function recordsIn(
  ecosystem: Ecosystem,
  packages: readonly Package[],
  place: RecordPlace,
): Promise<readonly RecordedPackage[]> {
  const moduleNames = packages.length > 0 ? await ecosystem.modules?.() : undefined;
  if (moduleNames === undefined) return [];
  const names = new Set(packages.map(({ name }) => name));
  const installed = await moduleNames.installedModules(names, installationOf(place.location, place.context));
  const isKnown = await toldModules(ecosystem);
  const { knownPackages, options } = await questionsIn(place);
  const open = packages.filter(({ name }) => !installed.has(name) && !isKnown(name));
  const archives = await archivesOf(open, options);
  const sourcesOf = (subject: Package): ModuleSources => ({
    installed: installed.get(subject.name) ?? null,
    archive: archives.get(purl(subject)) ?? null,
  });
  const all = packages.map((subject) => ({ package: subject, sources: sourcesOf(subject) }));
  const records = await moduleRecords(all, ecosystem, { project: place.project, knownPackages });
  return packages.flatMap((subject) => {
    const record = records.get(packageLabel(subject));
    return record === undefined ? [] : [{ package: subject, record }];
  });
}

async function questionsIn({ project, location, context, offline }: RecordPlace) {
  const { lookupOptionsOf, knownIn } = await import('../lookups/project-lookup.ts');
  const { policy, scope, analysisOptions } = project;
  const names = await new Analysis(scope, analysisOptions).projectNames();
  const settings = lookupSettingsOf(policy, { context, location, offline, caller: 'person' });
  return { options: await lookupOptionsOf(names, settings), knownPackages: knownIn(names, policy) };
}

async function archivesOf(
  packages: readonly Package[],
  options: LookupOptions,
): Promise<ReadonlyMap<string, ShownModules>> {
  if (packages.length === 0 || options.lookup !== 'on') return new Map();
  const { modulesFromRegistries } = await import('../lookups/index.ts');
  const facts = await modulesFromRegistries(packages, options);
  return new Map([...facts].flatMap(([key, fact]) => shownIn(key, fact)));
}

function shownIn(key: string, fact: Fact<ShownModules>): readonly (readonly [string, ShownModules])[] {
  return fact.state === 'present' ? [[key, fact.value]] : [];
}
