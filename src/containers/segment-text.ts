import type { PlacedText } from '../documents/value-places.ts';
import { ecosystems } from '../ecosystems/index.ts';
import type { Segment, SegmentPiece } from '../model/language.ts';
import type { Span } from '../model/text.ts';
import { indexFrom, spanInFile } from '../text/segment-span.ts';
import { SH, type ProgramKind } from './interpreters.ts';

/** Puts the text of a segment together from parts of a file, and from what only belongs between them. */
export class SegmentText {
  readonly #pieces: SegmentPiece[] = [];
  /** Joined once, as a text that is read while it grows is copied each time. */
  readonly #parts: string[] = [];
  #length = 0;

  get isEmpty(): boolean {
    return this.#parts.every((part) => part.trim() === '');
  }

  /** Adds what stands nowhere in the file. */
  add(text: string): this {
    if (text !== '') this.#parts.push(text);
    this.#length += text.length;
    return this;
  }

  place({ text, pieces }: PlacedText): this {
    for (const piece of pieces)
      this.#pieces.push({ ...piece, start: piece.start + this.#length, end: piece.end + this.#length });
    return this.add(text);
  }

  /** Adds a word as a shell takes it, behind a blank where there are some already. Variables in it stay what they are. */
  word(placed: PlacedText): this {
    const last = this.#parts.at(-1);
    if (last !== undefined && !/\s/.test(last.slice(-1))) this.add(' ');
    return this.#quoted(placed);
  }

  /** Adds a variable that is set for what follows, on a line of its own or before a command. */
  assignment({ name, value }: Setting, end: '\n' | ' '): this {
    return this.add(`${name}=`).#quoted(value).add(end);
  }

  #quoted({ text, pieces }: PlacedText): this {
    if (/^[\w@%+=:,./-]+$/.test(text)) return this.place({ text, pieces });
    this.add('"');
    let from = 0;
    for (const { index } of text.matchAll(/["\\`]/g)) {
      this.place(partOf({ text, pieces }, { start: from, end: index })).add('\\');
      from = index;
    }
    return this.place(partOf({ text, pieces }, { start: from, end: text.length })).add('"');
  }

  placed(): PlacedText {
    return { text: this.#parts.join(''), pieces: this.#pieces };
  }

  /** Whatever runs it fills in what it likes, and may be another shell than the file tells: a rejection is nobody's mistake. */
  segment(kind: ProgramKind): Segment {
    return {
      ...kind,
      text: this.#parts.join(''),
      at: { kind: 'pieces', pieces: this.#pieces },
      template: true,
    };
  }
}

/** A variable that is set, and its value. */
export interface Setting {
  readonly name: string;
  readonly value: PlacedText;
}

/** @returns The settings that may say where packages come from; thousands of others only make a text longer. Of one name, the last. */
export function sourceSettings(settings: readonly Setting[]): readonly Setting[] {
  const byName = new Map(
    settings.filter(({ name }) => saysSource(name)).map((setting) => [setting.name, setting]),
  );
  return [...byName.values()];
}

function saysSource(name: string): boolean {
  return ecosystems.some(({ installCommands }) => installCommands?.variables.test(name) === true);
}

/**
 * @param settings Of a file, whose commands are in the segments.
 * @returns A segment that sets what no command of the file has, which holds for commands elsewhere; none where all have a part.
 */
export function otherSettings(
  settings: readonly Setting[],
  segments: readonly Segment[],
): readonly Segment[] {
  const places = new Set(
    segments.flatMap(({ at }) => (at.kind === 'pieces' ? at.pieces : [])).map(({ at }) => at),
  );
  const remaining = settings.filter(({ value }) => {
    const [first] = value.pieces;
    return first !== undefined && !places.has(first.at);
  });
  if (remaining.length === 0) return [];
  const segment = new SegmentText();
  for (const setting of remaining) segment.assignment(setting, '\n');
  return [segment.segment(SH)];
}

/** @returns A part of a text. */
export function partOf({ text, pieces }: PlacedText, { start, end }: Span): PlacedText {
  return { text: text.slice(start, end), pieces: cut(pieces, { start, end }) };
}

function cut(pieces: readonly SegmentPiece[], { start, end }: Span): readonly SegmentPiece[] {
  const parts: SegmentPiece[] = [];
  for (let index = indexFrom(pieces, start); index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.start >= end) break;
    const from = Math.max(start, piece.start);
    const moved = { start: from - start, end: Math.min(end, piece.end) - start };
    const { at, atEnd } = piece;
    parts.push(atEnd === undefined ? { ...moved, at: at + from - piece.start } : { ...moved, at, atEnd });
  }
  return parts;
}

/**
 * @param inner A text whose pieces stand in another one. @param outer Where that one stands in the file.
 * @returns The text, with pieces that stand in the file.
 */
export function within({ text, pieces }: PlacedText, outer: readonly SegmentPiece[]): PlacedText {
  const placed = pieces.flatMap(({ start, end, at, atEnd }) => {
    if (atEnd !== undefined) {
      const span = spanInFile({ kind: 'pieces', pieces: outer }, { start: at, end: atEnd });
      return { start, end, at: span.start, atEnd: span.end };
    }
    return cut(outer, { start: at, end: at + end - start }).map((piece) => ({
      ...piece,
      start: piece.start + start,
      end: piece.end + start,
    }));
  });
  return { text, pieces: placed };
}

/** @param segment Of a text that stands in a file. @returns The segment's text with pieces that stand in the file. */
export function placedIn({ text, at }: Segment, { pieces: outer }: PlacedText): PlacedText {
  if (at.kind === 'cell') return { text, pieces: [] };
  const pieces = at.kind === 'pieces' ? at.pieces : [{ start: 0, end: text.length, at: at.start }];
  return within({ text, pieces }, outer);
}

/** @returns A segment of what stands in a file as it is; none for blanks. */
export function verbatimSegment(source: string, { start, end }: Span, kind: ProgramKind): readonly Segment[] {
  const text = source.slice(start, end);
  return text.trim() === '' ? [] : [{ ...kind, text, at: { kind: 'offset', start } }];
}
