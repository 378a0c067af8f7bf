import type { Declarations } from '../declarations/declarations.ts';
import { Lockfiles } from '../declarations/lockfiles.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Reference, Use } from '../model/reference.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { UsePlace, UseWithStatus } from '../model/status.ts';
import { readPolicy, type PolicyOptions } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { BaseReader } from './base-reader.ts';
import type { ReferenceParser } from './parse-references.ts';
import { Proofs, provenPackages } from './proofs.ts';
import type { SourceKinds } from './source-kinds.ts';

/** The states that have to use a package, and with what their programs are read. */
export interface UsageOptions {
  readonly trustedBases: readonly Snapshot[];
  /** Their manifests, in the same order. */
  readonly declarations: readonly Declarations[];
  readonly policyOptions: PolicyOptions;
  readonly kinds: SourceKinds;
  readonly parse: ReferenceParser['parse'];
}

/**
 * Looks for packages in what the project was before: what it lives with already stops nobody. Every trusted base has to
 * refer to the package in a program that it does not ignore, resolved with its own settings.
 *
 * A new dependency line is what installs a package, which a program may name that never ran: unless a lockfile of each
 * base holds the package already, it stays unapproved, and knows where the package is used.
 *
 * @param isOpen Uses that the bases are asked about: nobody decided about their packages.
 * @returns The uses in their order, those that nobody decided about with what the bases say; and a note for each base
 *   that could not be searched whole.
 */
export async function withUsage(
  uses: readonly UseWithStatus[],
  isOpen: (use: UseWithStatus) => boolean,
  options: UsageOptions,
): Promise<UsesWithNotes> {
  const openUses = await Promise.all(uses.filter(isOpen).map(searched));
  const searches = await Promise.all(
    options.trustedBases.map((base, at) =>
      usageIn({ base, declarations: options.declarations[at] }, openUses, options),
    ),
  );
  const usageByUse = new Map(
    openUses.map(({ use }, at) => [use, usageInAll(searches.map(({ usages }) => usages[at] ?? null))]),
  );
  const usesWithUsage = uses.map(({ use, status }): UseWithStatus => {
    const usage = usageByUse.get(use) ?? null;
    if (usage === null || status.kind !== 'unapproved') return { use, status };
    return usage.isInstalled
      ? { use, status: { kind: 'in-use', at: usage.at, requested: status.requested } }
      : { use, status: { ...status, usedAt: usage.at } };
  });
  return { uses: usesWithUsage, notes: searches.flatMap(({ notes }) => notes) };
}

/** Uses, and what is to be said of how they were looked up. */
export interface UsesWithNotes {
  readonly uses: readonly UseWithStatus[];
  readonly notes: readonly string[];
}

/** A use with the words that a program which uses the package holds. */
interface SearchedUse {
  readonly use: Use;
  readonly words: readonly string[];
}

/** How a base uses a package. */
interface Usage {
  readonly at: UsePlace;
  /** The use installs nothing, or a lockfile of the base, or a manifest that is one, holds the package from its registry. */
  readonly isInstalled: boolean;
}

/** @returns The usage in the first base; null where one of the bases has none, or where there is no base. */
function usageInAll(usages: readonly (Usage | null)[]): Usage | null {
  const [first] = usages;
  if (!first || usages.includes(null)) return null;
  return { at: first.at, isInstalled: usages.every((usage) => usage?.isInstalled) };
}

/** A state that has to use a package, with its manifests. */
interface TrustedBase {
  readonly base: Snapshot;
  readonly declarations: Declarations | undefined;
}

async function usageIn(
  { base, declarations }: TrustedBase,
  uses: readonly SearchedUse[],
  options: UsageOptions,
): Promise<{ readonly usages: readonly (Usage | null)[]; readonly notes: readonly string[] }> {
  // What is no commit was never there before: it proves nothing.
  if ((await base.search([])) === null) return { usages: [], notes: [] };
  const files = filesOf(base);
  const policy = await readPolicy(files, options.policyOptions);
  const reader = new BaseReader({ base, files, policy }, options);
  const places = await ownPlaces(uses, reader);
  const search = new ProofSearch(uses.filter(({ use }) => !places.has(use)));
  const words = [...search.openWords];
  const { paths, complaint } =
    words.length === 0 ? nothingFound : ((await base.search(words)) ?? nothingFound);
  await search.read(paths, reader);
  const lockfiles = new Lockfiles(files, policy.ignores);
  const isHeld = async (subject: Package) => {
    const at = (await lockfiles.find(subject)) ?? (await declarations?.findLocked(subject)) ?? null;
    return at !== null && !policy.ignores(at.file);
  };
  const usages = await Promise.all(
    uses.map(({ use }) => usageOf(use, places.get(use) ?? search.placeOf(use), isHeld)),
  );
  const note = `${base.label} could not be searched completely, so a package that it uses may count as new: ${complaint}`;
  return { usages, notes: complaint === '' ? [] : [note] };
}

const nothingFound = { paths: [], complaint: '' };

