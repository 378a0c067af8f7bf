import type { CommandWord } from '../model/command.ts';
import { partsOfFilled, withoutTemplates, type CommandDialect } from './templates.ts';
import { knownPart, WordBuilder } from './word.ts';

/**
 * Operators, redirections, blanks, quoted parts, variables, escapes and the rest. A quote that nothing closes ends with its
 * line. Words that no shell reads have no operators, and lines of PowerShell no escapes.
 */
const SHELL =
  /(?<stop>[\r\n;|&()`]+|(?<!\S)#[^\r\n]*)|(?<redirection>\d{0,9}[<>]+&?[^\S\r\n]*[^\s;|&()<>]*)|(?<blank>[^\S\r\n]+)|"(?<double>(?:[^"\\\r\n]|\\[^\r\n])*)"?|'(?<single>[^'\r\n]*)'?|(?<variable>\$(?:\w+|\{[^}\r\n]*\}?|[@*#?$!-]))|\\(?<escaped>\r?\n|[^\r\n])|(?<bare>[^\s;|&()`<>"'$\\]+|[$\\])/g;
const WORDS =
  /(?<blank>\s+)|"(?<double>(?:[^"\\]|\\[^])*)"?|'(?<single>[^']*)'?|(?<variable>\$(?:\w+|\{[^}]*\}?))|\\(?<escaped>\r?\n|[^])|(?<bare>[^\s"'$\\]+|[$\\])/g;
const LINES =
  /(?<stop>[\r\n;|&(){}]+|(?<!\S)#[^\r\n]*)|(?<redirection>\d{0,9}[<>]+&?[^\S\r\n]*[^\s;|&(){}<>]*)|(?<blank>[^\S\r\n]+)|"(?<double>[^"\r\n]*)"?|'(?<single>[^'\r\n]*)'?|(?<variable>\$(?:[\w:]+|\{[^}\r\n]*\}?))|(?<bare>[^\s;|&(){}<>"'$]+|\$)/g;

const tokensOf = { sh: SHELL, ipython: SHELL, words: LINES, exec: WORDS } as const;

/**
 * Splits a text into commands without looking at what is around them: for texts that no grammar reads. What stands in `if`,
 * in a loop or in parentheses is a command all the same.
 *
 * @returns The words of each command, of which the first ones may be keywords.
 */
export function splitCommands(text: string, dialect: CommandDialect): readonly (readonly CommandWord[])[] {
  const splitter = new Splitter(text, dialect);
  for (const match of withoutTemplates(text, dialect).matchAll(tokensOf[dialect])) splitter.add(match);
  return splitter.end();
}

class Splitter {
  readonly #text: string;
  readonly #dialect: CommandDialect;
  readonly #commands: CommandWord[][] = [];
  #words: CommandWord[] = [];
  #builder: WordBuilder | undefined;
  /** Where the open word begins, behind its quote. */
  #start = 0;

  constructor(text: string, dialect: CommandDialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  add({ 0: token, index, groups = {} }: RegExpMatchArray & { readonly index: number }): void {
    const { stop, redirection, blank, double, single, variable, escaped, bare } = groups;
    if (stop !== undefined || redirection !== undefined || blank !== undefined) {
      this.#endWord();
      if (stop !== undefined) this.#endCommand();
      return;
    }
    const quoted = double ?? single;
    if (this.#builder === undefined) this.#start = index + (quoted === undefined ? 0 : 1);
    this.#builder ??= new WordBuilder();
    if (double !== undefined) this.#addDoubleQuoted(double, index + 1);
    else if (variable !== undefined) this.#addVariable(token, index);
    else if (escaped !== undefined) this.#addCertain(escaped.replace(/[\r\n]+/, ''), index + 1);
    else if (bare !== undefined) this.#addBare(bare, index);
    else this.#addCertain(single ?? '', index + 1);
  }

  end(): readonly (readonly CommandWord[])[] {
    this.#endWord();
    this.#endCommand();
    return this.#commands;
  }

  #endWord(): void {
    if (this.#builder !== undefined) this.#words.push(this.#builder.word(this.#start));
    this.#builder = undefined;
  }

  #endCommand(): void {
    if (this.#words.length > 0) this.#commands.push(this.#words);
    this.#words = [];
  }

  /** @param at Where a part stands; what is filled in is taken from the source as it is written. */
  #addCertain(plain: string, at: number): void {
    for (const { at: from, length, isFilled } of partsOfFilled(plain)) {
      if (isFilled) this.#addDynamic(at + from, length);
      else this.#builder?.add(plain.slice(from, from + length), at + from);
    }
  }

  #addDynamic(at: number, length: number): void {
    this.#builder?.addDynamic(this.#text.slice(at, at + length), at);
  }

  #addVariable(variable: string, at: number): void {
    const literalPart = this.#dialect === 'words' ? undefined : knownPart(variable);
    if (literalPart === undefined) {
      this.#addDynamic(at, variable.length);
      return;
    }
    this.#addCertain(variable.slice(literalPart.start, literalPart.end), at + literalPart.start);
    if (!literalPart.isWhole) this.#addDynamic(at + literalPart.end, variable.length - literalPart.end - 1);
  }

  /** Patterns of file names; brackets stay, as they stand for extras where they fit no file. */
  #addBare(plain: string, at: number): void {
    if (this.#dialect === 'exec') {
      this.#addCertain(plain, at);
      return;
    }
    for (const { 0: part, index } of plain.matchAll(/[*?]+|[^*?]+/g)) {
      if (/^[*?]/.test(part)) this.#addDynamic(at + index, part.length);
      else this.#addCertain(part, at + index);
    }
  }

  /** Variables and escapes are read within double quotes too. */
  #addDoubleQuoted(plain: string, at: number): void {
    const pieces = /(\$(?:[\w:]+|\{[^}]*\}?|\([^)]*\)?)|`[^`]*`?)|\\([$`"\\])|[^$`\\]+|[$\\]/g;
    for (const { 0: whole, 1: variable, 2: escaped, index } of plain.matchAll(pieces)) {
      if (variable !== undefined) this.#addVariable(whole, at + index);
      else if (escaped !== undefined) this.#addCertain(escaped, at + index + 1);
      else this.#addCertain(whole, at + index);
    }
  }
}
