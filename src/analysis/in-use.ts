import type { Declarations } from '../declarations/declarations.ts';
import { Lockfiles } from '../declarations/lockfiles.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Files } from '../model/language.ts';
import { purl, type Package } from '../model/package.ts';
import type { Reference, Use } from '../model/reference.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { UsePlace, UseWithStatus } from '../model/status.ts';
import { readPolicy, type Policy, type PolicyOptions } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { readReferences, type ReferenceParser } from './parse-references.ts';
import { resolversFor, settledState } from './resolvers.ts';
import { contentsOf, kindOf, programText, type SourceKinds } from './source-kinds.ts';

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

/** A reference of a base, with where it stands. */
interface Proof {
  readonly reference: Reference;
  readonly file: string;
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
  const words = [...new Set(uses.flatMap((use) => use.words))];
  const { paths, complaint } = (await base.search(words)) ?? { paths: [], complaint: '' };
  const notes =
    complaint === ''
      ? []
      : [
          `${base.label} could not be searched completely, so a package that it uses may count as new: ${complaint}`,
        ];
  if (paths.length === 0) return { usages: [], notes };
  const files = filesOf(base);
  const policy = await readPolicy(files, options.policyOptions);
  const reader = new BaseReader({ base, files, policy }, options);
  const proofs = uses.map((): Proof[] => []);
  const isOpen = (at: number) => placeOf(uses[at], proofs[at] ?? []) === null;
  for (const path of paths) {
    const openUses = uses.filter((_, at) => isOpen(at));
    if (openUses.length === 0) break;
    for (const reference of await reader.references(path, openUses))
      uses.forEach(({ use }, at) => {
        if (leadsTo(reference, use.package)) proofs[at]?.push({ reference, file: path });
      });
  }
  const lockfiles = new Lockfiles(files, policy.ignores);
  const isHeld = async (subject: Package) => {
    const at = (await lockfiles.find(subject)) ?? (await declarations?.findLocked(subject)) ?? null;
    return at !== null && !policy.ignores(at.file);
  };
  const usages = uses.map((use, at) => usageOf(use, placeOf(use, proofs[at] ?? []), isHeld));
  return { usages: await Promise.all(usages), notes };
}

async function usageOf(
  { use }: SearchedUse,
  at: UsePlace | null,
  isHeld: (subject: Package) => Promise<boolean>,
): Promise<Usage | null> {
  if (at === null) return null;
  const isInstalling = use.references.some(({ kind }) => kind === 'dependency');
  return { at, isInstalled: !isInstalling || (await isHeld(use.package)) };
}

/** @returns Where the base uses the package as every reference of a use does; null where it does not. */
function placeOf(item: SearchedUse | undefined, proofs: readonly Proof[]): UsePlace | null {
  if (item === undefined) return null;
  const firstProofs = item.use.references.map((reference) =>
    proofs.find((proof) => proves(proof.reference, reference)),
  );
  const [first] = firstProofs;
  if (first === undefined || firstProofs.includes(undefined)) return null;
  return { file: first.file, line: first.reference.place.line };
}

/**
 * Types are erased, and what a program can do without may never have been installed: each proves its own kind alone.
 * Whoever installs a package asks for all of it.
 */
function proves(proof: Reference, reference: Reference): boolean {
  if (proof.kind === 'type' && reference.kind !== 'type') return false;
  return !proof.optional || reference.optional;
}

/** A line that says of its specifier that it is no package proves none. */
function leadsTo({ kind, origin, approximate, ignoreReason }: Reference, subject: Package): boolean {
  if (kind === 'dependency' || approximate || origin.kind !== 'package') return false;
  if (ignoreReason) return false;
  return [origin.package, ...origin.alternatives].some((candidate) => purl(candidate) === purl(subject));
}

/** A base with its own settings. */
interface BaseState {
  readonly base: Snapshot;
  readonly files: Files;
  readonly policy: Policy;
}

/** Reads programs of one base as that base would. */
class BaseReader {
  readonly #base: Snapshot;
  readonly #policy: Policy;
  readonly #kinds: SourceKinds;
  readonly #parser: ReferenceParser;

  constructor({ base, files, policy }: BaseState, { kinds, parse }: UsageOptions) {
    const { config, claims } = policy;
    const settings = { localModules: config.localModules, ambient: config.ambient, claims };
    const { resolver } = resolversFor(settledState(base, files), settings);
    this.#base = base;
    this.#policy = policy;
    this.#kinds = kinds;
    this.#parser = { languages: kinds.languages, resolver, parse };
  }

  /** @returns The references of a program; none where a quick look sees no name of the uses. */
  async references(path: string, uses: readonly SearchedUse[]): Promise<readonly Reference[]> {
    const kind = kindOf(path, this.#kinds);
    if (kind === undefined || this.#policy.ignores(path)) return [];
    const read = await this.#base.read(path);
    if (read.kind !== 'bytes') return [];
    const text = programText(read.bytes, kind, this.#kinds);
    const contents = await contentsOf(text, kind, this.#kinds);
    const words = new Set(uses.flatMap((use) => use.words));
    const segments = contents.segments.filter((segment) => {
      const scan = this.#kinds.languages.find(({ id }) => id === segment.language)?.scan(segment);
      if (scan === undefined) return false;
      return scan.kind === 'unsure' || [...scan.specifiers].some((specifier) => mentions(specifier, words));
    });
    if (segments.length === 0) return [];
    return (await readReferences({ path, text, segments }, this.#parser)).references;
  }
}

function mentions(specifier: string, words: ReadonlySet<string>): boolean {
  for (const word of words) if (specifier.includes(word)) return true;
  return false;
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
