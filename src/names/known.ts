import { packageOf } from '../ecosystems/index.ts';
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
  /** The letters of the spelling: see `keyOf`. */
  readonly key: string;
}

/** The well-known packages of one ecosystem. */
export interface PopularList {
  /** Names that everybody has met. */
  readonly household: readonly string[];
  readonly others: readonly string[];
  /** The modules of packages whose name doesn't tell them. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

export type PopularLists = ReadonlyMap<EcosystemId, PopularList>;

const nothing: readonly KnownName[] = [];

/**
 * The names that a new name is compared with: what the project approved or declared, then what is well
 * known. Well-known is not approved: these names are for comparison only. The names of an ecosystem are
 * prepared when it is first asked about.
 */
export class KnownNames {
  readonly #project: readonly KnownPackage[];
  readonly #popular: PopularLists;
  readonly #shelves = new Map<EcosystemId, Shelf>();
  readonly #tiers = new Map<EcosystemId, ReadonlyMap<string, Tier>>();

  constructor(project: readonly KnownPackage[], popular: PopularLists) {
    this.#project = project;
    this.#popular = popular;
  }

  /** @returns Every spelling of an ecosystem, in the order of the tiers. */
  all(ecosystem: EcosystemId): readonly KnownName[] {
    return this.#shelf(ecosystem).all;
  }

  /** @returns The spellings whose key is this one, in the order of the tiers. */
  withKey(ecosystem: EcosystemId, key: string): readonly KnownName[] {
    return this.#shelf(ecosystem).byKey.get(key) ?? nothing;
  }

  /** @returns How well the package of exactly this name is known, or undefined where it is not. */
  tierOf({ ecosystem, name }: Package): Tier | undefined {
    return this.#tiersOf(ecosystem).get(name);
  }

  #tiersOf(ecosystem: EcosystemId): ReadonlyMap<string, Tier> {
    const made = this.#tiers.get(ecosystem);
    if (made !== undefined) return made;
    const tiers = new Map<string, Tier>();
    const add = (tier: Tier, names: readonly string[]): void => {
      for (const name of names) if (!tiers.has(name)) tiers.set(name, tier);
    };
    const popular = this.#popular.get(ecosystem);
    add(
      'project',
      this.#project.filter((known) => known.ecosystem === ecosystem).map(({ name }) => name),
    );
    add('household', popular?.household ?? []);
    add('popular', popular?.others ?? []);
    this.#tiers.set(ecosystem, tiers);
    return tiers;
  }

  #shelf(ecosystem: EcosystemId): Shelf {
    const made = this.#shelves.get(ecosystem);
    if (made !== undefined) return made;
    const modules = new Map(this.#popular.get(ecosystem)?.modules ?? []);
    for (const known of this.#project) {
      if (known.ecosystem === ecosystem && known.modules.length > 0) modules.set(known.name, known.modules);
    }
    const shelf = fill({ ecosystem, tiers: this.#tiersOf(ecosystem), modules });
    this.#shelves.set(ecosystem, shelf);
    return shelf;
  }
}

/** The names of one ecosystem, ready to be compared. */
interface Shelf {
  readonly all: readonly KnownName[];
  readonly byKey: ReadonlyMap<string, readonly KnownName[]>;
}

interface Stock {
  readonly ecosystem: EcosystemId;
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

/** A module is a spelling of its own, unless a known package bears its name and provides it as well. */
function fill({ ecosystem, tiers, modules }: Stock): Shelf {
  const all: KnownName[] = [];
  for (const [name, tier] of tiers) {
    const specifier = modules.get(name)?.[0] ?? defaultSpecifier({ ecosystem, name });
    all.push({ package: { ecosystem, name }, spelling: name, specifier, tier, key: keyOf(name, ecosystem) });
  }
  for (const [name, provided] of modules) {
    const tier = tiers.get(name);
    if (tier === undefined) continue;
    for (const module of provided.filter((one) => !tiers.has(packageOf(ecosystem, one).name))) {
      const key = keyOf(module, ecosystem);
      all.push({ package: { ecosystem, name }, spelling: module, specifier: module, tier, key });
    }
  }
  const byKey = new Map<string, KnownName[]>();
  for (const known of all) {
    const same = byKey.get(known.key);
    if (same === undefined) byKey.set(known.key, [known]);
    else same.push(known);
  }
  return { all, byKey };
}

/**
 * The letters of a name: two names with the same key look the same. Case and `. _ -` don't count; on
 * PyPI neither do the look-alikes l, i, 1 and o, 0. A scope counts as letters: `@types/node` is
 * `typesnode`.
 */
export function keyOf(name: string, ecosystem: EcosystemId): string {
  const letters = name.toLowerCase().replace(/[._\-@/]+/g, '');
  return ecosystem === 'pypi' ? letters.replace(/[i1]/g, 'l').replaceAll('0', 'o') : letters;
}

/** What a program writes to use a package of which nothing more is known. */
function defaultSpecifier({ ecosystem, name }: Package): string {
  return ecosystem === 'pypi' ? name.replaceAll('-', '_') : name;
}
