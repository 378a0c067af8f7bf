import type { Source } from '../../model/language.ts';
import { lex, type Token } from './lexer.ts';
import { LIGHT, NESTING_WORDS, weightOf } from './weight.ts';

/**
 * Which of the parsers may be given a text, told by the text alone, so that the answer is the same on every machine
 * and in every company. Real programs stay far below: among 2,564 files of packages (the largest of 2 MB) the deepest
 * reached 1,488 units, and what was read again 380,000.
 */
export interface Bounds {
  /** May oxc read it? It takes no undue time, nor more stack than there is; a long text is looked at in pieces first. */
  readonly oxc: boolean;
  /** May TypeScript's parser read it, and its tree be changed? */
  readonly typescript: boolean;
}

/** Units of weight on one path of the tree. TypeScript takes most stack for one, up to a kilobyte, and long for each. */
const DEEPEST = 100_000;
const DEEPEST_FOR_TYPESCRIPT = 10_000;

/**
 * Parsers read again what may turn out to be something else: from each `(` to where it is no arrow function's
 * parameters, from each `<` to where it is no list of types. A million such steps take oxc about a second.
 */
const MOST_REREAD = 1_000_000;
const MOST_REREAD_FOR_EACH_CHARACTER = 4;

/**
 * typescript-estree looks for the neighbours of each list of types, and of each word `export`, from the root, which takes
 * longer.
 */
const MOST_REREAD_BY_TYPESCRIPT = 400_000;
const MOST_LOOKED_UP_BY_TYPESCRIPT = 50_000_000;

/** @returns What a text may be given to. Linear in the text's length. */
export function boundsOf({ text, dialect }: Source): Bounds {
  if (weightOf(text) <= LIGHT) return { oxc: true, typescript: true };
  const gauge = new Gauge(text);
  lex(text, (token, lexeme, start) => {
    gauge.add(token, lexeme, start);
  });
  const oxc =
    gauge.deepest <= DEEPEST && gauge.reread <= MOST_REREAD + MOST_REREAD_FOR_EACH_CHARACTER * text.length;
  const lookups = gauge.exports + (/^(?:[mc]?ts|tsx)$/.test(dialect) ? gauge.angles : 0);
  return {
    oxc,
    typescript:
      oxc &&
      gauge.deepest <= DEEPEST_FOR_TYPESCRIPT &&
      gauge.reread <= MOST_REREAD_BY_TYPESCRIPT &&
      lookups * gauge.statements <= MOST_LOOKED_UP_BY_TYPESCRIPT,
  };
}

/** Within one pair of brackets: the levels of what has not ended there, and the `<` that may open a list of types. */
interface Level {
  links: number;
  angles: number;
}

class Gauge {
  readonly #text: string;
  readonly #open: Level[] = [];
  #level: Level = { links: 0, angles: 0 };
  /** Units of weight of all open levels but the last. */
  #weight = 0;
  #angles = 0;
  #before: { readonly token: Token; readonly end: number } = { token: 'separator', end: 0 };
  deepest = 0;
  reread = 0;
  exports = 0;
  /** Signs that may open a list of types. */
  angles = 0;
  statements = 0;

  constructor(text: string) {
    this.#text = text;
  }

  add(token: Token, lexeme: string, start: number): void {
    if (token === 'word' && this.#endsStatement(start)) this.#endStatement();
    switch (token) {
      case 'opening':
        this.#enter(lexeme);
        break;
      case 'closing':
        this.#leave();
        break;
      case 'separator':
        this.#level.links = 0;
        if (lexeme === ';') this.#endStatement();
        break;
      case 'operator':
        if (lexeme === '<') this.#angle();
        if (lexeme === '>') this.#closeAngle();
        this.#level.links += 1;
        break;
      case 'word':
        if (NESTING_WORDS.has(lexeme)) this.#level.links += 1;
        if (lexeme === 'export') this.exports += 1;
        break;
      case 'literal':
        break;
    }
    this.deepest = Math.max(this.deepest, this.#weight + this.#level.links);
    this.#before = { token, end: start + lexeme.length };
  }

  /**
   * Two operands in a row, on two lines: a semicolon is as good as written (ECMAScript §12.10), but in what may be a list
   * of types or the tag of an element.
   */
  #endsStatement(start: number): boolean {
    if (this.#level.angles > 0) return false;
    const { token, end } = this.#before;
    return /^(?:word|literal|closing)$/.test(token) && /[\n\r]/.test(this.#text.slice(end, start));
  }

  #endStatement(): void {
    this.statements += 1;
    this.#angles -= this.#level.angles;
    this.#level = { links: 0, angles: 0 };
  }

  #enter(lexeme: string): void {
    if (lexeme === '(' || lexeme === '<') this.reread += this.#open.length + this.#angles;
    if (lexeme === '<') this.angles += 1;
    this.#weight += this.#level.links + WEIGHT_OF_BRACKETS;
    this.#open.push(this.#level);
    this.#level = { links: 0, angles: 0 };
  }

  /** What stood in brackets is a link of what stands before them: a call, an index. */
  #leave(): void {
    const outer = this.#open.pop();
    if (outer === undefined) return;
    this.#angles -= this.#level.angles;
    this.#weight -= outer.links + WEIGHT_OF_BRACKETS;
    this.#level = outer;
    outer.links += 1;
  }

  #closeAngle(): void {
    if (this.#level.angles === 0) return;
    this.#angles -= 1;
    this.#level.angles -= 1;
  }

  #angle(): void {
    this.reread += this.#open.length + this.#angles;
    this.angles += 1;
    this.#angles += 1;
    this.#level.angles += 1;
  }
}

/** As in `weightOf`. */
const WEIGHT_OF_BRACKETS = 4;
