import type { Declarations } from '../declarations/declarations.ts';
import { Lockfiles } from '../declarations/lockfiles.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import { packageLabel, type Package } from '../model/package.ts';
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
  // What is no commit can't be searched, and is no state before.
  if ((await base.search([])) === null) return { usages: [], notes: [] };
  const files = filesOf(base);
  const policy = await readPolicy(files, options.policyOptions);
  const reader = new BaseReader({ base, files, policy }, options);
  const proofs = new Proofs(uses.map(({ use }) => use));
  let openUses = uses;
  const read = async (paths: readonly string[]) => {
    let openWords = wordsOf(openUses);
    for await (const program of reader.programs(paths)) {
      if (openUses.length === 0) break;
      if (!proofs.add(await reader.references(program, openWords), program.path)) continue;
      openUses = openUses.filter(({ use }) => proofs.placeOf(use) === null);
      openWords = wordsOf(openUses);
    }
  };
  // Where a package is used today, it is mostly used before: git has to search for those alone that are new there.
  const likelyPaths = await base.having(likelyFiles(uses.map(({ use }) => use)));
  await read([...likelyPaths].sort());
  let notes: readonly string[] = [];
  if (openUses.length > 0) {
    const { paths, complaint } = (await base.search([...wordsOf(openUses)])) ?? { paths: [], complaint: '' };
    if (complaint !== '')
      notes = [
        `${base.label} could not be searched completely, so a package that it uses may count as new: ${complaint}`,
      ];
    await read(paths.filter((path) => !likelyPaths.has(path)));
  }
  const lockfiles = new Lockfiles(files, policy.ignores);
  const isHeld = async (subject: Package) => {
    const at = (await lockfiles.find(subject)) ?? (await declarations?.findLocked(subject)) ?? null;
    return at !== null && !policy.ignores(at.file);
  };
  const usages = uses.map(({ use }) => usageOf(use, proofs.placeOf(use), isHeld));
  return { usages: await Promise.all(usages), notes };
}

/** @returns For each package and way to use it, the first file that does. */
function likelyFiles(uses: readonly Use[]): readonly string[] {
  const files = new Map<string, string>();
  for (const { file, package: used, references } of uses) {
    const ways = references.map(
      ({ kind, optional }) => `${kind === 'type' ? 'type' : 'value'} ${String(optional)}`,
    );
    for (const way of ways) {
      const key = `${packageLabel(used)} ${way}`;
      const first = files.get(key);
      if (first === undefined || file < first) files.set(key, file);
    }
  }
  return [...new Set(files.values())];
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
