import type { FileNames, Place, Scope } from './scopes.ts';
import { isName, writtenLength, type Tokens } from './tokens.ts';
import { OWN_PATHS } from './words.ts';

/** Where the names of a `use` go. */
interface UseTarget {
  readonly names: FileNames;
  readonly scope: Scope;
  readonly isInMacro: boolean;
}

/** A path of a `use`, as far as it was read. */
interface Path {
  readonly first: string | null;
  readonly last: string | null;
  readonly length: number;
  readonly isRooted: boolean;
  /** The place of its first segment, where that may name a crate. */
  readonly place: Place | null;
}

/** What a group of paths stands behind. */
const BEFORE_GROUP: ReadonlySet<string> = new Set(['use', '::', ',', '{']);

const EMPTY: Path = { first: null, last: null, length: 0, isRooted: false, place: null };

/**
 * Reads the tree of a `use` declaration (https://doc.rust-lang.org/reference/items/use-declarations.html).
 *
 * @param at The token behind `use`.
 * @returns The token behind its `;`.
 */
export function readUse(tokens: Tokens, at: number, target: UseTarget): number {
  const reader = new UseReader(tokens, target);
  for (let next = at; next < tokens.words.length; next += 1) {
    const end = reader.read(next);
    if (end !== undefined) return end;
  }
  return tokens.words.length;
}

class UseReader {
  readonly #tokens: Tokens;
  readonly #target: UseTarget;
  /** The paths before open braces. */
  readonly #prefixes: Path[] = [];
  #path: Path = EMPTY;
  #alias: string | null = null;
  #isAlias = false;

  constructor(tokens: Tokens, target: UseTarget) {
    this.#tokens = tokens;
    this.#target = target;
  }

  /** @returns Where the declaration ends, once it does. */
  read(at: number): number | undefined {
    const word = this.#tokens.words[at] ?? '';
    switch (word) {
      case ';':
        this.#finish();
        return at + 1;
      case '::':
        if (this.#path.length === 0) this.#path = { ...this.#path, isRooted: true };
        return undefined;
      case '{':
        if (!BEFORE_GROUP.has(this.#tokens.words[at - 1] ?? '')) return at;
        this.#prefixes.push(this.#path);
        return undefined;
      case ',':
        this.#finish();
        this.#path = this.#prefixes.at(-1) ?? EMPTY;
        return undefined;
      case '}':
        this.#finish();
        // What else ends here is no part of the declaration, which lacks its end.
        if (this.#prefixes.pop() === undefined) return at;
        this.#path = EMPTY;
        return undefined;
      case '*':
        this.#addWildcard();
        return undefined;
      case 'as':
        this.#isAlias = true;
        return undefined;
    }
    // A macro's metavariable, or what is no `use` at all: a keyword begins another item.
    if (!isName(word)) return at;
    if (this.#isAlias) this.#alias = word;
    else this.#segment(word, at);
    return undefined;
  }

  #segment(word: string, at: number): void {
    const { first, length, isRooted } = this.#path;
    const place = length === 0 ? this.#placeOf(word, at) : this.#path.place;
    this.#path = { first: first ?? word, last: word, length: length + 1, isRooted, place };
  }

  #placeOf(name: string, at: number): Place | null {
    const { names, scope, isInMacro } = this.#target;
    if (OWN_PATHS.has(name)) return null;
    const start = this.#tokens.starts[at] ?? 0;
    const span = { start, end: start + writtenLength(this.#tokens.text, start, name) };
    const form = this.#path.isRooted ? ('rooted' as const) : ('use' as const);
    const place: Place = { name, span, form, scope, isInMacro, member: null };
    names.places.push(place);
    return place;
  }

  /** The end of one of the paths: what it brings has the name of its last segment, or another one. */
  #finish(): void {
    const { first, last, length, place } = this.#path;
    const name = this.#alias ?? (last === 'self' ? this.#prefixes.at(-1)?.last : last);
    const isWhole = this.#prefixes.at(-1) !== this.#path;
    if (first !== null && isWhole && place !== null && length > 1) place.member ??= last;
    if (first !== null && isWhole && name && name !== '_' && (length > 1 || this.#alias !== null))
      this.#target.scope.bindUse(name, first);
    this.#path = EMPTY;
    this.#alias = null;
    this.#isAlias = false;
  }

  #addWildcard(): void {
    const { first, last, length } = this.#path;
    if (first !== null && last !== null) this.#target.scope.addWildcard({ first, last, length });
    if (this.#path.place !== null) this.#path.place.member ??= '*';
    this.#path = EMPTY;
  }
}
