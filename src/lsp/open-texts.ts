import { TextDocuments, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ShownText } from './notebook.ts';
import { Notebooks, type ClosedNotebook, type TextAddress } from './notebooks.ts';

/** The open texts: those of files, and each notebook as one. */
export interface OpenTexts {
  get(uri: string): ShownText | undefined;
  all(): readonly ShownText[];
  /** @returns Where something stands that a client names. */
  addressOf(uri: string): TextAddress;
}

/** Those who are told what happens to open texts. */
export interface TextListener {
  opened(uri: string): void;
  edited(uri: string): void;
  saved(uri: string): void;
  /** @param closed With the URIs under which its diagnostics are shown. */
  closed(uri: string, closed: ClosedNotebook): void;
  /** URIs of cells that are gone: what is shown there has to go. */
  removed(views: readonly string[]): void;
}

/**
 * What the editor has open, as it tells of it. A notebook that is open as such hides a text of the same name, and its
 * cells are no texts of their own.
 */
export class EditorTexts implements OpenTexts {
  readonly #texts = new TextDocuments(TextDocument);
  readonly #notebooks = new Notebooks();
  /** The texts of which the library has told that they are open, and not yet what they hold. */
  readonly #opening = new Set<string>();

  get(uri: string): ShownText | undefined {
    return this.#notebooks.get(uri) ?? (this.#isHidden(uri) ? undefined : this.#texts.get(uri));
  }

  all(): readonly ShownText[] {
    return [...this.#texts.all().filter(({ uri }) => !this.#isHidden(uri)), ...this.#notebooks.all()];
  }

  addressOf(uri: string): TextAddress {
    return this.#notebooks.addressOf(uri) ?? { text: uri, cell: null };
  }

  listen(connection: Connection, listener: TextListener): void {
    this.#listenToTexts(listener);
    this.#listenToNotebooks(connection, listener);
    this.#texts.listen(connection);
  }

  #isHidden(uri: string): boolean {
    return this.#notebooks.addressOf(uri) !== null;
  }

  #listenToTexts(listener: TextListener): void {
    const texts = this.#texts;
    texts.onDidOpen(({ document: { uri } }) => {
      this.#opening.add(uri);
      if (!this.#isHidden(uri)) listener.opened(uri);
    });
    texts.onDidChangeContent(({ document: { uri } }) => {
      const isOpening = this.#opening.delete(uri);
      if (!isOpening && !this.#isHidden(uri)) listener.edited(uri);
    });
    texts.onDidSave(({ document: { uri } }) => {
      if (!this.#isHidden(uri)) listener.saved(uri);
    });
    texts.onDidClose(({ document }) => {
      const { uri } = document;
      if (!this.#isHidden(uri)) listener.closed(uri, { text: document.getText(), views: [uri] });
    });
  }

  #listenToNotebooks(connection: Connection, listener: TextListener): void {
    const notebooks = this.#notebooks;
    const { synchronization } = connection.notebooks;
    synchronization.onDidOpenNotebookDocument((params) => {
      const { uri } = params.notebookDocument;
      const text = this.#isHidden(uri) ? undefined : this.#texts.get(uri)?.getText();
      if (text !== undefined) listener.closed(uri, { text, views: [uri] });
      listener.removed(notebooks.open(params));
      listener.opened(uri);
    });
    synchronization.onDidChangeNotebookDocument((params) => {
      const removedViews = notebooks.change(params);
      if (removedViews === null) return;
      listener.removed(removedViews);
      listener.edited(params.notebookDocument.uri);
    });
    synchronization.onDidSaveNotebookDocument(({ notebookDocument: { uri } }) => {
      if (notebooks.get(uri)) listener.saved(uri);
    });
    synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
      const closed = notebooks.close(uri);
      if (closed === null) return;
      listener.closed(uri, closed);
      if (this.#texts.get(uri)) listener.opened(uri);
    });
  }
}
