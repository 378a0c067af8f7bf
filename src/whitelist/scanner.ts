/** A key of a block map: a plain word, or in quotation marks, directly followed by its colon. */
const plainKey = /([A-Za-z0-9_][A-Za-z0-9._~-]*):(?= |$)/y;
const fieldKey = /([a-z]+): +/y;

/** YAML wants the colon of a key within 1024 characters (YAML 1.2, section 7.4.2); no package needs so many. */
const longestKey = 1000;

/** A double-quoted YAML scalar of JSON's escapes (YAML 1.2, section 5.7 has them all), and a single-quoted one. */
const double = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const single = /'((?:[^']|'')*)'/y;

/**
 * A plain scalar inside a flow collection on one line (YAML 1.2, section 7.3.3): it starts with no
 * indicator, a colon in it is followed by more of it, and spaces lead neither to a comment nor to the end.
 */
export const plainScalar =
  /[^ \-?:,[\]{}#&*!|>'"%@`~\ufeff\xa0](?:[^ ,[\]{}:]|:(?=[^ ,[\]{}])| +(?=[^ ,[\]{}#:])| +(?=:[^ ,[\]{}]))*/y;
const flagWord = /(?:true|false)(?=[ ,}])/y;
const nothing = /^(?:~|null|Null|NULL)$/;

/** Reads one line of the whitelist from left to right. Each method either takes what it names, or nothing. */
export class Scanner {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  /** The column that is read next, counted from 0. */
  get at(): number {
    return this.#at;
  }

  atEnd(): boolean {
    return this.#at === this.#line.length;
  }

  /** @returns How many spaces were passed. */
  spaces(): number {
    const start = this.#at;
    while (this.#line[this.#at] === ' ') this.#at++;
    return this.#at - start;
  }

  comment(): boolean {
    return this.#line[this.#at] === '#';
  }

  /** Takes the key of a block map and its colon. */
  key(): string | undefined {
    const plain = this.#match(plainKey)?.[1];
    if (plain !== undefined) return plain;
    const quoted = this.#quoted();
    if (quoted === undefined || this.#line[this.#at] !== ':' || this.#at > longestKey) return undefined;
    this.#at++;
    return this.atEnd() || this.#line[this.#at] === ' ' ? quoted : undefined;
  }

  /** Takes the rest of a line whose key has no value, or `{}`. */
  emptyMap(): 'null' | 'braces' | undefined {
    const start = this.#at;
    if (this.restIsComment()) return 'null';
    if (this.open('{') && this.close('}') && this.restIsComment()) return 'braces';
    this.#at = start;
    return undefined;
  }

  /** Takes an opening bracket and the spaces around it. */
  open(bracket: '{' | '['): boolean {
    this.spaces();
    return this.#bracket(bracket);
  }

  close(bracket: '}' | ']'): boolean {
    this.spaces();
    return this.#bracket(bracket);
  }

  comma(): boolean {
    this.spaces();
    return this.#bracket(',');
  }

  /** Takes a key of an entry, its colon and the spaces behind it. */
  field(): string | undefined {
    this.spaces();
    return this.#match(fieldKey)?.[1];
  }

  /** Takes a scalar, except plain ones that YAML reads as null. */
  scalar(): string | undefined {
    this.spaces();
    const quoted = this.#quoted();
    if (quoted !== undefined) return quoted;
    const plain = this.#match(plainScalar)?.[0];
    return plain === undefined || nothing.test(plain) ? undefined : plain;
  }

  /** Takes `true` or `false`. */
  flag(): boolean | undefined {
    const word = this.#match(flagWord)?.[0];
    return word === undefined ? undefined : word === 'true';
  }

  /** Is there nothing more on the line, or a comment behind at least one space? */
  restIsComment(): boolean {
    const spaces = this.spaces();
    return this.atEnd() || (spaces > 0 && this.comment());
  }

  #quoted(): string | undefined {
    const mark = this.#line[this.#at];
    if (mark === "'") return this.#match(single)?.[1]?.replaceAll("''", "'");
    const escaped = mark === '"' ? this.#match(double)?.[0] : undefined;
    if (escaped === undefined) return undefined;
    const text: unknown = JSON.parse(escaped);
    return typeof text === 'string' ? text : undefined;
  }

  #bracket(bracket: string): boolean {
    if (this.#line[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#line);
    if (match !== null) this.#at += match[0].length;
    return match;
  }
}
