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

/**
 * The names that a new name is compared with: what the project approved or declared, then what is well
 * known. Well-known is not approved: these names are for comparison only. The names of an ecosystem are
 * prepared when it is first asked about.
 */
export class KnownNames {
  readonly #project: readonly KnownPackage[];
  readonly #popular: PopularLists;
  readonly #shelves = new Map<EcosystemId, Shelf>();

  constructor(project: readonly KnownPackage[], popular: PopularLists) {
    this.#project = project;
    this.#popular = popular;
  }

  /** @returns The key of every spelling of an ecosystem, in the order of the tiers; {@link at} says more of one. */
  keys(ecosystem: EcosystemId): readonly string[] {
    return this.#shelf(ecosystem).keys;
  }

  /** @returns The spelling whose key has this index. */
  at(ecosystem: EcosystemId, index: number): KnownName {
    return this.#shelf(ecosystem).at(index);
  }

  /** @returns The spellings whose key is this one, in the order of the tiers. */
  withKey(ecosystem: EcosystemId, key: string): readonly KnownName[] {
    return this.#shelf(ecosystem).withKey(key);
  }

  /** @returns How well the package of exactly this name is known, or undefined where it is not. */
  tierOf({ ecosystem, name }: Package): Tier | undefined {
    if (this.#project.some((known) => known.ecosystem === ecosystem && known.name === name)) return 'project';
    const popular = this.#popular.get(ecosystem);
    if (popular?.household.includes(name)) return 'household';
    return popular?.others.includes(name) ? 'popular' : undefined;
  }

  #tiersOf(ecosystem: EcosystemId): ReadonlyMap<string, Tier> {
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
    return tiers;
  }

  #shelf(ecosystem: EcosystemId): Shelf {
    const made = this.#shelves.get(ecosystem);
    if (made !== undefined) return made;
    const modules = new Map(this.#popular.get(ecosystem)?.modules ?? []);
    for (const known of this.#project) {
      if (known.ecosystem === ecosystem && known.modules.length > 0) modules.set(known.name, known.modules);
    }
    const shelf = new Shelf({ ecosystem, tiers: this.#tiersOf(ecosystem), modules });
    this.#shelves.set(ecosystem, shelf);
    return shelf;
  }
}

interface Stock {
  readonly ecosystem: EcosystemId;
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

/**
 * The names of one ecosystem, ready to be compared. Thousands stand here and few are ever near: what is more
 * than a key is put together for those few.
 */
class Shelf {
  readonly keys: readonly string[];
  readonly #stock: Stock;
  /** By index: the package's name, and the module where the spelling is not the name. */
  readonly #names: string[];
  readonly #modules = new Map<number, string>();

  constructor(stock: Stock) {
    this.#stock = stock;
    const { ecosystem, tiers, modules } = stock;
    this.#names = [...tiers.keys()];
    const spellings = [...this.#names];
    for (const [name, provided] of modules) {
      if (!tiers.has(name)) continue;
      // A module is a spelling of its own, unless a known package bears its name and provides it as well.
      for (const module of provided.filter((one) => !tiers.has(packageOf(ecosystem, one).name))) {
        this.#modules.set(spellings.length, module);
        this.#names.push(name);
        spellings.push(module);
      }
    }
    this.keys = keysOf(spellings, ecosystem);
  }

  at(index: number): KnownName {
    const { ecosystem, tiers, modules } = this.#stock;
    const name = this.#names[index] ?? '';
    const module = this.#modules.get(index);
    const usual = modules.get(name)?.[0] ?? defaultSpecifier({ ecosystem, name });
    return {
      package: { ecosystem, name },
      spelling: module ?? name,
      specifier: module ?? usual,
      tier: tiers.get(name) ?? 'popular',
      key: this.keys[index] ?? '',
    };
  }

  withKey(key: string): readonly KnownName[] {
    const found: KnownName[] = [];
    for (let index = this.keys.indexOf(key); index >= 0; index = this.keys.indexOf(key, index + 1))
      found.push(this.at(index));
    return found;
  }
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

/** @returns The key of each name, in their order: `keyOf` for all at once, as one text with a name on each line. */
function keysOf(names: readonly string[], ecosystem: EcosystemId): readonly string[] {
  const keys = keyOf(names.join('\n'), ecosystem).split('\n');
  // A manifest may declare what no registry could hold, such as a name with a line end.
  return keys.length === names.length ? keys : names.map((name) => keyOf(name, ecosystem));
}

/** What a program writes to use a package of which nothing more is known. */
function defaultSpecifier({ ecosystem, name }: Package): string {
  return ecosystem === 'pypi' ? name.replaceAll('-', '_') : name;
}
