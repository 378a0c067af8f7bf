import { findEcosystem } from '../ecosystems/index.ts';
import type { EcosystemId, Package } from '../model/package.ts';

/** A package whose name is known. `modules` are what it provides; empty where the name itself tells. */
export interface KnownPackage extends Package {
  readonly modules: readonly string[];
}

/**
 * How well a name is known: the project itself approves or declares it, everybody has met it, or it is
 * among the widely used ones. Nearer names are suggested first.
 */
export type Tier = 'project' | 'household' | 'popular';

/** One spelling that leads to a known package: its own name, or a module that it provides. */
export interface KnownName {
  readonly package: Package;
  /** The spelling that was, or could have been, meant. */
  readonly spelling: string;
  /** What to write in a program to use it. */
  readonly specifier: string;
  readonly tier: Tier;
  readonly key: string;
}

/** Packages that are known in general, the most met ones first. */
export interface PopularPackages {
  readonly household: readonly KnownPackage[];
  readonly others: readonly KnownPackage[];
}

const nothing: readonly KnownName[] = [];

/**
 * The names that a new name is compared with: what the project approved or declared, then what is well
 * known. Well-known is not approved: these names are for comparison only.
 */
export class KnownNames {
  readonly #all = new Map<EcosystemId, KnownName[]>();
  readonly #byKey = new Map<EcosystemId, Map<string, KnownName[]>>();
  readonly #tiers = new Map<EcosystemId, Map<string, Tier>>();

  constructor(project: readonly KnownPackage[], popular: PopularPackages) {
    for (const known of project) this.#add(known, 'project');
    for (const known of popular.household) this.#add(known, 'household');
    for (const known of popular.others) this.#add(known, 'popular');
    for (const known of [...project, ...popular.household, ...popular.others]) this.#addModules(known);
  }

  /** @returns Every spelling of an ecosystem, in the order of the tiers. */
  all(ecosystem: EcosystemId): readonly KnownName[] {
    return this.#all.get(ecosystem) ?? nothing;
  }

  /** @returns The spellings whose key (see `keyOf`) is this one, in the order of the tiers. */
  withKey(ecosystem: EcosystemId, key: string): readonly KnownName[] {
    return this.#byKey.get(ecosystem)?.get(key) ?? nothing;
  }

  /** @returns How well the package of exactly this name is known, or undefined where it is not. */
  tierOf({ ecosystem, name }: Package): Tier | undefined {
    return this.#tiers.get(ecosystem)?.get(name);
  }

  #add(known: KnownPackage, tier: Tier): void {
    const { ecosystem, name } = known;
    const tiers = entry(this.#tiers, ecosystem, () => new Map<string, Tier>());
    if (tiers.has(name)) return;
    tiers.set(name, tier);
    const specifier = known.modules[0] ?? defaultSpecifier(known);
    this.#addSpelling({ known, spelling: name, specifier, tier });
  }

  /** A module is a spelling of its own, unless a known package bears its name and provides it as well. */
  #addModules(known: KnownPackage): void {
    const tier = this.tierOf(known);
    for (const module of known.modules) {
      const name = findEcosystem(known.ecosystem)?.canonical(module) ?? module;
      if (tier === undefined || this.tierOf({ ecosystem: known.ecosystem, name }) !== undefined) continue;
      this.#addSpelling({ known, spelling: module, specifier: module, tier });
    }
  }

  #addSpelling(spelling: { known: Package; spelling: string; specifier: string; tier: Tier }): void {
    const { ecosystem, name } = spelling.known;
    const key = keyOf(spelling.spelling, ecosystem);
    const { specifier, tier } = spelling;
    const one = { package: { ecosystem, name }, spelling: spelling.spelling, specifier, tier, key };
    entry(this.#all, ecosystem, () => []).push(one);
    entry(
      entry(this.#byKey, ecosystem, () => new Map<string, KnownName[]>()),
      key,
      () => [],
    ).push(one);
  }
}

/**
 * The letters of a name: two names with the same key look the same. Case and `. _ -` don't count; on
 * PyPI neither do the look-alikes l, i, 1 and o, 0. A scope counts as letters: `@types/node` is
 * `typesnode`.
 */
export function keyOf(name: string, ecosystem: EcosystemId): string {
  const letters = name.toLowerCase().replace(/[._\-@/]/g, '');
  return ecosystem === 'pypi' ? letters.replace(/[i1]/g, 'l').replaceAll('0', 'o') : letters;
}

/** What a program writes to use a package of which nothing more is known. */
function defaultSpecifier({ ecosystem, name }: Package): string {
  return ecosystem === 'pypi' ? name.replaceAll('-', '_') : name;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
