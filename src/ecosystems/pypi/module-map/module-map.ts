import { pypi } from '../names.ts';
import type { NonEmpty } from '../../../model/text.ts';
import { Catalogue, isBelow, namesIn, type CatalogueEntry } from './catalogue.ts';
import { Family, isPattern } from './families.ts';

/** A module together with the distributions that provide it, canonical one first. */
export interface Provided {
  readonly module: string;
  readonly distributions: NonEmpty<string>;
}

/** More segments than any real module has; what follows in a longer specifier changes nothing. */
const MAX_SEGMENTS = 32;

/**
 * Which distributions provide which module. The text has one line for each group of distributions:
 * `pyyaml : yaml _yaml`; alternatives stand left, canonical one first (`opencv-python
 * opencv-python-headless : cv2`). A line with `*` is a family: `google-cloud-* : google.cloud.*` says
 * that each module below `google.cloud` is a distribution of its own, named by the pattern, and `aws-cdk-*-alpha :
 * aws_cdk.*_alpha` says so of those whose names end like this.
 *
 * A run asks about few top-level modules: only the lines that name one are read, when it is first asked about.
 */
export class ModuleMap {
  readonly #catalogue: Catalogue;
  readonly #claims: ProjectModules;
  readonly #recorded: ReadonlyMap<string, readonly string[]>;
  readonly #branches = new Map<string, Branch>();

  /** @param text Lines in the form above, or what was read of them. @param claims What a project says. */
  constructor(
    text: string | Catalogue,
    claims: ProjectModules = { imports: new Map(), recorded: new Map() },
  ) {
    this.#catalogue = typeof text === 'string' ? new Catalogue(text) : text;
    this.#claims = claims;
    this.#recorded = providersByModule(claims.recorded);
  }