/**
 * Reads what the files of the uses are in a base: where a whole project is asked about, nearly all of them are there as they
 * are now, and little is left to be searched for.
 *
 * @returns The place of each use that its own file proves alone, whatever other files are asked about.
 */
async function ownPlaces(
  uses: readonly SearchedUse[],
  reader: BaseReader,
): Promise<ReadonlyMap<Use, UsePlace>> {
  const usesByFile = groupedBy(uses, ({ use }) => use.file);
  const places = new Map<Use, UsePlace>();
  for await (const program of reader.programs([...usesByFile.keys()].sort())) {
    const usesOfFile = usesByFile.get(program.path) ?? [];
    const search = new ProofSearch(usesOfFile);
    search.add(await reader.references(program, search.openWords), program.path, () => true);
    for (const { use } of usesOfFile) {
      const place = search.placeOf(use);
      if (place !== null) places.set(use, place);
    }
  }
  return places;
}

/** Uses of one package that the same words are searched for. */
interface SearchedPackage {
  readonly words: readonly string[];
  readonly uses: readonly Use[];
  readonly proofs: Proofs;
}

/**
 * Goes through programs of a base until all uses are proven. What proves a use depends on its own words and the order of the
 * programs alone: not on what else is searched for.
 */
class ProofSearch {
  readonly #packages: ReadonlyMap<string, readonly SearchedPackage[]>;
  readonly #packageOfUse: ReadonlyMap<Use, SearchedPackage>;
  #open: readonly SearchedUse[];
  #openWords: ReadonlySet<string>;

  constructor(uses: readonly SearchedUse[]) {
    const sameWords = groupedBy(uses, ({ use, words }) => [packageLabel(use.package), ...words].join('\n'));
    const packages = [...sameWords.values()].map((group) => ({
      words: group[0]?.words ?? [],
      uses: group.map(({ use }) => use),
      proofs: new Proofs(),
    }));
    this.#packages = groupedBy(packages, ({ uses: [use] }) => (use ? packageLabel(use.package) : ''));
    this.#packageOfUse = new Map(packages.flatMap((each) => each.uses.map((use) => [use, each])));
    this.#open = uses;
    this.#openWords = wordsOf(uses);
  }

  /** Words of the uses that are not proven so far. */
  get openWords(): ReadonlySet<string> {
    return this.#openWords;
  }

  placeOf(use: Use): UsePlace | null {
    return this.#packageOfUse.get(use)?.proofs.placeOf(use) ?? null;
  }

  /** @param paths Files of the base in git's order. */
  async read(paths: readonly string[], reader: BaseReader): Promise<void> {
    if (this.#open.length === 0) return;
    for await (const program of reader.programs(paths)) {
      const { path, text } = program;
      const references = await reader.references(program, this.#openWords);
      this.add(references, path, (words) => words.some((word) => text.includes(word)));
      if (this.#open.length === 0) return;
    }
  }

  /** Takes in the references of a program. It proves those packages of whose words it holds some, by which it is found. */
  add(
    references: readonly Reference[],
    path: string,
    holdsSome: (words: readonly string[]) => boolean,
  ): void {
    let hasNews = false;
    for (const reference of references)
      for (const subject of provenPackages(reference))
        for (const { words, proofs } of this.#packages.get(packageLabel(subject)) ?? []) {
          if (!proofs.isNews(reference) || !holdsSome(words)) continue;
          proofs.add(reference, path);
          hasNews = true;
        }
    if (!hasNews) return;
    this.#open = this.#open.filter(({ use }) => this.placeOf(use) === null);
    this.#openWords = wordsOf(this.#open);
  }
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function wordsOf(uses: readonly SearchedUse[]): ReadonlySet<string> {
  return new Set(uses.flatMap(({ words }) => words));
}

async function usageOf(
  use: Use,
  at: UsePlace | null,
  isHeld: (subject: Package) => Promise<boolean>,
): Promise<Usage | null> {
  if (at === null) return null;
  const isInstalling = use.references.some(({ kind }) => kind === 'dependency');
  return { at, isInstalled: !isInstalling || (await isHeld(use.package)) };
}

/** Longer words are no names, and a command line has a bound. */
const LONGEST_WORD = 200;

/**
 * A program that uses the package holds its name, or what it is imported as: `yaml` of `yaml.nodes`. Whoever writes that
 * with escapes is not found.
 */
async function searched({ use }: UseWithStatus): Promise<SearchedUse> {
  const { ecosystem, name } = use.package;
  const modules = (await findEcosystem(ecosystem)?.modules?.())?.modulesOf(name) ?? [];
  const imports = use.references.filter(({ kind }) => kind !== 'dependency');
  const longer = [...modules, ...imports.map(({ specifier }) => specifier)].filter(
    (specifier) => !specifier.startsWith(name),
  );
  const words = [name, ...longer.map((specifier) => specifier.split(/[./]/)[0] ?? '')];
  return {
    use,
    words: [...new Set(words)].filter((word) => /^[^\p{Cc}]+$/u.test(word) && word.length <= LONGEST_WORD),
  };
}
