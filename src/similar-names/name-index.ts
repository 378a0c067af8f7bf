import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import { lettersOf, textsOf } from '../ecosystems/shared/name-texts.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { PopularNames } from '../model/popular-names.ts';
import { NameList, placesOf } from './name-list.ts';
import { GramIndex } from './ngrams.ts';
import { NO_NAMES, type PopularLists } from './popular.ts';

/** A package whose name is known. `modules` are what it provides; empty where the name itself tells. */
export interface KnownPackage extends Package {
  readonly modules: readonly string[];
}

/**
 * How well a name is known: the project itself approves or declares it, everybody has met it, or it is
 * among the widely used ones. Nearer names are suggested first.
 */
export const tiers = ['project', 'top', 'popular'] as const;
export type Tier = (typeof tiers)[number];

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

/** A spelling that shares letters with another one, and how much. More is put together for those that are near. */
export interface Candidate {
  readonly key: string;
  /** From 0 to about 1. */
  readonly shared: number;
  readonly known: () => KnownName;
}

/** Spellings that share less have nothing to do with each other; one edit of five letters leaves more than a third. */
const FEWEST_SHARED = 0.2;

/**
 * The names that a new name is compared with: what the project approved or declared, then what is well
 * known. Well-known is not approved: these names are for comparison only. The names of an ecosystem are
 * prepared when it is first asked about.
 */
export class NameIndex {
  readonly #project: readonly KnownPackage[];
  readonly #popular: PopularLists;
  readonly #shelves = new Map<EcosystemId, EcosystemNames>();
  readonly #projectNames = new Map<EcosystemId, ReadonlySet<string>>();

  constructor(project: readonly KnownPackage[], popular: PopularLists) {
    this.#project = project;
    this.#popular = popular;
  }

  /** @returns The spellings that share some letters with a key, in the order of the tiers. */
  sharing(ecosystem: EcosystemId, key: string): readonly Candidate[] {
    return this.#shelf(ecosystem).sharing(key);
  }

  /** @returns The spellings whose key is this one, in the order of the tiers. */
  withKey(ecosystem: EcosystemId, key: string): readonly KnownName[] {
    return this.#shelf(ecosystem).withKey(key);
  }

  /** @returns How well the package of exactly this name is known, or undefined where it is not. */
  tierOf({ ecosystem, name }: Package): Tier | undefined {
    if (this.#namesOfProject(ecosystem).has(name)) return 'project';
    if (this.#topPackages(ecosystem).includes(name)) return 'top';
    const popular = this.#popular.get(ecosystem);
    return popular !== undefined && listOf(popular, ecosystem).has(name) ? 'popular' : undefined;
  }

  #namesOfProject(ecosystem: EcosystemId): ReadonlySet<string> {
    const names =
      this.#projectNames.get(ecosystem) ??
      new Set(this.#project.filter((each) => each.ecosystem === ecosystem).map(({ name }) => name));
    this.#projectNames.set(ecosystem, names);
    return names;
  }

  /** Names of ecosystems that nobody asked for are not compared with. */
  #topPackages(ecosystem: EcosystemId): readonly string[] {
    return this.#popular.has(ecosystem) ? (findEcosystem(ecosystem)?.topPackages ?? []) : [];
  }

  #shelf(ecosystem: EcosystemId): EcosystemNames {
    const shelf =
      this.#shelves.get(ecosystem) ??
      new EcosystemNames({
        ecosystem,
        project: this.#project.filter((knownPackage) => knownPackage.ecosystem === ecosystem),
        top: this.#topPackages(ecosystem),
        popular: this.#popular.get(ecosystem) ?? NO_NAMES,
      });
    this.#shelves.set(ecosystem, shelf);
    return shelf;
  }
}

interface EcosystemNamesInput {
  readonly ecosystem: EcosystemId;
  readonly project: readonly KnownPackage[];
  readonly top: readonly string[];
  readonly popular: PopularNames;
}

/** A package's name, or a module that is a spelling of its own. */
interface Spelling {
  readonly name: string;
  readonly module?: string;
  readonly tier: Tier;
}

/**
 * The names of one ecosystem, ready to be compared. A name of a nearer tier may stand again in a later one, where it tells
 * nothing new.
 */
class EcosystemNames {
  readonly #others: NameList;
  readonly #ecosystem: EcosystemId;
  readonly #modules: ReadonlyMap<string, readonly string[]>;
  readonly #nearer: Spellings;
  readonly #moduleSpellings: Spellings;
  #last: { readonly key: string; readonly candidates: readonly Candidate[] } | undefined;

