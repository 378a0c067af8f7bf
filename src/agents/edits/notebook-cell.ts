import type { CellEdit } from '../protocols/event.ts';
import { isObject, objectIn } from '../protocols/read-event.ts';

/**
 * @param notebook The text of an `.ipynb` file.
 * @returns The text with one cell replaced, put in or taken out; null where there is no such cell, or no notebook.
 */
export function withCell(notebook: string, { id, mode, type, source }: CellEdit): string | null {
  const document = objectIn(notebook);
  const cells = document?.['cells'];
  if (document === null || !Array.isArray(cells)) return null;
  const objects = cells.filter(isObject);
  if (objects.length !== cells.length) return null;
  const at = id === null ? -1 : indexOf(objects, id);
  if (mode === 'insert') {
    const cell = { cell_type: type ?? 'code', metadata: {}, source };
    return JSON.stringify({ ...document, cells: objects.toSpliced(at + 1, 0, cell) });
  }
  const old = objects[at];
  if (old === undefined) return null;
  const replaced = { ...old, ...(type !== null && { cell_type: type }), source };
  return JSON.stringify({
    ...document,
    cells: objects.toSpliced(at, 1, ...(mode === 'delete' ? [] : [replaced])),
  });
}

/** By the id that the notebook gives it, else by its number: `cell-3`. */
function indexOf(cells: readonly Readonly<Record<string, unknown>>[], id: string): number {
  const at = cells.findIndex((cell) => cell['id'] === id);
  const number = /^(?:cell-)?(\d+)$/.exec(id)?.[1];
  return at >= 0 || number === undefined ? at : Number(number);
}
