import {
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type CodeAction,
  type CodeActionParams,
  type Command,
  type Connection,
  type DocumentDiagnosticReport,
  type ExecuteCommandParams,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { commands } from './actions.ts';
import { version as toolVersion } from '../app/version.ts';
import { featuresOf, plainFeatures } from './client-features.ts';
import { ClientSettings } from './client-settings.ts';
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
  readonly #session: Session;
  readonly #schedule: Schedule;
  readonly #settings: ClientSettings;
  readonly #report: (error: unknown) => void;
  #client = { pulls: false, watches: false, refreshes: false, folders: false };
  #features = plainFeatures;

  constructor(connection: Connection, options: SessionOptions) {
    this.#connection = connection;
    this.#session = new Session(this.#documents, options);
    this.#report = (error) => {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    };
    this.#schedule = new Schedule(this.#report);
    this.#settings = new ClientSettings(connection, (settings) => {
      if (this.#session.configure(settings)) this.#recheckAll();
    });
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onShutdown(() => {
      this.#schedule.cancelAll();
    });
    connection.onHover((params) => this.#hover(params));
    connection.onCodeAction((params) => this.#actions(params));
    connection.onExecuteCommand((params) => this.#execute(params));
    connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) => {
      this.#settings.change(settings).catch(this.#report);
    });
    connection.onDidChangeWatchedFiles(() => {
      this.#recheckAll();
    });
    connection.languages.diagnostics.on(async ({ textDocument }, token) => {
      return this.#pull(textDocument.uri, () => token.isCancellationRequested);
    });
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

  #initialize(params: InitializeParams): InitializeResult {
    const { capabilities, workspaceFolders } = params;
    const { workspace, textDocument } = capabilities;
    this.#client = {
      pulls: textDocument?.diagnostic !== undefined,
      watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      refreshes: workspace?.diagnostics?.refreshSupport === true,
      folders: workspace?.workspaceFolders === true,
    };
    this.#features = featuresOf(capabilities);
    const markdown = textDocument?.hover?.contentFormat?.includes('markdown') === true;
    const uris = (workspaceFolders ?? []).map(({ uri }) => uri);
    this.#session.start({
      folders: uris.flatMap(folderOf),
      format: markdown ? 'markdown' : 'plaintext',
      features: this.#features,
    });
    this.#session.configure(this.#settings.start(params));
    return {
      serverInfo: { name: SETTINGS_NAME, version: toolVersion },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        executeCommandProvider: { commands: Object.values(commands) },
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
    const watching = this.#client.watches
      ? connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] })
      : null;
    await Promise.all([watching, this.#settings.listen()]);
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
    const { report, version } = checked;
    if (!this.#client.pulls) {
      const diagnostics = this.#session.diagnostics(checked);
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
    return { kind: 'full', items: this.#session.diagnostics(checked) };
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

  async #actions({ textDocument, range, context }: CodeActionParams): Promise<(CodeAction | Command)[]> {
    const { only = [], diagnostics } = context;
    const isAsked = only.length === 0 || only.some((kind) => kind === '' || kind === 'quickfix');
    if (!isAsked) return [];
    const actions = await this.#session.actions(textDocument.uri, range, diagnostics);
    return this.#features.literalActions ? actions : actions.flatMap(({ command }) => command ?? []);
  }

  async #execute({ command, arguments: values }: ExecuteCommandParams): Promise<null> {
    const { window } = this.#connection;
    const outcome = await this.#session.execute(command, values, async (question, yes) => {
      return (await window.showWarningMessage(question, { title: yes }, { title: 'Cancel' }))?.title === yes;
    });
    if (outcome?.done) window.showInformationMessage(outcome.message);
    else if (outcome) window.showErrorMessage(outcome.message);
    if (outcome?.done) this.#recheckAll();
    return null;
  }
}

/** The folder of a URI of a workspace; none for other schemes. */
function folderOf(uri: string): string[] {
  const folder = fileOfUri(uri);
  return folder === null ? [] : [folder];
}
