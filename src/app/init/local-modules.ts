import type { Language } from '../../model/language.ts';
import type { Origin } from '../../model/reference.ts';
import type { UseWithStatus } from '../../model/status.ts';
import type { ProjectResolvers } from '../../analysis/resolvers.ts';

/** The two looks at the work tree: with what git tracks, and with what it ignores too. */
export interface LocalSearch {
  readonly tracked: ProjectResolvers;
  readonly onDisk: ProjectResolvers;
  readonly languages: readonly Language[];
}

/** The uses that lead to files which git ignores, and the names that `localModules` needs for them. */
export interface LocalModules {
  readonly uses: ReadonlySet<UseWithStatus>;
  readonly names: readonly string[];
}

/** Finds imports that reach files on disk which git ignores: generated code, as a rule. */
export async function localModulesOf(
  uses: readonly UseWithStatus[],
  search: LocalSearch,
): Promise<LocalModules> {
  const localUses = new Set<UseWithStatus>();
  const names = new Set<string>();
  for (const use of uses) {
    if (use.status.kind !== 'unapproved') continue;
    const name = await localName(use.use, search);
    if (name === null) continue;
    localUses.add(use);
    names.add(name);
  }
  return { uses: localUses, names: [...names].toSorted() };
}

async function localName(
  { language: id, file, references: [reference] }: UseWithStatus['use'],
  { tracked, onDisk, languages }: LocalSearch,
): Promise<string | null> {
  const language = languages.find((candidate) => candidate.id === id);
  const { kind, specifier, names } = reference;
  if (!language || kind === 'dependency') return null;
  const leadsHome = async (
    resolvers: ProjectResolvers,
    requestedSpecifier: string,
    importedNames: readonly string[],
  ) => {
    const resolved = await resolvers
      .resolver(language)
      .resolve({ file, specifier: requestedSpecifier, names: importedNames, kind });
    return resolved.some(({ origin }) => isFile(origin));
  };
  if (!(await leadsHome(onDisk, specifier, names))) return null;
  // The shortest name that says it, unless git tracks a part of what bears that name.
  const [top = specifier] = specifier.split('.', 1);
  if (top === specifier || !(await leadsHome(onDisk, top, []))) return specifier;
  return (await leadsHome(tracked, top, [])) ? specifier : top;
}

function isFile(origin: Origin): boolean {
  return origin.kind === 'local';
}
