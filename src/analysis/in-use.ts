import type { Declarations } from '../declarations/declarations.ts';
import { Lockfiles } from '../declarations/lockfiles.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Package } from '../model/package.ts';
import type { Use } from '../model/reference.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { UsePlace, UseWithStatus } from '../model/status.ts';
import { readPolicy, type PolicyOptions } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { BaseReader } from './base-reader.ts';
import type { ReferenceParser } from './parse-references.ts';
import { Proofs } from './proofs.ts';
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
  const search = new ProofSearch(new BaseReader({ base, files, policy }, options), uses);
  await search.ownFiles();
  const openWords = search.openWords();
  const { paths, complaint } =
    openWords.size === 0 ? nothingFound : ((await base.search([...openWords])) ?? nothingFound);
  await search.files(paths);
  const lockfiles = new Lockfiles(files, policy.ignores);
  const isHeld = async (subject: Package) => {
    const at = (await lockfiles.find(subject)) ?? (await declarations?.findLocked(subject)) ?? null;
    return at !== null && !policy.ignores(at.file);
  };
  const usages = await Promise.all(uses.map(({ use }) => usageOf(use, search.placeOf(use), isHeld)));
  const note = `${base.label} could not be searched completely, so a package that it uses may count as new: ${complaint}`;
  return { usages, notes: complaint === '' ? [] : [note] };
}

const nothingFound = { paths: [], complaint: '' };

/** Goes through programs of a base until all uses are proven. */
class ProofSearch {
  readonly #reader: BaseReader;
  readonly #proofs: Proofs;
  readonly #asked = new Set<string>();
  #open: readonly SearchedUse[];
  #openWords: ReadonlySet<string>;

  constructor(reader: BaseReader, uses: readonly SearchedUse[]) {
    this.#reader = reader;
    this.#proofs = new Proofs(uses.map(({ use }) => use));
    this.#open = uses;
    this.#openWords = wordsOf(uses);
  }

  /** @returns Words of the uses that are not proven so far. */
  openWords(): ReadonlySet<string> {
    return this.#openWords;
  }

  placeOf(use: Use): UsePlace | null {
    return this.#proofs.placeOf(use);
  }

  /**
   * Reads what the files themselves are in the base. Where a whole project is asked about, nearly all of them are there as they
   * are now, and nothing has to be searched.
   */
  async ownFiles(): Promise<void> {
    const usesByFile = new Map<string, Use[]>();
    for (const { use } of this.#open) {
      const uses = usesByFile.get(use.file);
      if (uses) uses.push(use);
      else usesByFile.set(use.file, [use]);
    }
    for (const file of [...usesByFile.keys()].sort()) {
      const isOpen = usesByFile.get(file)?.some((use) => this.placeOf(use) === null);
      if (isOpen) await this.files([file]);
    }
  }

  /** Reads the programs among some files that were not read yet. */
  async files(paths: readonly string[]): Promise<void> {
    const unread = paths.filter((path) => !this.#asked.has(path));
    for await (const program of this.#reader.programs(unread)) {
      if (this.#open.length === 0) return;
      this.#asked.add(program.path);
      const references = await this.#reader.references(program, this.#openWords);
      if (!this.#proofs.add(references, program.path)) continue;
      this.#open = this.#open.filter(({ use }) => this.placeOf(use) === null);
      this.#openWords = wordsOf(this.#open);
    }
  }
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
