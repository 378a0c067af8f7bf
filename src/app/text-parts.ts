import type { Place } from '../model/text.ts';
import { LineIndex } from '../text/lines.ts';
import { applySplices, type TextEdit } from '../text/text-edit.ts';

/** The code cells of a notebook, where somebody holds them apart, so that each can be edited by itself. */
export interface CellTexts {
  /** By the numbers of their cells, as places have them. */
  readonly texts: ReadonlyMap<number, string>;
  /** @returns The whole file, were these the texts of some cells. */
  fileWith(texts: ReadonlyMap<number, string>): string;
}

/** A text that places count in: that of a file, or of a cell of a notebook. */
export interface TextPart {
  readonly text: string;
  readonly lines: LineIndex;
}

/** An edit at a place of a file, with offsets into the text that the place counts in. */
export interface PlacedEdit extends TextEdit {
  readonly place: Place;
}

/** The texts of a file that can be edited: its own, and those of its cells, where they are held apart. */
export class TextParts {
  readonly #text: string;
  readonly #cells: CellTexts | undefined;
  readonly #parts = new Map<Place['cell'], TextPart>();

  constructor({ text, cells }: { readonly text: string; readonly cells?: CellTexts | undefined }) {
    this.#text = text;
    this.#cells = cells;
  }

  /** @returns The text that a place counts in; undefined for a cell that can't be edited by itself. */
  at({ cell }: Pick<Place, 'cell'>): TextPart | undefined {
    const cached = this.#parts.get(cell);
    if (cached) return cached;
    const text = cell === null ? this.#text : this.#cells?.texts.get(cell);
    if (text === undefined) return undefined;
    const part = { text, lines: new LineIndex(text) };
    this.#parts.set(cell, part);
    return part;
  }

  /** @returns The texts of the whole program that a place belongs to: the cells of a notebook are one. */
  programAt({ cell }: Pick<Place, 'cell'>): readonly string[] {
    return cell === null || this.#cells === undefined ? [this.#text] : [...this.#cells.texts.values()];
  }

  /** @returns The text of the file after edits. */
  edited(edits: readonly PlacedEdit[]): string {
    const editedText = (text: string, part: Place['cell']) =>
      applySplices(
        text,
        edits.filter(({ place }) => place.cell === part),
      );
    if (this.#cells === undefined) return editedText(this.#text, null);
    const texts = [...this.#cells.texts].map(([cell, text]) => [cell, editedText(text, cell)] as const);
    return this.#cells.fileWith(new Map(texts));
  }
}

/** @returns What tells an edit from all others of a file. */
export function editKey({ place, start }: Pick<PlacedEdit, 'place' | 'start'>): string {
  return `${String(place.cell)}:${String(start)}`;
}
