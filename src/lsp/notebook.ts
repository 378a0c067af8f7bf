import type {
  DidOpenNotebookDocumentParams,
  NotebookCell,
  NotebookDocumentChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CellTexts } from '../app/text-parts.ts';
import { notebookJson, type CellSource } from '../containers/notebook-json.ts';
import { NOTEBOOK } from './editor-language.ts';

/** The cells of an open notebook at one moment. */
export interface NotebookCells extends CellTexts {
  /** The texts of all cells, in their order: the first one has the number 1. */
  readonly documents: readonly { readonly uri: string; readonly version: number }[];
  /** The number of the cell that shows what belongs to none. */
  readonly first: number;
}

/** An open text; that of a notebook that is open as such tells its cells. */
export interface ShownText extends TextDocument {
  readonly cells?: NotebookCells;
}

/**
 * A notebook that an editor holds as one, and tells of cell by cell.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#notebookDocument_synchronization
 */
export class OpenNotebook {
  readonly #uri: string;
  readonly #documents: Map<string, TextDocument>;
  #metadata: unknown;
  #cells: readonly NotebookCell[];
  #numbers = new Map<string, number>();
  #revision: number;
  #text: ShownText | undefined;

  /** @param revision Tells this state from all others: texts of cells change without one of the notebook. */
  constructor({ notebookDocument, cellTextDocuments }: DidOpenNotebookDocumentParams, revision: number) {
    const { uri, metadata, cells } = notebookDocument;
    this.#uri = uri;
    this.#metadata = metadata;
    this.#cells = cells;
    this.#documents = new Map(cellTextDocuments.map((cell) => [cell.uri, documentOf(cell)]));
    this.#revision = revision;
    this.#count();
  }

  change({ metadata, cells }: NotebookDocumentChangeEvent, revision: number): void {
    this.#revision = revision;
    this.#text = undefined;
    if (metadata !== undefined) this.#metadata = metadata;
    if (cells === undefined) return;
    const { structure, data = [], textContent = [] } = cells;
    if (structure) {
      const { array, didOpen = [], didClose = [] } = structure;
      this.#cells = this.#cells.toSpliced(array.start, array.deleteCount, ...(array.cells ?? []));
      // A cell that gets another language is closed and opened.
      for (const { uri } of didClose) this.#documents.delete(uri);
      for (const cell of didOpen) this.#documents.set(cell.uri, documentOf(cell));
    }
    const changed = new Map(data.map((cell) => [cell.document, cell]));
    this.#cells = this.#cells.map((cell) => changed.get(cell.document) ?? cell);
    for (const { document, changes } of textContent) {
      const text = this.#documents.get(document.uri);
      if (text) TextDocument.update(text, changes, document.version);
    }
    this.#count();
  }

  /** The URIs of the cells. */
  get views(): readonly string[] {
    return [...this.#numbers.keys()];
  }

  /** @returns The number of a cell, counted from 1; undefined for what is none of this notebook. */
  numberOf(uri: string): number | undefined {
    return this.#numbers.get(uri);
  }

  /** The notebook as its file would hold it. */
  get text(): ShownText {
    if (this.#text) return this.#text;
    const metadata = this.#metadata;
    const sources = this.#cells.map((cell) => this.#sourceOf(cell));
    const content = notebookJson(metadata, sources);
    const text = TextDocument.create(this.#uri, NOTEBOOK, this.#revision, content);
    const documents = this.#cells.map(({ document: uri }) => ({
      uri,
      version: this.#documents.get(uri)?.version ?? 0,
    }));
    const cells: NotebookCells = {
      documents,
      first: Math.max(sources.findIndex(isCode), 0) + 1,
      texts: new Map(sources.flatMap((cell, at) => (isCode(cell) ? [[at + 1, cell.text]] : []))),
      fileWith: (texts) =>
        notebookJson(
          metadata,
          sources.map((cell, at) => ({ ...cell, text: texts.get(at + 1) ?? cell.text })),
        ),
    };
    this.#text = Object.assign(text, { cells });
    return this.#text;
  }

  #sourceOf({ kind, document, metadata }: NotebookCell): CellSource {
    const text = this.#documents.get(document);
    const languageId = text?.languageId ?? '';
    const type = kind !== CODE ? 'markdown' : languageId === RAW ? 'raw' : 'code';
    return { type, metadata, languageId, text: text?.getText() ?? '' };
  }

  /** Two cells with one URI have one text: the first one stands for both. */
  #count(): void {
    this.#numbers = new Map(this.#cells.map(({ document }, at) => [document, at + 1] as const).toReversed());
  }
}

/** NotebookCellKind.Code of the protocol. */
const CODE = 2;

/** What VS Code calls the language of a cell whose text is for converters: such a cell is no code in the file. */
const RAW = 'raw';

function isCode({ type }: CellSource): boolean {
  return type === 'code';
}

function documentOf({
  uri,
  languageId,
  version,
  text,
}: DidOpenNotebookDocumentParams['cellTextDocuments'][0]) {
  return TextDocument.create(uri, languageId, version, text);
}
