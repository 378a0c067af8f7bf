import { readNotebook, type NotebookCell } from '../documents/notebook.ts';
import type { Contained, SynchronousContainer, Segment } from '../model/language.ts';
import { programNamed, usualProgram } from './notebook-languages.ts';

/**
 * Jupyter notebooks: each code cell is a segment. The kernel decides what the cells hold, by the names that each language
 * has in notebooks: the usual one where nothing is said, and for kernels of other languages what a cell says of itself.
 */
export const notebook: SynchronousContainer = { id: 'notebook', contents };

function contents(text: string): Contained {
  const { cells, kernel, broken } = readNotebook(text);
  return { segments: cells.flatMap((cell) => segmentOf(cell, kernel)), broken };
}

function segmentOf({ number, text, language }: NotebookCell, kernel: string | null): readonly Segment[] {
  const program = kernel === null ? usualProgram() : (programNamed(kernel) ?? programNamed(language ?? ''));
  return program === undefined ? [] : [{ ...program, text, at: { kind: 'cell', cell: number } }];
}
