import type { PythonToken } from './python-tokens.ts';

/** Where setuptools ends a line, and begins another requirement (https://docs.python.org/3/library/stdtypes.html#str.splitlines). */
// eslint-disable-next-line no-control-regex -- they end lines
export const LINE_END = /[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

/** A comparison, behind which a requirement has versions and markers alone. */
const COMPARED = /[<>=!~]/;

/** The same before the first field of a template of `%`. */
const COMPARED_BEFORE_FIELD = /^[^%]*[<>=!~]/;

/** No requirement is made of more tokens. */
const LONGEST_ROW = 100;

/** Tells what an operand of `+` or `%` does to the string before it. */
export class Operands {
  readonly #tokens: readonly PythonToken[];
  readonly #isWord: (name: string) => boolean;

  /** @param isWord Tells, by its name, whether a variable is one string of one line. */
  constructor(tokens: readonly PythonToken[], isWord: (name: string) => boolean) {
    this.#tokens = tokens;
    this.#isWord = isWord;
  }

  /** @returns Whether the operand at a token goes on with a string that is at the versions of its last requirement. */
  isBehindVersion(at: number): boolean {
    const template = this.#tokens[at - 2];
    switch (this.#sign(at - 1)) {
      case '%':
        return template?.kind === 'string' && COMPARED_BEFORE_FIELD.test(lastLine(template.node.value));
      case '+':
        return COMPARED.test(lastLine(this.#joined(at - 2)));
      default:
        return false;
    }
  }

  /** @returns Whether a token is a string of one line, a variable that is one, or nothing of both kinds. */
  isOneLine(at: number): boolean {
    for (let next = at; ; next += 1) {
      const token = this.#tokens[next];
      if (token?.kind === 'word' && next === at) return this.#isWord(token.text);
      if (token?.kind !== 'string') return true;
      if (LINE_END.test(token.node.value)) return false;
    }
  }

  /** @returns The bracket that closes the one at a token; the end of the file where none does. */
  closing(at: number): number {
    let depth = 0;
    for (let next = at; next < this.#tokens.length; next += 1) {
      const sign = this.#sign(next);
      if ('([{'.includes(sign) && sign !== '') depth += 1;
      else if (')]}'.includes(sign) && sign !== '') depth -= 1;
      if (depth === 0) return next;
    }
    return this.#tokens.length;
  }

  /** The strings up to a token, as `+` joins them; '' where another operand may hold anything, and for a long row. */
  #joined(last: number): string {
    let joined = '';
    for (let at = last; at > last - LONGEST_ROW; at -= 1) {
      const token = this.#tokens[at];
      if (token?.kind === 'string') joined = token.node.value + joined;
      else if (token?.kind !== 'word' || !this.#isWord(token.text)) return '';
      if (this.#sign(at - 1) === '+') at -= 1;
      else if (this.#tokens[at - 1]?.kind !== 'string') return joined;
    }
    return '';
  }

  #sign(at: number): string {
    return this.#tokens[at]?.text ?? '';
  }
}

function lastLine(text: string): string {
  return text.split(LINE_END).at(-1) ?? '';
}
