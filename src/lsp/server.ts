import {
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  type ClientCapabilities,
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
  type WorkDoneProgressReporter,
} from 'vscode-languageserver/node';
import { version as toolVersion } from '../app/version.ts';
import { featuresOf, plainFeatures } from './client-features.ts';
import { ClientSettings } from './client-settings.ts';
import { commandOf, commands } from './commands.ts';
import { actionCapabilitiesOf, EditorDialog } from './editor-dialog.ts';
import { Lifecycle } from './lifecycle.ts';
import { notebookSync } from './notebooks.ts';
import { EditorTexts } from './open-texts.ts';
import { Publisher } from './publisher.ts';
import type { Checked } from './checked-documents.ts';
import type { FileChange } from './read-record.ts';
import { Schedule, type IsCurrent, type Timing } from './schedule.ts';
import { Session, type SessionOptions } from './session.ts';
import { SharedTurns } from './shared-turns.ts';
import { watchedNames, watcherOf, watchers } from './watch.ts';
import { folderOf, foldersOf } from './workspace-folders.ts';
import { SETTINGS_NAME } from '../model/tool.ts';

/** Nobody reads a diagnostic in the middle of a word. In milliseconds. */
const TYPING_PAUSE = 300;

/** Files that decide often change together. In milliseconds. */
const SETTLING_PAUSE = 100;

/** More would only take turns: what they wait for is mostly this thread. */
const CHECKS_AT_ONCE = 4;

/** Texts whose packages are looked up at once, each of which may wait for a registry. */
const LOOKUPS_AT_ONCE = 8;

