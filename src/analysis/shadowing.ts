import { mapWithin } from '../text/map-within.ts';
import type { Origin } from '../model/reference.ts';
import type { ImportableName, Language } from '../model/language.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Change } from '../model/snapshot.ts';
import type { AnalysisContext } from './file-analysis.ts';
import type { WrittenModule } from './written-modules.ts';
import type { ProjectResolvers } from './resolvers.ts';

/** What it takes to see whether a change puts modules of its own in the place of packages. */
export interface ShadowInspection {
  /** Symbolic links that the change adds or edits. */
  readonly links: readonly string[];
  readonly next: ProjectResolvers;
  readonly bases: readonly ProjectResolvers[];
  /** Would people who read an import of this package think that they know it? */
  readonly isWellKnown: (subject: Package, file: string) => Promise<boolean>;
  /** Files of the project that the change's imports lead to, as far as the scan did not settle them. */
  readonly modules: ReadonlySet<string>;
  readonly context: AnalysisContext;
  /** Modules that programs of the change newly write when they run. */
  readonly writtenModules: readonly WrittenModule[];
  /** The package that a manifest describes in the state that is judged; null for other files. */
  readonly definedBy: (path: string) => Promise<Package | null>;
}

/** A name that a changed file may have taken. */
interface Candidate extends ImportableName {
  readonly language: Language;
  readonly file: string;
}

/** A package that a candidate may stand in the place of. */
interface Provider {
  readonly subject: Package;
  /** The candidate would be a part of what the package provides, and nothing of its own. */
  readonly isHolder: boolean;
}

/** Enough to answer the questions of many files together. */
const FILES_AT_ONCE = 16;

/**
 * Finds the files that newly shadow a well-known package: imports of its name led to the package at every base
 * and lead to the file now. The names that a file may have are told by its path; only for one that is well
 * known does the resolver look for files.
 *
 * @returns One change of policy for each file: what was decided about the package no longer holds for its name.
 */
export async function shadowsIn(
  changes: readonly Change[],
  inspection: ShadowInspection,
): Promise<readonly PolicyChange[]> {
  const { bases, links, context } = inspection;
  if (bases.length === 0) return [];
  const shadows = await mapWithin(FILES_AT_ONCE, changes, async (change) =>
    shadowOf(await candidatesOf(change, inspection), changes, inspection),
  );
  const linkShadows = await mapWithin(FILES_AT_ONCE, links, (path) =>
    shadowOf(candidatesOfLink(path, context.kinds.languages), changes, inspection),
  );
  const writtenShadows = await mapWithin(FILES_AT_ONCE, inspection.writtenModules, (module) =>
    shadowOfWritten(module, changes, inspection),
  );
  return [...shadows, ...linkShadows, ...writtenShadows].filter((change) => change !== null);
}

/** Whatever the program that writes it imports by this name afterwards is what it wrote, in a folder that is searched first. */
async function shadowOfWritten(
  { by, path }: WrittenModule,
  changes: readonly Change[],
  inspection: ShadowInspection,
): Promise<PolicyChange | null> {
  for (const language of inspection.context.kinds.languages)
    for (const name of language.importableNames(path)) {
      if (name.folder !== folderOf(by)) continue;
      for (const { subject, isHolder } of await providersOf({ ...name, language }, inspection)) {
        if (!(await inspection.isWellKnown(subject, path))) continue;
        if (!isHolder || (await isImported({ ...name, file: path }, changes, inspection)))
          return writtenChange(by, path, { name, provider: subject });
      }
    }
  return null;
}

async function shadowOf(
  candidates: readonly Candidate[],
  changes: readonly Change[],
  inspection: ShadowInspection,
): Promise<PolicyChange | null> {
  for (const candidate of candidates) {
    for (const { subject, isHolder } of await providersOf(candidate, inspection)) {
      if (!(await inspection.isWellKnown(subject, candidate.file))) continue;
      if (!(await takes(candidate, { subject, isHolder }, inspection))) continue;
      if (!isHolder || (await isImported(candidate, changes, inspection)))
        return policyChange(candidate, subject);
    }
  }
  return null;
}

/**
 * A folder that is no package of its own takes no package's place, so that a module in it matters where the change imports
 * it: that import would be one of the package.
 */
