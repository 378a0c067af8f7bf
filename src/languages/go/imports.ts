import { Tokens, type Mistake, type Token, type TokenKind } from './tokens.ts';

/** One path of an import declaration. `start` and `end` are the offsets of what stands between its quotes. */
export interface ImportPath {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** What the imports of a program are, and the first thing in them that Go rejects; null where it takes them. */
export interface ReadImports {
  readonly imports: readonly ImportPath[];
  readonly mistake: Mistake | null;
}

/** Where Go's parser goes on after a mistake: in go/parser `stmtStart` and `exprEnd`. */
const STATEMENTS = new Set(
  'break const continue defer fallthrough for go goto if return select switch type var'.split(' '),
);
const EXPRESSION_ENDS = new Set<TokenKind>(['comma', 'semicolon', 'colon', ')', 'closing']);

/** How often in a row go/parser stops at the same token. */
const MOST_STOPS = 10;
/** With so many mistakes on different lines it gives up. */
const MOST_MISTAKES = 10;

/**
 * Reads the package clause and the import declarations of a program, as Go’s own parser does with `ImportsOnly`
 * (https://pkg.go.dev/go/parser#Mode). What stands behind the first other declaration is not read: an import there is an
 * error. Where Go rejects a text, the imports are those that its parser still finds.
 *
 * @param text The whole file. Its time is linear.
 */
export function readImports(text: string): ReadImports {
  return new ImportReader(text).read();
}

/**
 * Reads the import declarations of a text that is no file: kernels of notebooks take them among statements, where the word
 * begins nothing else. Only a mistake in one of them is told.
 *
 * @param text Go without a package clause. Its time is linear.
 */
export function readCellImports(text: string): ReadImports {
  return new ImportReader(text).readAmongStatements();
}

/** The part of go/parser (https://go.dev/src/go/parser/parser.go, go 1.26) that reads imports, by its own names. */
class ImportReader {
  readonly #tokens: Tokens;
  #token: Token;
  readonly #imports: ImportPath[] = [];
  #stop = { start: -1, count: 0 };

  constructor(text: string) {
    this.#tokens = new Tokens(text);
    this.#token = this.#tokens.next();
  }

  read(): ReadImports {
    this.#readPackageClause();
    if (this.#tokens.mistake === null) {
      while (this.#isKeyword('import') && !this.#hasGivenUp()) this.#readDeclaration();
    }
    return { imports: this.#imports, mistake: this.#tokens.mistake };
  }

  readAmongStatements(): ReadImports {
    let mistake: Mistake | null = null;
    while (!this.#is('end')) {
      if (this.#isKeyword('import')) {
        this.#tokens.forgetMistakes();
        this.#readDeclaration();
        mistake ??= this.#tokens.mistake;
      } else this.#advance();
    }
    return { imports: this.#imports, mistake };
  }

  #readPackageClause(): void {
    if (!this.#isKeyword('package')) this.#reject('a Go file begins with its package clause');
    this.#advance();
    if (this.#is('identifier')) this.#advance();
    else this.#reject('the package has no name');
    this.#endStatement();
  }

  #readDeclaration(): void {
    this.#advance();
    if (!this.#is('(')) {
      this.#readSpec();
      return;
    }
    this.#advance();
    while (!this.#is(')') && !this.#is('end') && !this.#hasGivenUp()) this.#readSpec();
    if (this.#is(')')) this.#advance();
    else this.#reject('the list of imports has no end');
    this.#endStatement();
  }

  #readSpec(): void {
    const { kind } = this.#token;
    if (kind === 'identifier' || kind === '.') this.#advance();
    const { kind: literal, text, start, end, isBroken } = this.#token;
    if (literal === 'string') {
      if (!isBroken) this.#imports.push({ path: text, start: start + 1, end: end - 1 });
      this.#advance();
    } else {
      this.#reject('an import has no path');
      if (literal === 'literal') this.#advance();
      else this.#skipTo(({ kind: next }) => EXPRESSION_ENDS.has(next));
    }
    this.#endStatement();
  }

  /** `expectSemi` of go/parser. */
  #endStatement(): void {
    const { kind, text } = this.#token;
    if (kind === ')' || (kind === 'closing' && text === '}')) return;
    if (kind === 'semicolon') {
      this.#advance();
      return;
    }
    this.#reject('a line end or “;” is missing');
    if (kind === 'comma') this.#advance();
    else this.#skipTo((next) => next.kind === 'keyword' && STATEMENTS.has(next.text));
  }

  /** `advance` of go/parser: it comes back to the same place some times only, so that reading goes on. */
  #skipTo(isPlace: (token: Token) => boolean): void {
    while (!this.#is('end')) {
      if (isPlace(this.#token) && this.#stopsHere()) return;
      this.#advance();
    }
  }

  #stopsHere(): boolean {
    const { start } = this.#token;
    if (start > this.#stop.start) {
      this.#stop = { start, count: 0 };
      return true;
    }
    this.#stop.count += 1;
    return start === this.#stop.start && this.#stop.count <= MOST_STOPS;
  }

  #hasGivenUp(): boolean {
    return this.#tokens.mistakeCount > MOST_MISTAKES;
  }

  #is(kind: TokenKind): boolean {
    return this.#token.kind === kind;
  }

  #isKeyword(text: string): boolean {
    return this.#is('keyword') && this.#token.text === text;
  }

  #advance(): void {
    this.#token = this.#tokens.next();
  }

  #reject(message: string): void {
    this.#tokens.reject(message, this.#token.start);
  }
}