/** Types of FileChangeType by number. */
const changesByType: readonly (FileChange | undefined)[] = [undefined, 'created', 'changed', 'deleted'];

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
  readonly #texts = new EditorTexts();
  readonly #publisher: Publisher;
  readonly #lifecycle = new Lifecycle();
  readonly #session: Session;
  readonly #schedule: Schedule;
  readonly #pulls: SharedTurns<Checked>;
  readonly #settings: ClientSettings;
  readonly #lookups: Schedule;
  readonly #comparisons: Schedule;
  readonly #watched = new Set<string>(watchedNames);
  readonly #report: (error: unknown) => void;
  #capabilities: ClientCapabilities = {};
  #client = { pulls: false, watches: false, refreshes: false, folders: false };
  #features = plainFeatures;

  constructor(connection: Connection, options: SessionOptions) {
    this.#connection = connection;
    this.#session = new Session(this.#texts, options);
    this.#report = (error) => {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    };
    this.#publisher = new Publisher(connection);
    this.#schedule = new Schedule(this.#report, CHECKS_AT_ONCE);
    this.#pulls = new SharedTurns(this.#schedule);
    this.#lookups = new Schedule(this.#report, LOOKUPS_AT_ONCE);
    this.#comparisons = new Schedule(this.#report, 1);
    this.#settings = new ClientSettings(connection, (settings) => {
      if (this.#session.configure(settings)) this.#recheckAll();
    });
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
      for (const schedule of [this.#schedule, this.#lookups, this.#comparisons]) schedule.cancelAll();
    });
    connection.onHover(lifecycle.guarded((params) => this.#hover(params)));
    connection.onCodeAction(lifecycle.guarded((params) => this.#actions(params)));
    connection.onExecuteCommand(
      lifecycle.guarded((params, _token, progress) => this.#execute(params, progress)),
    );
    connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) => {
      this.#settings.change(settings).catch(this.#report);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const changed = changes.flatMap(({ uri, type }) => {
        const change = changesByType[type];
        return change === undefined ? [] : [{ uri, change }];
      });
      this.#recheck(this.#session.changedOnDisk(changed), SETTLING_PAUSE);
    });
    connection.languages.diagnostics.on(
      lifecycle.guarded(({ textDocument }, token) =>
        this.#pull(textDocument.uri, () => token.isCancellationRequested),
      ),
    );
    this.#listenToTexts();
    connection.listen();
  }

  #listenToTexts(): void {
    const check = (uri: string) => {
      this.#check(uri, { delay: this.#session.isFresh(uri) ? 0 : TYPING_PAUSE, isUrgent: true });
    };
    const hide = (views: readonly string[]) => {
      this.#publisher.clear(views).catch(this.#report);
    };
    this.#texts.listen(this.#connection, {
      opened: (uri) => {
        this.#recheck(this.#session.opened(uri), SETTLING_PAUSE);
        this.#compare();
        this.#session.prepare(uri).catch(this.#report);
        check(uri);
      },
      edited: (uri) => {
        this.#recheck(this.#session.edited(uri), TYPING_PAUSE);
        check(uri);
      },
      saved: (uri) => {
        this.#checkSaved(uri);
        this.#compare();
      },
      closed: (uri, { text, views }) => {
        for (const schedule of [this.#schedule, this.#lookups]) schedule.cancel(uri);
        this.#recheck(this.#session.closed(uri, text), SETTLING_PAUSE);
        hide(views);
      },
      removed: hide,
    });
  }

  #initialize(params: InitializeParams): InitializeResult {
    const { capabilities } = params;
    this.#capabilities = capabilities;
    const { workspace, textDocument } = capabilities;
    this.#client = {
      pulls: textDocument?.diagnostic !== undefined,
      watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      refreshes: workspace?.diagnostics?.refreshSupport === true,
      folders: workspace?.workspaceFolders === true,
    };
    this.#features = featuresOf(capabilities);
    const markdown = textDocument?.hover?.contentFormat?.includes('markdown') === true;
    this.#session.start({
      folders: foldersOf(params),
      format: markdown ? 'markdown' : 'plaintext',
      features: this.#features,
    });
    this.#session.configure(this.#settings.start(params));
    return {
      serverInfo: { name: SETTINGS_NAME, version: toolVersion },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        notebookDocumentSync: notebookSync,
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        executeCommandProvider: { commands: Object.values(commands), workDoneProgress: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        // No result has an id: the check is the work, and the few lines that an editor would not get twice are none.
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
  #check(uri: string, timing: Timing): void {
    if (this.#client.pulls) return;
    this.#schedule.request(uri, timing, async (isCurrent) => {
      await this.#publish(uri, await this.#session.check(uri, 'known'), isCurrent);
    });
  }

  /** What is known locally first. Then registries are asked, and whoever types meanwhile does not wait for them. */
  #checkSaved(uri: string): void {
    this.#schedule.request(uri, { delay: 0, isUrgent: true }, async (isCurrent) => {
      const checked = await this.#session.check(uri, 'known');
      await this.#publish(uri, checked, isCurrent);
      if (checked?.report.findings.some(({ rule }) => rule === 'unapproved-package') === true)
        this.#lookUp(uri);
    });
  }

  #lookUp(uri: string): void {
    this.#lookups.request(uri, { delay: 0, isUrgent: true }, async () => {
      const checked = await this.#session.check(uri, 'ask');
      const isSame = checked !== null && checked.version === this.#texts.get(uri)?.version;
      if (this.#client.pulls) this.#refresh();
      else if (isSame) await this.#publish(uri, checked, () => true);
      else this.#check(uri, { delay: 0, isUrgent: true });
    });
  }

  async #publish(uri: string, checked: Checked | null, isCurrent: IsCurrent): Promise<void> {
    this.#watch(this.#session.policyNames(uri));
    if (this.#client.pulls || !checked || !isCurrent()) return;
    await this.#publisher.publish(uri, this.#session.views(uri, checked));
  }

  /** Has the editor watch what a config calls whitelist, and what extends one. */
  #watch(paths: readonly string[]): void {
    const names = paths.filter((path) => !this.#watched.has(path));
    if (names.length === 0 || !this.#client.watches) return;
    for (const name of names) this.#watched.add(name);
    this.#connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: names.map(watcherOf) })
      .catch(this.#report);
  }

  async #pull(
    where: string,
    isCancelled: () => boolean,
  ): Promise<DocumentDiagnosticReport | ResponseError<{ retriggerRequest: boolean }>> {
    // Without data: clients read `retriggerRequest` there also where they cancelled for a newer text, and would ask no more.
    const cancelled = new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
    if (isCancelled()) return cancelled;
    const { text: uri } = this.#texts.addressOf(where);
    const checked = await this.#pulls.take(uri, isCancelled, () => this.#session.check(uri, 'known'));
    if (isCancelled()) return cancelled;
    this.#watch(this.#session.policyNames(uri));
    if (!checked) return { kind: 'full', items: [] };
    if (checked.version !== this.#texts.get(uri)?.version)
      return new ResponseError(LSPErrorCodes.ServerCancelled, 'the text has changed', {
        retriggerRequest: true,
      });
    const view = this.#session.views(uri, checked).find((candidate) => candidate.uri === where);
    return { kind: 'full', items: view?.diagnostics ?? [] };
  }

  #recheckAll(): void {
    const uris = this.#texts.all().map(({ uri }) => uri);
    this.#recheck(uris, SETTLING_PAUSE);
  }

  /** Checks texts again, those first that somebody edited or asked about last. */
  #recheck(uris: readonly string[], delay: number): void {
    if (uris.length === 0) return;
    if (this.#client.pulls) this.#refresh();
    else for (const uri of this.#session.byAttention(uris)) this.#check(uri, { delay, isUrgent: false });
  }

  /** Looks whether files or HEAD have changed of which no editor tells. */
  #compare(): void {
    this.#comparisons.request('', { delay: SETTLING_PAUSE, isUrgent: false }, () => {
      this.#recheck(this.#session.outdated(), 0);
      return Promise.resolve();
    });
  }

  /** Asks the editor to pull again what it shows. */
  #refresh(): void {
    if (this.#client.refreshes)
      Promise.resolve(this.#connection.languages.diagnostics.refresh()).catch(this.#report);
  }

  #hover({ textDocument, position }: TextDocumentPositionParams): Promise<Hover | null> {
    this.#compare();
    return this.#session.hover(textDocument.uri, position);
  }

  async #actions({ textDocument, range, context }: CodeActionParams): Promise<(CodeAction | Command)[]> {
    const { only = [], diagnostics } = context;
    const isAsked = only.length === 0 || only.some((kind) => kind === '' || kind === 'quickfix');
    if (!isAsked) return [];
    const capabilities = actionCapabilitiesOf(this.#capabilities);
    const actions = await this.#session.actions(textDocument.uri, { range, diagnostics }, capabilities);
    return this.#features.literalActions ? actions : actions.flatMap(({ command }) => command ?? []);
  }

  async #execute(params: ExecuteCommandParams, progress: WorkDoneProgressReporter): Promise<null> {
    const command = commandOf(params);
    const dialog = new EditorDialog(this.#connection, this.#capabilities);
    // The first decision of a project asks about all that it uses.
    const title = command.name === 'approve' ? 'Asking the registry' : 'Writing the decision';
    const end = this.#session.isOffline ? () => undefined : await dialog.begin(title, progress);
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
