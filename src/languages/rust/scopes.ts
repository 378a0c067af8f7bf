import type { Span } from '../../model/text.ts';
import { OWN_PATHS, comesWithCompiler } from './words.ts';

/**
 * How a crate may be named: by `extern crate a`, in a `use`, by a path from the crates down (`::a::b`), by that of an attribute,
 * or by any other path.
 */
export type PlaceForm = 'extern' | 'use' | 'rooted' | 'attribute' | 'path';

/** A place where a program may name a crate. */
export interface Place {
  readonly name: string;
  /** Of the name as written. */
  readonly span: Span;
  readonly form: PlaceForm;
  readonly scope: Scope;
  /** It stands in what a macro takes: what that makes of it nobody knows. */
  readonly isInMacro: boolean;
  /** What it takes out of the crate; null where that is the crate itself. */
  member: string | null;
}

/** Blocks in blocks are told apart so far; nobody writes more. */
export const DEEPEST = 500;

/** So many paths are followed from one to another, and looked at for one name. */
const MOST_PATHS = 20;

/** The base of an item's name: it belongs to the file itself. */
const ITEM = 'self';

/**
 * A module of a file, or a block in it, with the names that paths may begin with
 * (https://doc.rust-lang.org/reference/names/scopes.html): a module sees its own names alone, a block also those around it.
 */
export class Scope {
  readonly #kind: 'module' | 'block';
  readonly #parent: Scope | null;
  readonly #depth: number;
  /** By each name, the first segments of the paths that it stands for. */
  readonly #bindings = new Map<string, Set<string>>();
  #hasWildcard = false;
  #takesParent = false;

  private constructor(kind: 'module' | 'block', parent: Scope | null) {
    this.#kind = kind;
    this.#parent = parent;
    this.#depth = parent === null ? 0 : parent.#depth + 1;
  }

  /** @returns The scope of a file. */
  static ofFile(): Scope {
    return new Scope('module', null);
  }

  /** @returns A scope in this one; this one where that would be too deep. */
  inner(kind: 'module' | 'block'): Scope {
    return this.#depth < DEEPEST ? new Scope(kind, this) : this;
  }

  get isModule(): boolean {
    return this.#kind === 'module';
  }

  /** Binds the name of an item. */
  bindItem(name: string): void {
    this.#bind(name, ITEM);
  }

  /** @param base The first segment of the path that the name stands for. */
  bindUse(name: string, base: string): void {
    // `use time::time` brings no other thing that paths begin with: `time::Time` still leads to the crate.
    if (name !== base) this.#bind(name, base);
  }

  #bind(name: string, base: string): void {
    const bases = this.#bindings.get(name);
    if (bases === undefined) this.#bindings.set(name, new Set([base]));
    else if (bases.size < MOST_PATHS) bases.add(base);
  }

  /**
   * Takes in all names of a module.
   *
   * @param path The first and the last segment of its path, and how many it has.
   */
  addWildcard({ first, last, length }: WildcardPath): void {
    if (first === 'super' && length === 1 && this.isModule && this.#parent !== null) this.#takesParent = true;
    else if (/^[A-Z]/.test(last) || (comesWithCompiler(first) && length > 1)) return;
    else this.#hasWildcard = true;
  }

  /** @returns The scopes whose names are seen from here, the nearest first. */
  *#visible(): Generator<Scope, void, undefined> {
    yield this;
    for (let scope = this.#around(); scope !== null; scope = scope.#around()) yield scope;
  }

  /** The next scope whose names are seen from here: of a module, what it takes in whole. */
  #around(): Scope | null {
    if (this.#kind === 'block') return this.#parent;
    return this.#takesParent && this.#parent !== null ? this.#parent.#module() : null;
  }

  /** The module that the scope stands in, or is. */
  #module(): Scope {
    return this.#kind === 'block' && this.#parent !== null ? this.#parent.#module() : this;
  }

  /** @returns Whether names are seen here that nobody can tell from the file alone. */
  seesWildcard(): boolean {
    for (const scope of this.#visible()) if (scope.#hasWildcard) return true;
    return false;
  }

  /** @returns Whether a path that begins with a name leads to something that the file itself has or brings. */
  binds(name: string): boolean {
    return this.#leadsElsewhere(name, new Set());
  }

  /** Of names that are taken from each other, at least one is a crate. */
  #leadsElsewhere(name: string, visited: Set<string>): boolean {
    visited.add(name);
    if (visited.size > MOST_PATHS) return false;
    for (const scope of this.#visible())
      for (const base of scope.#bindings.get(name) ?? []) {
        if (OWN_PATHS.has(base)) return true;
        if (visited.has(base)) continue;
        if (!this.#isBound(base) || this.#leadsElsewhere(base, visited)) return true;
      }
    return false;
  }

  #isBound(name: string): boolean {
    for (const scope of this.#visible()) if (scope.#bindings.has(name)) return true;
    return false;
  }
}

/** The path of a module whose names a `use` takes in. */
export interface WildcardPath {
  readonly first: string;
  readonly last: string;
  readonly length: number;
}

/** What a file binds and names, as one walk after another adds to it. */
export class FileNames {
  readonly root = Scope.ofFile();
  readonly places: Place[] = [];
  /** Functions, macros and constants: a `use` of a name alone may mean them, and no path begins with them. */
  readonly values = new Set<string>();
  /** Names that macros take, and may make modules of. */
  readonly mentions = new Set<string>();

  /** @returns The places that name crates, as far as the file tells, in the order of the text. */
  crates(): readonly Place[] {
    const crates = this.places.filter((place) => !this.#isOwn(place));
    return crates.sort((first, second) => first.span.start - second.span.start);
  }

  /**
   * Macros make modules of names that they take (`table! { users { … } }` of diesel), and attributes those of what they stand
   * before (salsa's have the name of a function, those of diesel begin with it).
   */
  mayBeMade(name: string): boolean {
    if (this.mentions.has(name) || this.values.has(name)) return true;
    for (let end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1))
      if (this.values.has(name.slice(0, end))) return true;
    return false;
  }

  #isOwn({ name, form, scope }: Place): boolean {
    return form !== 'extern' && form !== 'rooted' && scope.binds(name);
  }
}
