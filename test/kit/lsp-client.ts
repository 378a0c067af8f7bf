import { readFileSync, writeFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeNotebookDocumentNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseNotebookDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenNotebookDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveNotebookDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  Message,
  NotebookCellKind,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  UnregistrationRequest,
  WorkDoneProgressCreateRequest,
  type ApplyWorkspaceEditParams,
  type ApplyWorkspaceEditResult,
  type ClientCapabilities,
  type CodeAction,
  type Command,
  type DataCallback,
  type Diagnostic,
  type Disposable,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type MessageActionItem,
  type LSPObject,
  type NotebookCell,
  type NotebookDocumentChangeEvent,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type RequestMessage,
  type NotificationMessage,
  type ShowMessageRequestParams,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Settings by section, as `workspace/configuration` asks for them. */
export type Settings = Readonly<Record<string, unknown>>;

/** What an editor says of itself, and how its user answers. */
export interface ClientOptions {
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** What it can besides what most editors can; a part of `textDocument` that is named replaces what they can there. */
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: Settings;
  /** What it says besides, or in place of what others say. */
  readonly params?: Partial<InitializeParams>;
  /** What `workspace/configuration` is answered with, by section. */
  readonly settings?: Settings | Promise<Settings>;
  /** Which of the offered answers the user takes; none, if left out. */
  readonly answer?: (question: ShowMessageRequestParams) => MessageActionItem | null;
}

/** What most editors can: of Neovim, VS Code and Emacs all but the oldest. */
const usual: NonNullable<ClientCapabilities['textDocument']> = {
  codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
  publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
};

/** A request or a notification of the server, in the order in which they came. */
export interface ServerMessage {
  readonly kind: 'request' | 'notification';
  readonly method: string;
  readonly params: unknown;
}

/** A cell of a notebook that is opened: its kind is that of its language. */
export interface CellText {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  readonly metadata?: LSPObject;
}

/** A notebook as the editor holds it. */
interface Notebook {
  version: number;
  cells: NotebookCell[];
}

/**
 * An editor as the server sees it: the client's side of the protocol over two streams. It keeps the open texts, carries
 * out edits as editors do, and records every message of the server.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
 */
export class LanguageClient {
  readonly connection: ProtocolConnection;
  readonly received: ServerMessage[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  readonly #options: ClientOptions;
  readonly #texts = new Map<string, TextDocument>();
  readonly #notebooks = new Map<string, Notebook>();
  #settings: Settings | Promise<Settings>;
  #waiting: (() => void)[] = [];

  /** @param input What the server writes. @param output What it reads. */
  protected constructor(input: Readable, output: Writable, options: ClientOptions) {
    this.#options = options;
    this.#settings = options.settings ?? {};
    const reader = new RecordingReader(input, (message) => {
      this.#record(message);
    });
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(output));
    this.#listen();
    this.connection.listen();
  }

  /** Starts a session over the streams of a server that runs. */
  static async connect(
    input: Readable,
    output: Writable,
    options: ClientOptions,
  ): Promise<{ client: LanguageClient; result: InitializeResult }> {
    const client = new LanguageClient(input, output, options);
    return { client, result: await client.initialize() };
  }

  protected async initialize(): Promise<InitializeResult> {
    const { folders, capabilities = {}, initializationOptions, params } = this.#options;
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol requires the key
      rootUri: null,
      capabilities: { ...capabilities, textDocument: { ...usual, ...capabilities.textDocument } },
      ...(initializationOptions === undefined ? {} : { initializationOptions }),
      workspaceFolders: folders.map((folder) => ({ uri: uri(folder), name: path.basename(folder) })),
      ...params,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      this.#wake();
    });
    connection.onRequest(RegistrationRequest.type, () => undefined);
    connection.onRequest(UnregistrationRequest.type, () => undefined);
    connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
    connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
    connection.onRequest(ShowMessageRequest.type, (question) => this.#options.answer?.(question) ?? null);
    connection.onRequest(ConfigurationRequest.type, async ({ items }) => {
      const settings = await this.#settings;
      return items.map(({ section = '' }) => settings[section] ?? null);
    });
    connection.onRequest(ApplyWorkspaceEditRequest.type, (params) => this.#apply(params));
  }

  #record(message: Message): void {
    if (!Message.isRequest(message) && !Message.isNotification(message)) return;
    const { method, params }: RequestMessage | NotificationMessage = message;
    this.received.push({ kind: Message.isRequest(message) ? 'request' : 'notification', method, params });
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** @returns What the server sent by one method, in order. */
  sent(method: string): readonly unknown[] {
    return this.received.filter((message) => message.method === method).map(({ params }) => params);
  }

  /** Waits until a question has an answer; it is asked again after each message. The test's time limit ends the wait. */
  async until<Answer>(question: () => Answer | undefined): Promise<Answer> {
    for (;;) {
      const answer = question();
      if (answer !== undefined) return answer;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Waits until what is published about a text fits. */
  diagnostics(where: string, fits: (found: PublishDiagnosticsParams) => boolean): Promise<Diagnostic[]> {
    return this.until(() => {
      const found = this.published.findLast((one) => one.uri === where);
      return found && fits(found) ? found.diagnostics : undefined;
    });
  }

  async open(where: string, text: string, languageId = 'python'): Promise<void> {
    this.#texts.set(where, TextDocument.create(where, languageId, 1, text));
    const textDocument = { uri: where, languageId, version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Replaces the whole text. @returns The new version. */
  type(where: string, text: string): Promise<number> {
    return this.#change(where, [{ text }]);
  }

  /** Replaces the text between two positions. @returns The new version. */
  edit(where: string, range: Range, text: string): Promise<number> {
    return this.#change(where, [{ range, text }]);
  }

  async #change(where: string, contentChanges: ({ text: string } | { range: Range; text: string })[]) {
    const before = this.#texts.get(where);
    const version = (before?.version ?? 0) + 1;
    if (before) this.#texts.set(where, TextDocument.update(before, contentChanges, version));
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: where, version },
      contentChanges,
    });
    return version;
  }

  /** @returns What is open under a URI. */
  text(where: string): string | undefined {
    return this.#texts.get(where)?.getText();
  }

  /** @returns The version of what is open under a URI. */
  version(where: string): number | undefined {
    return this.#texts.get(where)?.version;
  }

  /** Says that a text was saved; that it is on disk is up to the test. */
  async save(where: string): Promise<void> {
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: where },
    });
  }

  async close(where: string): Promise<void> {
    this.#texts.delete(where);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: where },
    });
  }

  /** Says that files on disk changed, as an editor does that watches them. */
  async watched(changes: Readonly<Record<string, keyof typeof changeTypes>>): Promise<void> {
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: Object.entries(changes).map(([where, kind]) => ({ uri: where, type: changeTypes[kind] })),
    });
  }

  /** The user changes the settings; servers that want to know ask for them. */
  async configure(settings: Settings): Promise<void> {
    this.#settings = settings;
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  }

  /** @param metadata Of the notebook, as the editor has it. */
  async openNotebook(where: string, cells: readonly CellText[], metadata?: LSPObject): Promise<void> {
    const notebook = { version: 1, cells: cells.map(cellOf) };
    this.#notebooks.set(where, notebook);
    await this.connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: {
        uri: where,
        notebookType: 'jupyter-notebook',
        ...notebook,
        ...(metadata === undefined ? {} : { metadata }),
      },
      cellTextDocuments: cells.map((cell) => this.#openCell(cell)),
    });
  }

  /** Tells of a change as it is given, whatever it says, and carries it out on what is open as far as it can be. */
  async changeNotebook(where: string, change: NotebookDocumentChangeEvent): Promise<void> {
    const notebook = this.#notebooks.get(where) ?? { version: 1, cells: [] };
    notebook.version += 1;
    const { structure, data = [], textContent = [] } = change.cells ?? {};
    if (structure) {
      const { start, deleteCount, cells = [] } = structure.array;
      notebook.cells.splice(start, deleteCount, ...cells);
      for (const { uri: cell } of structure.didClose ?? []) this.#texts.delete(cell);
      for (const { uri: cell, languageId, version, text } of structure.didOpen ?? [])
        this.#texts.set(cell, TextDocument.create(cell, languageId, version, text));
    }
    const changed = new Map(data.map((cell) => [cell.document, cell]));
    notebook.cells = notebook.cells.map((cell) => changed.get(cell.document) ?? cell);
    for (const { document, changes } of textContent) {
      const before = this.#texts.get(document.uri);
      if (before) this.#texts.set(document.uri, TextDocument.update(before, changes, document.version));
    }
    await this.connection.sendNotification(DidChangeNotebookDocumentNotification.type, {
      notebookDocument: { uri: where, version: notebook.version },
      change,
    });
  }

  /** Puts cells in the place of others. */
  async replaceCells(
    where: string,
    { start, deleteCount }: { readonly start: number; readonly deleteCount: number },
    cells: readonly CellText[] = [],
  ): Promise<void> {
    const before = this.#notebooks.get(where)?.cells ?? [];
    const gone = before.slice(start, start + deleteCount).map(({ document }) => ({ uri: document }));
    const didOpen = cells.map((cell) => this.#openCell(cell));
    const array = { start, deleteCount, cells: cells.map(cellOf) };
    await this.changeNotebook(where, { cells: { structure: { array, didOpen, didClose: gone } } });
  }

  /** @returns The cells of a notebook, in their order. */
  cellsOf(where: string): readonly NotebookCell[] {
    return this.#notebooks.get(where)?.cells ?? [];
  }

  /** Replaces the text of a cell. */
  async typeInCell(where: string, cell: string, text: string): Promise<void> {
    const version = (this.#texts.get(cell)?.version ?? 0) + 1;
    const textContent = [{ document: { uri: cell, version }, changes: [{ text }] }];
    await this.changeNotebook(where, { cells: { textContent } });
  }

  /** Says that a notebook was saved; that it is on disk is up to the test. */
  async saveNotebook(where: string): Promise<void> {
    await this.connection.sendNotification(DidSaveNotebookDocumentNotification.type, {
      notebookDocument: { uri: where },
    });
  }

  async closeNotebook(where: string): Promise<void> {
    const cells = this.#notebooks.get(where)?.cells ?? [];
    this.#notebooks.delete(where);
    for (const { document } of cells) this.#texts.delete(document);
    await this.connection.sendNotification(DidCloseNotebookDocumentNotification.type, {
      notebookDocument: { uri: where },
      cellTextDocuments: cells.map(({ document }) => ({ uri: document })),
    });
  }

  #openCell({ uri: cell, languageId, text }: CellText) {
    this.#texts.set(cell, TextDocument.create(cell, languageId, 1, text));
    return { uri: cell, languageId, version: 1, text };
  }

  hover(where: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: where }, position });
  }

  /** @param range A range, or a position alone. @param only The kinds that are asked for; all, if left out. */
  async actions(
    where: string,
    range: Range | Position,
    { diagnostics = [], only }: { diagnostics?: Diagnostic[]; only?: string[] } = {},
  ): Promise<(CodeAction | Command)[]> {
    const found = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: where },
      range: 'start' in range ? range : { start: range, end: range },
      context: { diagnostics, ...(only === undefined ? {} : { only }) },
    });
    return found ?? [];
  }

  execute(command: string, values: unknown[]): Promise<unknown> {
    return this.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: values });
  }

  /** Pulls the diagnostics of a text. */
  async pull(where: string): Promise<Diagnostic[]> {
    const textDocument = { uri: where };
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    return report.kind === 'full' ? report.items : [];
  }

  /** Takes an action that is an edit. @returns What the editor says of it. */
  take({ edit }: CodeAction): Promise<ApplyWorkspaceEditResult> {
    return this.#apply({ edit: edit ?? {} });
  }

  /** Carries out an edit as a whole: on open texts as if it was typed, on others on disk; none of an older version. */
  async #apply({ edit }: ApplyWorkspaceEditParams): Promise<ApplyWorkspaceEditResult> {
    const changes: { where: string; version: number | null; edits: TextEdit[] }[] = [];
    for (const [where, edits] of Object.entries(edit.changes ?? {}))
      changes.push({ where, version: null, edits });
    for (const change of edit.documentChanges ?? []) {
      if (!('textDocument' in change)) return { applied: false, failureReason: `no ${change.kind} here` };
      const edits = change.edits.filter((one): one is TextEdit => 'newText' in one);
      changes.push({ where: change.textDocument.uri, version: change.textDocument.version, edits });
    }
    const isOld = ({ where, version }: { where: string; version: number | null }) =>
      version !== null && this.#texts.get(where)?.version !== version;
    if (changes.some(isOld)) return { applied: false, failureReason: 'the text has changed' };
    for (const { where, edits } of changes) await this.#applyTo(where, edits);
    return { applied: true };
  }

  async #applyTo(where: string, edits: TextEdit[]): Promise<void> {
    const open = this.#texts.get(where);
    const notebook = [...this.#notebooks].find(([, { cells }]) =>
      cells.some(({ document }) => document === where),
    );
    if (open && notebook) await this.typeInCell(notebook[0], where, TextDocument.applyEdits(open, edits));
    else if (open) await this.type(where, TextDocument.applyEdits(open, edits));
    else {
      const file = fileURLToPath(where);
      const saved = TextDocument.create(where, '', 0, readFileSync(file, 'utf8'));
      writeFileSync(file, TextDocument.applyEdits(saved, edits));
    }
  }

  /** Ends the session as editors do. */
  async shutdown(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    this.dispose();
  }

  dispose(): void {
    this.connection.dispose();
  }
}

const changeTypes: Readonly<Record<'created' | 'changed' | 'deleted', FileChangeType>> = {
  created: FileChangeType.Created,
  changed: FileChangeType.Changed,
  deleted: FileChangeType.Deleted,
};

class RecordingReader extends StreamMessageReader {
  readonly #record: (message: Message) => void;

  constructor(input: Readable, record: (message: Message) => void) {
    super(input);
    this.#record = record;
  }

  override listen(handle: DataCallback): Disposable {
    return super.listen((message) => {
      this.#record(message);
      handle(message);
    });
  }
}

function cellOf({ uri: document, languageId, metadata }: CellText): NotebookCell {
  const kind = languageId === 'markdown' ? NotebookCellKind.Markup : NotebookCellKind.Code;
  return { kind, document, ...(metadata === undefined ? {} : { metadata }) };
}

/** A file's URI as editors write it. */
export function uri(...parts: readonly string[]): string {
  return pathToFileURL(path.join(...parts)).href;
}
