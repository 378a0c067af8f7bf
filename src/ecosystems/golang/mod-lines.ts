import type { Span } from '../../model/text.ts';
import { escapedText } from './escapes.ts';

/** A word of a line, without its quotation marks; the span covers what it says. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** A line of go.mod, or of a block in it, with the verb of the block: `require x v1 // indirect`. */
export interface ModLine {
  readonly verb: Word;
  readonly words: readonly Word[];
  /** The text of the comment at its end, without `//`; '' where there is none. */
  readonly comment: string;
  /** The whole line with its end. */
  readonly span: Span;
  readonly isInBlock: boolean;
}

/** Where a text is not what Go accepts. */
export interface ModFlaw {
  readonly message: string;
  readonly offset: number;
}

/** A block of lines with one verb, for what is added to it. */
export interface ModBlock {
  readonly verb: string;
  /** The offset of the line that closes it. */
  readonly closing: number;
}

/** The lines of a text, with what Go rejects of it. */
export interface ModText {
  readonly lines: readonly ModLine[];
  readonly blocks: readonly ModBlock[];
  readonly flaws: readonly ModFlaw[];
}

/**
 * Reads go.mod or go.work, which have the same lines: a verb and words, or a verb with a block of lines in parentheses
 * (https://go.dev/ref/mod#go-mod-file-lexical). What can't be read as a line is left out and told as a flaw.
 */
export function readModLines(text: string): ModText {
  const reader = new ModLineReader(text);
  for (let start = 0; start < text.length;) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak === -1 ? text.length : lineBreak + 1;
    reader.read(text.slice(start, end), start);
    start = end;
  }
  return reader.finish();
}

/** A quoted text, a sign that stands for itself, a comment, or a word up to one of these (golang.org/x/mod/modfile). */
const WORD = /("(?:\\.|[^"\\])*"|`[^`]*`)|(\/\/.*)|(\/\*)|([()[\]{},])|((?:(?!\/[/*])[^\s()[\]{},])+)/g;

/** `require ()`: Go takes a block on one line where nothing is in it (golang.org/x/mod/modfile). */
function isEmptyBlock(operands: readonly Word[]): boolean {
  const [open, closing, ...more] = operands;
  return open?.text === '(' && closing?.text === ')' && more.length === 0;
}

class ModLineReader {
  readonly #lines: ModLine[] = [];
  readonly #blocks: ModBlock[] = [];
  readonly #flaws: ModFlaw[] = [];
  /** The verb of the block that is open. */
  #block: Word | null = null;

  constructor(text: string) {
    // Alone of all of Go's files it may not begin with one.
    if (text.startsWith('\ufeff')) this.#reject('a byte order mark', 0);
  }

  read(line: string, start: number): void {
    const content = line.replace(/^\ufeff/, (mark) => ' '.repeat(mark.length));
    const { words, comment } = this.#wordsOf(content, start);
    const [first, ...operands] = words;
    if (first === undefined) return;
    const span = { start, end: start + line.length };
    if (this.#block !== null) this.#readInBlock(this.#block, words, { comment, span });
    else if (operands.length === 1 && operands[0]?.text === '(') this.#block = first;
    else if (isEmptyBlock(operands)) return;
    else if (words.some(({ text }) => text === '(' || text === ')') && first.text !== 'retract')
      this.#reject(
        'a block has “(” at the end of its first line, and “)” in a line of its own',
        first.span.start,
      );
    else this.#lines.push({ verb: first, words: operands, comment, span, isInBlock: false });
  }

  #readInBlock(verb: Word, words: readonly Word[], line: Pick<ModLine, 'comment' | 'span'>): void {
    if (words.length === 1 && words[0]?.text === ')') {
      this.#blocks.push({ verb: verb.text, closing: line.span.start });
      this.#block = null;
      return;
    }
    this.#lines.push({ verb, words, isInBlock: true, ...line });
  }

  finish(): ModText {
    if (this.#block !== null) this.#reject('a block without “)”', this.#block.span.start);
    return { lines: this.#lines, blocks: this.#blocks, flaws: this.#flaws };
  }

  #wordsOf(line: string, start: number): { readonly words: readonly Word[]; readonly comment: string } {
    const words: Word[] = [];
    for (const { 0: piece, 1: quoted, 2: lineComment, 3: blockComment, index } of line.matchAll(WORD)) {
      const at = start + index;
      if (lineComment !== undefined) return { words, comment: lineComment.slice(2).trim() };
      if (blockComment !== undefined) this.#reject('comments begin with //, not with /*', at);
      if (blockComment !== undefined) return { words: [], comment: '' };
      const text = quoted === undefined ? piece : this.#unquoted(quoted, at);
      const margin = quoted === undefined ? 0 : 1;
      words.push({ text, span: { start: at + margin, end: at + piece.length - margin } });
    }
    return { words, comment: '' };
  }

  /** Double quotation marks alone are accepted, though the reference has others. */
  #unquoted(quoted: string, at: number): string {
    if (quoted.startsWith('`')) this.#reject('Go takes no backquotes here, but double quotation marks', at);
    const inner = quoted.slice(1, -1);
    return escapedText(inner) ?? inner;
  }

  #reject(message: string, offset: number): void {
    this.#flaws.push({ message, offset });
  }
}
