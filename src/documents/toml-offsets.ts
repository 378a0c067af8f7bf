/** @returns A path of keys as one text: keys may hold any character but NUL. */
export function pathKey(path: readonly string[]): string {
  return path.join('\0');
}

/**
 * Finds where keys and values stand in a TOML document, which the TOML library doesn't tell.
 *
 * @param text A valid document: the library has parsed it.
 * @returns The offset of each key by `pathKey`, and of each value by `=` and `pathKey`. Elements of arrays
 * have their index as a key.
 */
export function tomlOffsets(text: string): ReadonlyMap<string, number> {
  const reader = new Reader(text);
  reader.document();
  return reader.offsets;
}

class Reader {
  readonly offsets = new Map<string, number>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    let table: readonly string[] = [];
    const counts = new Map<string, number>();
    for (;;) {
      this.#space();
      if (this.#at >= this.#text.length) return;
      if (this.#text[this.#at] === '[') table = this.#header(counts);
      else this.#pair(table);
    }
  }

  #header(counts: Map<string, number>): readonly string[] {
    const many = this.#text.startsWith('[[', this.#at);
    this.#at += many ? 2 : 1;
    const path = this.#key([]);
    this.#take(/[ \t]*\]\]?/y);
    if (!many) return path;
    const index = counts.get(pathKey(path)) ?? 0;
    counts.set(pathKey(path), index + 1);
    return [...path, String(index)];
  }

  #pair(table: readonly string[]): void {
    const path = this.#key(table);
    this.#take(/[ \t]*=[ \t]*/y);
    this.#value(path);
  }

  /** Takes a dotted key, and notes where each of its parts stands. */
  #key(table: readonly string[]): string[] {
    const path = [...table];
    do {
      this.#take(/[ \t]*/y);
      const start = this.#at;
      const rawKey = this.#take(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s.="'\][{},#]+/y);
      if (rawKey === '') {
        // Not a key after all: go on behind it, so that reading ends.
        this.#at++;
        return path;
      }
      path.push(unquoted(rawKey));
      if (!this.offsets.has(pathKey(path))) this.offsets.set(pathKey(path), start);
    } while (this.#take(/[ \t]*\./y) !== '');
    return path;
  }

  #value(path: readonly string[]): void {
    this.offsets.set(`=${pathKey(path)}`, this.#at);
    if (this.#take(/\[/y) !== '') this.#array(path);
    else if (this.#take(/\{/y) !== '') this.#inline(path);
    else if (this.#string() === '') this.#take(/[^\n,\]}#]+/y);
  }

  #array(path: readonly string[]): void {
    for (let index = 0; ; index++) {
      this.#space();
      if (this.#take(/\]/y) !== '' || this.#at >= this.#text.length) return;
      this.#value([...path, String(index)]);
      this.#space();
      this.#take(/,/y);
    }
  }

  #inline(path: readonly string[]): void {
    for (;;) {
      this.#space();
      if (this.#take(/\}/y) !== '' || this.#at >= this.#text.length) return;
      this.#pair(path);
      this.#space();
      this.#take(/,/y);
    }
  }

  #string(): string {
    return this.#take(
      /"""(?:[^"\\]|\\[^]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y,
    );
  }

  /** Passes over white space and comments. */
  #space(): void {
    while (this.#take(/\s+|#[^\n]*/y) !== '');
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += match.length;
    return match;
  }
}

/** @returns A key without its quotation marks. An escape that only TOML knows stays as it is written. */
function unquoted(rawKey: string): string {
  if (rawKey.startsWith("'")) return rawKey.slice(1, -1);
  if (!rawKey.startsWith('"')) return rawKey;
  const plain = /^"(?:[^"\\]|\\(?:["\\bfnrt]|u[0-9a-fA-F]{4}))*"$/.test(rawKey);
  const key: unknown = plain ? JSON.parse(rawKey.replaceAll('\t', '\\t')) : rawKey.slice(1, -1);
  return typeof key === 'string' ? key : rawKey;
}