  /** @returns This catalogue with what a project says. */
  with(claims: ProjectModules): ModuleMap {
    return claims.imports.size + claims.recorded.size === 0 ? this : new ModuleMap(this.#catalogue, claims);
  }

  /** @returns The entry or family that covers most of a dotted module, or undefined. */
  longest(module: string): Provided | undefined {
    return this.#branch(module).longest(module);
  }

  /** @returns How long the longest prefix of a module is that is an entry or that has entries below it. */
  reach(module: string): number {
    return this.#branch(module).reach(module);
  }

  /** Several distributions share this module, and it belongs to none of them. */
  isNamespace(module: string): boolean {
    return this.#branch(module).isNamespace(module);
  }

  /**
   * Some modules right below this one belong to distributions that do not come with it: who approved a
   * distribution of the module has not approved all that `from module import name` may lead to.
   */
  splits(module: string): boolean {
    return this.#branch(module).splits(module);
  }

  /** @returns The distributions with modules below a namespace, as far as they are listed by name. */
  below(module: string): readonly string[] {
    return this.#branch(module).below(module);
  }

  /**
   * @returns The modules that the text has for a distribution (canonical name): those that are listed and do not lie
   * below another, else the member of the most specific family whose pattern fits, else the same name with underscores.
   */
  modulesOf(distribution: string): readonly string[] {
    const { listed, families } = this.#catalogue.providers();
    const modules = listed.get(distribution);
    if (modules !== undefined)
      return modules.filter((module) => !modules.some((upper) => module.startsWith(`${upper}.`)));
    let best = { module: distribution.replaceAll('-', '_'), literals: 0 };
    for (const family of families) {
      const member = family.memberOf(distribution);
      if (member !== undefined && member.literals > best.literals) best = member;
    }
    return [best.module];
  }

  /**
   * @param distribution A canonical name.
   * @returns All modules of a distribution: those that the project recorded, else those that the text lists, where it is
   *   the usual distribution of one. Of one that provides the module of another beside its own (`asyncua` has `opcua`),
   *   the text lists only that. undefined where they are not known.
   */
  allModulesOf(distribution: string): readonly string[] | undefined {
    const recorded = this.#claims.recorded.get(distribution);
    if (recorded !== undefined) return recorded;
    const listed = this.#catalogue.listing(distribution);
    const isUsual = listed.some(([, names]) => namesIn(names)[0] === distribution);
    return isUsual ? listed.map(([module]) => module) : undefined;
  }

  /** @returns Whether the text lists a module of a distribution (canonical name). */
  lists(distribution: string): boolean {
    return this.#catalogue.listing(distribution).length > 0;
  }

  /** @returns The distributions that the text has for a top-level module whose name is the same to an index (PEP 503). */
  spelledLike(name: string): readonly string[] {
    return this.#catalogue.spelledLike(name);
  }

  #branch(module: string): Branch {
    const [top = ''] = module.split('.', 1);
    const cached = this.#branches.get(top);
    if (cached) return cached;
    const entries = this.#catalogue.below(top);
    const imports = [...this.#claims.imports].filter(isBelow(top));
    const recorded = [...this.#recorded].filter(isBelow(top));
    const branch = entries.length + imports.length + recorded.length === 0 ? bare : new Branch(entries);
    for (const [name, distributions] of recorded) branch.record(name, distributions);
    for (const [name, distributions] of imports) branch.provide(name, distributions);
    this.#branches.set(top, branch);
    return branch;
  }
}

/** What a project says of modules. */
export interface ProjectModules {
  /**
   * Modules and the distributions that people say provide them: they win over the text's entry for the same module, and
   * a member of a family keeps its distribution beside them.
   */
  readonly imports: ReadonlyMap<string, readonly string[]>;
  /**
   * All modules of distributions (canonical names), as a version of each showed them. A module that the text gives to
   * another distribution is not theirs: an archive may hold what it likes.
   */
  readonly recorded: ReadonlyMap<string, readonly string[]>;
}

function providersByModule(recorded: ProjectModules['recorded']): ReadonlyMap<string, readonly string[]> {
  const providers = new Map<string, string[]>();
  for (const [distribution, modules] of recorded)
    for (const module of modules) providers.set(module, [...(providers.get(module) ?? []), distribution]);
  return providers;
}

/** What is known of one top-level module and of everything below it. */
class Branch {
  readonly #modules = new Map<string, string>();
  /** By what they lie below, those first that say most of a name. */
  readonly #families = new Map<string, readonly Family[]>();
  /** Modules with entries somewhere below them. */
  readonly #prefixes = new Set<string>();

  constructor(entries: readonly CatalogueEntry[]) {
    for (const [module, distributions] of entries) this.#add(module, distributions);
  }

  /** A project says which distributions provide a module. */
  provide(module: string, distributions: readonly string[]): void {
    if (distributions.length === 0) return;
    for (const prefix of prefixesOf(module)) {
      const member = this.#member(prefix);
      if (member !== undefined) this.#modules.set(prefix, member);
    }
    this.#add(module, distributions.map((name) => pypi.canonical(name)).join(' '));
  }

  /** A version showed that distributions provide a module: it is theirs where nobody else is known for it. */
  record(module: string, distributions: readonly string[]): void {
    if (this.longest(module) === undefined) this.provide(module, distributions);
  }

  longest(module: string): Provided | undefined {
    for (const candidate of prefixesOf(module)) {
      const distributions = this.#modules.get(candidate) ?? this.#member(candidate);
      if (distributions !== undefined) return { module: candidate, distributions: namesIn(distributions) };
    }
    return undefined;
  }

  reach(module: string): number {
    const reached = prefixesOf(module).find(
      (prefix) =>
        this.#modules.has(prefix) || this.#prefixes.has(prefix) || this.#member(prefix) !== undefined,
    );
    return reached?.length ?? 0;
  }

  isNamespace(module: string): boolean {
    return this.#prefixes.has(module) && !this.#modules.has(module);
  }

  splits(module: string): boolean {
    if (this.isNamespace(module) || this.#families.has(module)) return true;
    if (!this.#prefixes.has(module)) return false;
    const distributions = namesIn(this.#modules.get(module) ?? '');
    return [...this.#modules].some(([entry, names]) => {
      if (entry.slice(0, entry.lastIndexOf('.')) !== module) return false;
      const providers = namesIn(names);
      return distributions.some((name) => !providers.includes(name));
    });
  }

  below(module: string): readonly string[] {
    const entries = [...this.#modules].filter(([entry]) => entry.startsWith(`${module}.`));
    return [...new Set(entries.flatMap(([, names]) => namesIn(names)))];
  }

  #add(module: string, distributions: string): void {
    if (isPattern(module)) this.#addFamily(new Family(module, namesIn(distributions)));
    else this.#modules.set(module, distributions);
    for (let dot = module.lastIndexOf('.'); dot > 0; dot = module.lastIndexOf('.', dot - 1))
      this.#prefixes.add(module.slice(0, dot));
  }

  #addFamily(family: Family): void {
    const families = [...(this.#families.get(family.parent) ?? []), family];
    this.#families.set(
      family.parent,
      families.toSorted((left, right) => right.literals - left.literals),
    );
  }

  /** @returns The distributions of a module that is not listed but belongs to a family. */
  #member(module: string): string | undefined {
    const dot = module.lastIndexOf('.');
    if (dot < 0 || this.#prefixes.has(module)) return undefined;
    const parent = module.slice(0, dot);
    for (const family of this.#families.get(parent) ?? []) {
      const part = family.part(module.slice(dot + 1));
      if (part === undefined) continue;
      return this.#modules.get(family.module(part)) ?? family.distributionsOf(part).join(' ');
    }
    return undefined;
  }
}

/** Of most names nothing is known: they share what holds nothing. */
const bare = new Branch([]);

/** @returns A dotted module and its parents, longest first. */
export function prefixesOf(module: string): readonly string[] {
  const segments = module.split('.', MAX_SEGMENTS);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('.'));
}
