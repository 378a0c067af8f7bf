import type { Level, Slot } from './layout.ts';
import { columnOf, lineEnd, lineStart, nextLine, type TextEdit } from '../text/text-edit.ts';

/** A key to add, with its value on one line or with keys of its own. */
export interface Addition {
  readonly name: string;
  /** The name as it is written. */
  readonly key: string;
  readonly value: string | readonly Addition[];
}

/** How lines of this file are written. */
export interface Style {
  readonly eol: string;
  /** Spaces by which a level is indented under the one above. */
  readonly step: number;
}

/** Where a new key belongs among those that are there: before the first that `precedes` answers for. */
export type Order = (slots: readonly Slot[], name: string) => number;

/** A map to add to: its own layout, the key that holds it (null for the file itself), and its nesting. */
interface Target {
  readonly level: Level;
  readonly parent: Slot | null;
  readonly inBraces: boolean;
}

/**
 * Adds keys to the maps of a file. Every new line goes directly behind the line of the key before it, so
 * that the comments above a key stay above it.
 *
 * @param orders How keys are ordered on each level, from the outermost.
 */
export class Inserter {
  readonly splices: TextEdit[] = [];
  readonly #text: string;
  readonly #style: Style;
  readonly #orders: readonly Order[];

  constructor(text: string, style: Style, orders: readonly Order[]) {
    this.#text = text;
    this.#style = style;
    this.#orders = orders;
  }

  add(root: Level, additions: readonly Addition[]): void {
    this.#into({ level: root, parent: null, inBraces: false }, additions, 0);
  }

  #into(target: Target, additions: readonly Addition[], depth: number): void {
    const { level, inBraces } = target;
    const slots = level.kind === 'block' || level.kind === 'flow' ? level.slots : [];
    const fresh: Addition[] = [];
    for (const addition of additions) {
      const existingSlot = slots.findLast(({ key }) => key === addition.name);
      if (existingSlot === undefined || typeof addition.value === 'string') fresh.push(addition);
      else {
        const inner = {
          level: existingSlot.value,
          parent: existingSlot,
          inBraces: inBraces || level.kind === 'flow',
        };
        this.#into(inner, addition.value, depth + 1);
      }
    }
    if (fresh.length === 0) return;
    if (level.kind === 'block') this.#between(target, fresh, depth);
    else if (level.kind === 'flow' && (slots.length > 0 || inBraces || this.#spreads(level))) {
      this.#betweenBraces(level, fresh, depth);
    } else this.#below(target, fresh);
  }

  #spreads({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.#text.slice(start, end).includes('\n');
  }

  /** Into a block map that has keys. */
  #between({ level, parent }: Target, fresh: readonly Addition[], depth: number): void {
    if (level.kind !== 'block') return;
    const { slots } = level;
    const column = columnOf(this.#text, slots[0]?.start ?? 0);
    for (const addition of fresh) {
      const index = this.#orders[depth]?.(slots, addition.name) ?? slots.length;
      const previousSlot = slots[index - 1];
      const lines = this.#lines([addition], column);
      if (previousSlot !== undefined) this.#behind(this.#pastComments(previousSlot.end, column), lines);
      else if (parent !== null) this.#behind(parent.colon, lines);
      else this.#before(slots[0]?.start ?? 0, lines);
    }
  }

  #behind(offset: number, lines: readonly string[]): void {
    const at = lineEnd(this.#text, offset);
    const { eol } = this.#style;
    this.splices.push({ start: at, end: at, text: lines.map((line) => eol + line).join('') });
  }

  /** Before the first key of the file: above the comment that stands directly on it, below the file's own. */
  #before(offset: number, lines: readonly string[]): void {
    const keyLineStart = lineStart(this.#text, offset);
    let at = keyLineStart;
    while (at > 0 && this.#isComment(lineStart(this.#text, at - 1))) at = lineStart(this.#text, at - 1);
    if (at === 0) at = keyLineStart;
    const { eol } = this.#style;
    this.splices.push({ start: at, end: at, text: lines.map((line) => line + eol).join('') });
  }

  /** @returns An offset on the last of the comment lines that follow and are indented more deeply. */
  #pastComments(offset: number, column: number): number {
    let last = offset;
    for (;;) {
      const next = nextLine(this.#text, last);
      if (next >= this.#text.length || !this.#isComment(next)) return last;
      const hash = this.#text.indexOf('#', next);
      if (columnOf(this.#text, hash) <= column) return last;
      last = hash;
    }
  }

  #isComment(start: number): boolean {
    return /^ *#/.test(this.#text.slice(start, lineEnd(this.#text, start)));
  }

  #betweenBraces(level: Extract<Level, { slots: unknown }>, fresh: readonly Addition[], depth: number): void {
    const { slots, start } = level;
    const order = this.#orders[depth];
    const first: string[] = [];
    for (const addition of fresh) {
      const text = braced(addition);
      const nextSlot = slots[order?.(slots, addition.name) ?? slots.length];
      const last = slots.at(-1);
      if (nextSlot !== undefined)
        this.splices.push({ start: nextSlot.start, end: nextSlot.start, text: `${text}, ` });
      else if (last !== undefined) this.splices.push({ start: last.end, end: last.end, text: `, ${text}` });
      else first.push(text);
    }
    if (first.length === 0) return;
    const gap = /^[}\s]/.test(this.#text.slice(start + 1)) ? ' ' : '';
    this.splices.push({ start: start + 1, end: start + 1, text: ` ${first.join(', ')}${gap}` });
  }

  /** Below a key that holds nothing or `{}`, or at the end of a file without keys. */
  #below({ level, parent, inBraces }: Target, fresh: readonly Addition[]): void {
    if (parent === null) {
      const lines = this.#lines(fresh, 0).map((line) => line + this.#style.eol);
      const whole = this.#text !== '' && !this.#text.endsWith('\n') ? this.#style.eol : '';
      const [start, end] = level.kind === 'flow' ? [level.start, level.end] : [Infinity, Infinity];
      const at = Math.min(start, this.#text.length);
      const text = level.kind === 'flow' ? lines.join('').trimEnd() : whole + lines.join('');
      this.splices.push({ start: at, end: Math.min(end, this.#text.length), text });
    } else if (inBraces) {
      const text = ` { ${fresh.map(braced).join(', ')} }`;
      this.splices.push({ start: parent.colon, end: parent.end, text });
    } else {
      if (parent.end > parent.colon) this.splices.push({ start: parent.colon, end: parent.end, text: '' });
      this.#behind(parent.end, this.#lines(fresh, columnOf(this.#text, parent.start) + this.#style.step));
    }
  }

  #lines(additions: readonly Addition[], column: number): string[] {
    return additions.flatMap(({ key, value }) => {
      const head = `${' '.repeat(column)}${key}:`;
      if (typeof value === 'string') return [`${head} ${value}`];
      return [head, ...this.#lines(value, column + this.#style.step)];
    });
  }
}

function braced({ key, value }: Addition): string {
  return typeof value === 'string' ? `${key}: ${value}` : `${key}: { ${value.map(braced).join(', ')} }`;
}
