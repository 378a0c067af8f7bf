import { readNotebook, type NotebookCell } from '../documents/notebook.ts';
import { JAVASCRIPT, kernelDialect as javascriptDialect } from '../languages/javascript/dialects.ts';
import { isPythonCell, kernelDialect as pythonDialect, PYTHON } from '../languages/python/dialects.ts';
import type { Contained, SynchronousContainer, Segment } from '../model/language.ts';

/**
 * Jupyter notebooks: each code cell is a segment. The kernel decides what the cells hold: Python where nothing is said,
 * JavaScript and TypeScript for kernels such as Deno's, and for the others what a cell says of itself.
 */
export const notebook: SynchronousContainer = { id: 'notebook', contents };

function contents(text: string): Contained {
  const { cells, kernel, broken } = readNotebook(text);
  return { segments: cells.flatMap((cell) => segmentOf(cell, kernel)), broken };
}

function segmentOf({ number, text, language }: NotebookCell, kernel: string | null): readonly Segment[] {
  const at = { kind: 'cell', cell: number } as const;
  const ofKernel = javascriptDialect(kernel ?? '');
  if (ofKernel === undefined && isPythonCell(kernel, language))
    return [{ language: PYTHON, dialect: pythonDialect(PYTHON) ?? '', text, at }];
  const dialect = ofKernel ?? javascriptDialect(language ?? '');
  return dialect === undefined ? [] : [{ language: JAVASCRIPT, dialect, text, at }];
}