  constructor({ ecosystem, project, top, popular }: EcosystemNamesInput) {
    this.#ecosystem = ecosystem;
    this.#others = listOf(popular, ecosystem);
    this.#modules = new Map([
      ...popular.modules,
      ...project
        .filter((knownPackage) => knownPackage.modules.length > 0)
        .map((knownPackage) => [knownPackage.name, knownPackage.modules] as const),
    ]);
    const projectNames = [...new Set(project.map(({ name }) => name))];
    const nearer = [
      ...projectNames.map((name) => ({ name, tier: 'project' }) as const),
      ...top.map((name) => ({ name, tier: 'top' }) as const),
    ];
    this.#nearer = new Spellings(nearer, ecosystem);
    this.#moduleSpellings = new Spellings(this.#spellingsOfModules(nearer), ecosystem);
  }

  /** Asked again about the same key, it knows the answer: several rules look at the same candidates. */
  sharing(key: string): readonly Candidate[] {
    if (this.#last?.key === key) return this.#last.candidates;
    const among = (spellings: Spellings): readonly Candidate[] =>
      spellings.sharing(key).map(({ key: candidateKey, spelling, shared }) => {
        return { key: candidateKey, shared, known: () => this.#known(spelling, candidateKey) };
      });
    const popularCandidates = this.#others.sharing(key, FEWEST_SHARED).map(({ line, ...candidate }) => {
      return { ...candidate, known: () => this.#popular(line, candidate.key) };
    });
    const candidates = [...among(this.#nearer), ...popularCandidates, ...among(this.#moduleSpellings)];
    this.#last = { key, candidates };
    return candidates;
  }

  withKey(key: string): readonly KnownName[] {
    const among = (spellings: Spellings) =>
      spellings.withKey(key).map((spelling) => this.#known(spelling, key));
    const popularNames = this.#others.withKey(key).map((line) => this.#popular(line, key));
    return [...among(this.#nearer), ...popularNames, ...among(this.#moduleSpellings)];
  }

  #popular(line: number, key: string): KnownName {
    return this.#known({ name: this.#others.name(line), tier: 'popular' }, key);
  }

  #known({ name, module, tier }: Spelling, key: string): KnownName {
    const ecosystem = this.#ecosystem;
    const usual = this.#modules.get(name)?.[0] ?? defaultSpecifier({ ecosystem, name });
    return { package: { ecosystem, name }, spelling: module ?? name, specifier: module ?? usual, tier, key };
  }

  /** A module is a spelling of its own, unless a known package bears its name and provides it as well. */
  #spellingsOfModules(nearer: readonly Spelling[]): readonly Spelling[] {
    const nearerTiers = new Map(nearer.map(({ name, tier }) => [name, tier] as const).reverse());
    const tierOf = (name: string): Tier | undefined =>
      nearerTiers.get(name) ?? (this.#others.set().has(name) ? 'popular' : undefined);
    return [...this.#modules].flatMap(([name, provided]) => {
      const tier = tierOf(name);
      if (tier === undefined) return [];
      return provided
        .filter((module) => tierOf(packageOf(this.#ecosystem, module).name) === undefined)
        .map((module) => ({ name, module, tier }));
    });
  }
}

/** A spelling that shares something with a key. */
interface SharingSpelling {
  readonly key: string;
  readonly spelling: Spelling;
  readonly shared: number;
}

/** Spellings by their keys. */
class Spellings {
  readonly #spellings: readonly Spelling[];
  readonly #keys: readonly string[];
  readonly #places: ReadonlyMap<string, readonly number[]>;
  readonly #grams: GramIndex;

  constructor(spellings: readonly Spelling[], ecosystem: EcosystemId) {
    this.#spellings = spellings;
    this.#keys = spellings.map(({ name, module }) => keyOf(module ?? name, ecosystem));
    this.#places = placesOf(this.#keys);
    this.#grams = new GramIndex(this.#keys);
  }

  sharing(key: string): readonly SharingSpelling[] {
    return this.#grams.sharing(key, FEWEST_SHARED).flatMap(({ at, shared }) => {
      const spelling = this.#spellings[at];
      return spelling === undefined ? [] : [{ key: this.#keys[at] ?? '', spelling, shared }];
    });
  }

  withKey(key: string): readonly Spelling[] {
    return (this.#places.get(key) ?? []).flatMap((at) => this.#spellings[at] ?? []);
  }
}

/** One list for all indexes of a process: the editor makes an index for each save, and to split a list takes longer. */
const lists = new WeakMap<PopularNames, NameList>();

/** @returns The widely used names of an ecosystem, ready to be looked through. */
function listOf(popular: PopularNames, ecosystem: EcosystemId): NameList {
  const { names } = popular;
  const list =
    lists.get(popular) ??
    new NameList('names' in names ? names : textsOf(names, (text) => keyOf(text, ecosystem)));
  lists.set(popular, list);
  return list;
}

/** @returns The letters of a name: two names with the same key look the same. */
export function keyOf(name: string, ecosystem: EcosystemId): string {
  return findEcosystem(ecosystem)?.lookalikeKey(name) ?? lettersOf(name);
}

/** What a program writes to use a package of which nothing more is known. */
function defaultSpecifier({ ecosystem, name }: Package): string {
  return findEcosystem(ecosystem)?.defaultSpecifier(name) ?? name;
}
