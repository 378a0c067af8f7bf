import type { Language } from '../../model/language.ts';
import type { Origin } from '../../model/reference.ts';
import type { FoundUse } from '../../model/status.ts';
import type { Workshop } from '../../analysis/resolvers.ts';

/** The two looks at the work tree: with what git tracks, and with what it ignores too. */
export interface LocalSearch {
  readonly tracked: Workshop;
  readonly onDisk: Workshop;
  readonly languages: readonly Language[];
}

/** The uses that lead to files which git ignores, and the names that `localModules` needs for them. */
export interface LocalModules {
  readonly uses: ReadonlySet<FoundUse>;
  readonly names: readonly string[];
}

/** Finds imports that reach files on disk which git ignores: generated code, as a rule. */
export async function localModulesOf(uses: readonly FoundUse[], search: LocalSearch): Promise<LocalModules> {
  const found = new Set<FoundUse>();
  const names = new Set<string>();
  for (const use of uses) {
    if (use.standing.kind !== 'unapproved') continue;
    const name = await localName(use.use, search);
    if (name === null) continue;
    found.add(use);
    names.add(name);
  }
  return { uses: found, names: [...names].toSorted() };
}

async function localName(
  { language: id, file, references: [reference] }: FoundUse['use'],
  { tracked, onDisk, languages }: LocalSearch,
): Promise<string | null> {
  const language = languages.find((candidate) => candidate.id === id);
  const { kind, specifier, names } = reference;
  if (!language || kind === 'dependency') return null;
  const leadsHome = async (workshop: Workshop, asked: string, wanted: readonly string[]) => {
    const resolved = await workshop
      .resolver(language)
      .resolve({ file, specifier: asked, names: wanted, kind });
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
