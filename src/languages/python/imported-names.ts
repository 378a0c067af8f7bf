/** What stands between names: blanks, and a line break behind a backslash. */
const blanksInLine = /(?:[ \t\f\v]|\\\r?\n)*/y;
/** In brackets, line breaks and comments stand there as well. */
const blanksInBrackets = /(?:[ \t\f\v\r\n\\]|#[^\n\r]*[\n\r])*/y;
const word = /[\w\u0080-\uffff]+/y;

/**
 * Reads the names of `from` imports, in one pass over a text: a list that begins within one that nothing closes is not read
 * again.
 */
export class ImportedNames {
  readonly #text: string;
  #readUntil = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param start Offset behind the keyword `import` of a `from` import. */
  from(start: number): readonly string[] {
    if (start < this.#readUntil) return [];
    const names: string[] = [];
    let end = this.#behind(blanksInLine, start);
    const isBracketed = this.#text.charAt(end) === '(';
    const blanks = isBracketed ? blanksInBrackets : blanksInLine;
    if (isBracketed) end = this.#behind(blanks, end + 1);
    for (;;) {
      const nameEnd = this.#behind(word, end);
      if (nameEnd === end) break;
      names.push(this.#text.slice(end, nameEnd));
      end = this.#behindRename(this.#behind(blanks, nameEnd), blanks);
      if (this.#text.charAt(end) !== ',') break;
      end = this.#behind(blanks, end + 1);
    }
    if (isBracketed) this.#readUntil = end;
    return names;
  }

  /** @returns The offset behind `as` and another name, where they stand at an offset, and behind what follows. */
  #behindRename(at: number, blanks: RegExp): number {
    const end = this.#behind(word, at);
    return this.#text.slice(at, end) === 'as'
      ? this.#behind(blanks, this.#behind(word, this.#behind(blanks, end)))
      : at;
  }

  #behind(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return at + (pattern.exec(this.#text)?.[0].length ?? 0);
  }
}
