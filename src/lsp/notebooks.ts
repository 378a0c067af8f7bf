import type {
  DidChangeNotebookDocumentParams,
  DidOpenNotebookDocumentParams,
  NotebookDocumentSyncOptions,
} from 'vscode-languageserver';
import { NOTEBOOK } from './editor-language.ts';
import { OpenNotebook, type ShownText } from './notebook.ts';

/**
 * Notebooks that the server wants to be told of, with all of their cells: those of Markdown count as well. Editors call
 * those of other makers otherwise that are saved in the same form.
 */
export const notebookSync: NotebookDocumentSyncOptions = {
  notebookSelector: [{ notebook: { notebookType: NOTEBOOK } }, { notebook: { pattern: '**/*.ipynb' } }],
  save: true,
};

/** Where something stands that a client names: in a text, and in a cell of it where that is a notebook. */
export interface TextAddress {
  readonly text: string;
  readonly cell: number | null;
}

/** A notebook that was closed. */
export interface ClosedNotebook {
  readonly text: string;
  /** The URIs of its cells. */
  readonly views: readonly string[];
}

/** The notebooks that an editor has open as notebooks, by URI. */
export class Notebooks {
  readonly #open = new Map<string, OpenNotebook>();
  #revision = 0;

  get(uri: string): ShownText | undefined {
    return this.#open.get(uri)?.text;
  }

  all(): readonly ShownText[] {
    return [...this.#open.values()].map(({ text }) => text);
  }

  /** @returns null for what is neither an open notebook nor a cell of one. */
  addressOf(uri: string): TextAddress | null {
    if (this.#open.has(uri)) return { text: uri, cell: null };
    for (const [text, notebook] of this.#open) {
      const cell = notebook.numberOf(uri);
      if (cell !== undefined) return { text, cell };
    }
    return null;
  }

  /** @returns The cells of a notebook that was open under the same URI and that are gone. */
  open(params: DidOpenNotebookDocumentParams): readonly string[] {
    const { uri } = params.notebookDocument;
    const previous = this.#open.get(uri);
    const notebook = new OpenNotebook(params, ++this.#revision);
    this.#open.set(uri, notebook);
    return goneOf(previous?.views ?? [], notebook);
  }

  /** @returns The cells that are gone; null for a notebook that is not open. */
  change({ notebookDocument, change }: DidChangeNotebookDocumentParams): readonly string[] | null {
    const notebook = this.#open.get(notebookDocument.uri);
    if (notebook === undefined) return null;
    const { views } = notebook;
    notebook.change(change, ++this.#revision);
    return goneOf(views, notebook);
  }

  /** @returns null for a notebook that is not open. */
  close(uri: string): ClosedNotebook | null {
    const notebook = this.#open.get(uri);
    if (notebook === undefined) return null;
    this.#open.delete(uri);
    return { text: notebook.text.getText(), views: notebook.views };
  }
}

function goneOf(views: readonly string[], notebook: OpenNotebook): readonly string[] {
  return views.filter((uri) => notebook.numberOf(uri) === undefined);
}