async function providersOf(
  { language, specifier, holders = [] }: Pick<Candidate, 'language' | 'specifier' | 'holders'>,
  { next }: ShadowInspection,
): Promise<readonly Provider[]> {
  const resolver = next.resolver(language);
  const providers = await resolver.providers(specifier);
  if (providers.length > 0) return providers.map((subject) => ({ subject, isHolder: false }));
  const holderProviders = await Promise.all(holders.map((holder) => resolver.providers(holder)));
  return holderProviders.flat().map((subject) => ({ subject, isHolder: true }));
}

/** What a scan settles by the name of a package was not resolved, so only here somebody asks where it leads. */
async function isImported(
  { file, specifier }: Pick<Candidate, 'file' | 'specifier'>,
  changes: readonly Change[],
  { modules, context }: ShadowInspection,
): Promise<boolean> {
  if (modules.has(file)) return true;
  const { ImportedModules } = await import('./imported-modules.ts');
  return new ImportedModules(changes, context).include(file, specifier);
}

/** A file that is new under its path may have its name for the first time; a manifest whenever it is edited. */
async function candidatesOf(
  { path, previous }: Change,
  { context, definedBy }: ShadowInspection,
): Promise<readonly Candidate[]> {
  const isNew = !previous.some((paths) => paths.includes(path));
  const defined = await definedBy(path);
  const folder = folderOf(folderOf(path));
  return context.kinds.languages.flatMap((language) => {
    const definedNames =
      defined?.ecosystem === language.ecosystem ? [{ specifier: defined.name, folder }] : [];
    const names = [...(isNew ? language.importableNames(path) : []), ...definedNames];
    return names.map((name) => ({ ...name, language, file: path }));
  });
}

/** A link is a file or a folder, whatever stands at its end; what had its name before is told by resolution. */
function candidatesOfLink(path: string, languages: readonly Language[]): readonly Candidate[] {
  return languages.flatMap((language) => {
    const names = [path, `${path}/${language.folderModule}`].flatMap((file) =>
      language.importableNames(file),
    );
    return names.map((name) => ({ ...name, language, file: path }));
  });
}

/** Asks from where the file would be found first, and from the root. What tests alone reach hides nothing. */
async function takes(
  { language, specifier, folder, file }: Candidate,
  { subject, isHolder }: Provider,
  { next, bases }: ShadowInspection,
): Promise<boolean> {
  // A part of a package that is the project's own at a base takes nothing from anybody.
  const baseResolvers = bases.map((base) =>
    isHolder ? base.resolver(language) : base.resolverKnowing(language, specifier, subject),
  );
  const resolvers = [next.resolverKnowing(language, specifier, subject), ...baseResolvers];
  for (const from of new Set(isOfTests(folder) ? [''] : [folder, ''])) {
    const request = { file: inFolder(from, 'any'), specifier, names: [], kind: 'static' } as const;
    const [nextOrigins, ...baseOrigins] = await Promise.all(
      resolvers.map(async (resolver) =>
        (await resolver.resolve(request)).flatMap(({ origin }) => ownFileOf(origin) ?? []),
      ),
    );
    if (
      nextOrigins?.some((origin) => origin.file === file || origin.file?.startsWith(`${file}/`)) &&
      baseOrigins.every(({ length }) => length === 0)
    )
      return true;
  }
  return false;
}

/** A module that is missing is one of the project's own, too. */
function ownFileOf(origin: Origin): { readonly file: string | null } | undefined {
  if (origin.kind === 'local') return { file: origin.file };
  return origin.kind === 'missing' ? { file: null } : undefined;
}

function policyChange({ file, specifier }: Candidate, provider: Package): PolicyChange {
  const what = `${file} has the name of ${packageLabel(provider)}: imports of ${specifier} lead to it from now on`;
  const subject = `${file} as ${packageLabel(provider)}`;
  return { kind: 'shadow', subject, file, line: 1, what, approves: null, by: null, reason: null };
}

function writtenChange(
  by: string,
  path: string,
  { name: { specifier }, provider }: { readonly name: ImportableName; readonly provider: Package },
): PolicyChange {
  const label = packageLabel(provider);
  const what = `${by} writes ${path}, which has the name of ${label}: imports of ${specifier} lead to it from then on`;
  const subject = `${path} as ${label}`;
  return { kind: 'shadow', subject, file: by, line: 1, what, approves: null, by: null, reason: null };
}

function isOfTests(folder: string): boolean {
  return /(?:^|\/)(?:tests?|__tests__)(?:\/|$)/i.test(folder);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
