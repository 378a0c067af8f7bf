import {
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type DocumentDiagnosticReport,
  type ExecuteCommandParams,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type TextDocumentPositionParams,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { commandOf, commands } from './commands.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { actionCapabilitiesOf, EditorDialog } from './editor-dialog.ts';
import { Lifecycle } from './lifecycle.ts';
import { fileOfUri } from './locate.ts';
import { Schedule, type IsCurrent } from './schedule.ts';
import { Session, type SessionOptions } from './session.ts';
import { watchers } from './watch.ts';
import { SETTINGS_NAME } from '../model/tool.ts';

/** Nobody reads a diagnostic in the middle of a word. In milliseconds. */
const TYPING_PAUSE = 300;

/** Files that decide often change together. In milliseconds. */
const SETTLING_PAUSE = 100;

/**
 * A language server on a connection: the same pipeline as `check`, over open texts. While somebody types, local
 * knowledge alone speaks; registries are asked when a text is saved.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
 */
export function serve(connection: Connection, options: SessionOptions): void {
  const server = new Server(connection, options);
  server.listen();
}

class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #lifecycle = new Lifecycle();
  readonly #offline: boolean;
  readonly #session: Session;
  readonly #schedule: Schedule;
  readonly #report: (error: unknown) => void;
  #capabilities: ClientCapabilities = {};
  #client = { pulls: false, watches: false, refreshes: false, folders: false };

  constructor(connection: Connection, options: SessionOptions) {
    this.#connection = connection;
    this.#offline = options.offline;
    this.#session = new Session(this.#documents, options);
    this.#report = (error) => {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    };
    this.#schedule = new Schedule(this.#report);
  }

  listen(): void {
    const connection = this.#connection;
    const lifecycle = this.#lifecycle;
    connection.onInitialize((params) => {
      lifecycle.start();
      return this.#initialize(params);
    });
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(() => {
      lifecycle.end();
      this.#schedule.cancelAll();
    });
    connection.onHover(lifecycle.guarded((params) => this.#hover(params)));
    connection.onCodeAction(lifecycle.guarded((params) => this.#actions(params)));
    connection.onExecuteCommand(
      lifecycle.guarded((params, _token, progress) => this.#execute(params, progress)),
    );
    connection.onDidChangeWatchedFiles(() => {
      this.#recheckAll();
    });
    connection.languages.diagnostics.on(
      lifecycle.guarded(({ textDocument }, token) =>
        this.#pull(textDocument.uri, () => token.isCancellationRequested),
      ),
    );
    this.#listenToDocuments();
    this.#documents.listen(connection);
    connection.listen();
  }

  #listenToDocuments(): void {
    const documents = this.#documents;
    documents.onDidOpen(({ document }) => {
      this.#session.prepare(document.uri).catch(this.#report);
    });
    documents.onDidChangeContent(({ document }) => {
      this.#check(document.uri, this.#session.isFresh(document.uri) ? 0 : TYPING_PAUSE);
      if (this.#session.decides(document.uri)) this.#recheckAll(document.uri);
    });
    documents.onDidSave(({ document }) => {
      this.#checkSaved(document.uri);
      if (this.#session.decides(document.uri)) this.#recheckAll(document.uri);
    });
    documents.onDidClose(({ document }) => {
      this.#schedule.cancel(document.uri);
      this.#session.forget(document.uri);
      this.#connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }).catch(this.#report);
    });
  }

  #initialize({ capabilities, workspaceFolders }: InitializeParams): InitializeResult {
    this.#capabilities = capabilities;
    const { workspace, textDocument } = capabilities;
    this.#client = {
      pulls: textDocument?.diagnostic !== undefined,
      watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      refreshes: workspace?.diagnostics?.refreshSupport === true,
      folders: workspace?.workspaceFolders === true,
    };
    const markdown = textDocument?.hover?.contentFormat?.includes('markdown') === true;
    const uris = (workspaceFolders ?? []).map(({ uri }) => uri);
    this.#session.start({ folders: uris.flatMap(folderOf), format: markdown ? 'markdown' : 'plaintext' });
    return {
      serverInfo: { name: SETTINGS_NAME },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        executeCommandProvider: { commands: Object.values(commands), workDoneProgress: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(this.#client.pulls
          ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }
          : {}),
      },
    };
  }

  async #initialized(): Promise<void> {
    const connection = this.#connection;
    if (this.#client.folders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        this.#session.changeFolders({
          added: added.flatMap(({ uri }) => folderOf(uri)),
          removed: removed.flatMap(({ uri }) => folderOf(uri)),
        });
        this.#recheckAll();
      });
    if (this.#client.watches)
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] });
  }

  /** Checks an open text with what is known locally. */
  #check(uri: string, delay: number): void {
    if (this.#client.pulls) return;
    this.#schedule.request(uri, delay, async (isCurrent) => {
      await this.#publish(uri, 'known', isCurrent);
    });
  }

  /** What is known locally first, then what registries say. */
  #checkSaved(uri: string): void {
    this.#schedule.request(uri, 0, async (isCurrent) => {
      const open = await this.#publish(uri, 'known', isCurrent);
      if (!open || !isCurrent()) return;
      await this.#publish(uri, 'ask', isCurrent);
      if (this.#client.pulls) this.#refresh();
    });
  }

  /** @returns Whether there is something that registries could be asked about. */
  async #publish(uri: string, outside: 'known' | 'ask', isCurrent: IsCurrent): Promise<boolean> {
    const checked = await this.#session.check(uri, outside);
    if (!checked || !isCurrent()) return false;
    const { report, path, version } = checked;
    if (!this.#client.pulls) {
      const diagnostics = diagnosticsOf(report, path);
      await this.#connection.sendDiagnostics({ uri, version, diagnostics });
    }
    return report.findings.some(({ rule }) => rule === 'unapproved-package');
  }

  async #pull(
    uri: string,
    isCancelled: () => boolean,
  ): Promise<DocumentDiagnosticReport | ResponseError<{ retriggerRequest: boolean }>> {
    const cancelled = new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled', {
      retriggerRequest: false,
    });
    if (isCancelled()) return cancelled;
    const checked = await this.#session.check(uri, 'known');
    if (isCancelled()) return cancelled;
    if (!checked) return { kind: 'full', items: [] };
    if (checked.version !== this.#documents.get(uri)?.version)
      return new ResponseError(LSPErrorCodes.ServerCancelled, 'the text has changed', {
        retriggerRequest: true,
      });
    return { kind: 'full', items: diagnosticsOf(checked.report, checked.path) };
  }

  #recheckAll(except?: string): void {
    if (this.#client.pulls) {
      this.#refresh();
      return;
    }
    for (const uri of this.#documents.keys()) if (uri !== except) this.#check(uri, SETTLING_PAUSE);
  }

  /** Asks the editor to pull again what it shows. */
  #refresh(): void {
    if (this.#client.refreshes)
      Promise.resolve(this.#connection.languages.diagnostics.refresh()).catch(this.#report);
  }

  #hover({ textDocument, position }: TextDocumentPositionParams): Promise<Hover | null> {
    return this.#session.hover(textDocument.uri, position);
  }

  #actions({ textDocument, range, context }: CodeActionParams): Promise<CodeAction[]> {
    const requestedKinds = context.only ?? ['quickfix'];
    if (!requestedKinds.some((kind) => kind === '' || kind === 'quickfix')) return Promise.resolve([]);
    const { diagnostics } = context;
    const capabilities = actionCapabilitiesOf(this.#capabilities);
    return this.#session.actions(textDocument.uri, { range, diagnostics }, capabilities);
  }

  async #execute(params: ExecuteCommandParams, progress: WorkDoneProgressReporter): Promise<null> {
    const command = commandOf(params);
    const dialog = new EditorDialog(this.#connection, this.#capabilities);
    // The first decision of a project asks about all that it uses.
    const title = command.name === 'approve' ? 'Asking the registry' : 'Writing the decision';
    const end = this.#offline ? () => undefined : await dialog.begin(title, progress);
    try {
      const result = await this.#session.execute(command, {
        capabilities: actionCapabilitiesOf(this.#capabilities),
        apply: dialog.apply,
        confirm: (question, yes) => {
          end();
          return dialog.confirm(question, yes);
        },
      });
      if (result !== null) await dialog.tell(result);
      if (result?.done) this.#recheckAll();
    } finally {
      end();
    }
    return null;
  }
}

/** The folder of a URI of a workspace; none for other schemes. */
function folderOf(uri: string): string[] {
  const folder = fileOfUri(uri);
  return folder === null ? [] : [folder];
}
