import type { Diagnostic } from 'vscode-languageserver';
import { inText, startOfText, type PlacedDiagnostic } from './diagnostics.ts';
import type { NotebookCells } from './notebook.ts';

/** What an editor shows of a text under one URI: of a file all of it, of a notebook a cell. */
export interface View {
  readonly uri: string;
  readonly version: number;
  readonly diagnostics: Diagnostic[];
}

/** @returns The diagnostics of a text as they are told to the editor: of a notebook by its cells, each in its own text. */
export function viewsOf(
  {
    uri,
    version,
    cells,
  }: Omit<View, 'diagnostics'> & { readonly cells: Pick<NotebookCells, 'documents' | 'first'> | undefined },
  placed: readonly PlacedDiagnostic[],
): readonly View[] {
  if (cells === undefined) return [{ uri, version, diagnostics: inText(placed) }];
  const { documents, first } = cells;
  const views = new Map<string, View>(
    documents.map((document) => [document.uri, { ...document, diagnostics: [] }]),
  );
  for (const { cell, diagnostic } of placed) {
    const view = views.get(documents[(cell ?? first) - 1]?.uri ?? '');
    view?.diagnostics.push(cell === null ? { ...diagnostic, range: startOfText } : diagnostic);
  }
  return [...views.values()];
}
