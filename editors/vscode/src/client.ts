import os from 'node:os';
import { Uri, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import {
  CloseAction,
  LanguageClient,
  State,
  TransportKind,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import documents from './documents.json' with { type: 'json' };
import { locateServer, type LocatedServer } from './locator.ts';
import { heldOffline } from './settings.ts';

/** Also the prefix of the setting that has the conversation traced. */
const ID = 'check-imports';

/** A server that has ended this often within three minutes is not started again. */
const MOST_RESTARTS = 4;

/** @returns The server for this window, as its settings, folders and trust are now. */
export function serverFor({ extensionUri }: ExtensionContext): LocatedServer {
  return locateServer({
    isTrusted: workspace.isTrusted,
    setting: workspace.getConfiguration(ID).get('path', ''),
    folders: foldersOnDisk(),
    bundled: Uri.joinPath(extensionUri, 'server').fsPath,
    home: os.homedir(),
  });
}

/**
 * One client serves all folders of a window: the server itself finds the project of each file.
 *
 * @param server Is started when the client is.
 */
export function clientFor(
  { file, isScript }: Extract<LocatedServer, { kind: 'server' }>,
  outputChannel: LogOutputChannel,
): LanguageClient {
  const run = {
    command: isScript ? process.execPath : file,
    args: isScript ? [file, 'lsp'] : ['lsp'],
    transport: TransportKind.stdio,
    // Nothing is looked for in the folder where a program starts.
    options: {
      cwd: os.homedir(),
      env: isScript ? { ...process.env, ELECTRON_RUN_AS_NODE: '1' } : process.env,
    },
  };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...documents.files.map((pattern) => ({ scheme: 'file', pattern })),
      ...documents.languages.flatMap((language) =>
        ['file', 'untitled'].map((scheme) => ({ scheme, language })),
      ),
      // A cell of Markdown that becomes code has no language of ours at first, and would never be asked about.
      { scheme: 'vscode-notebook-cell' },
    ],
    outputChannel,
    connectionOptions: { maxRestartCount: MOST_RESTARTS },
    // The session tells of it.
    initializationFailedHandler: () => false,
    middleware: {
      workspace: {
        configuration: async (params, token, next) => {
          const sections = await next(params, token);
          return Array.isArray(sections) ? heldOffline(sections, isOfflineEverywhere()) : sections;
        },
      },
    },
  };
  const client = new LanguageClient(ID, 'vetted-imports', run, options);
  restartOnlyWhatHasRun(client);
  return client;
}

/** What ends before it has answered would end again, and each time the editor would show a message. */
function restartOnlyWhatHasRun(client: LanguageClient): void {
  const { clientOptions } = client;
  const { errorHandler } = clientOptions;
  if (errorHandler === undefined) return;
  clientOptions.errorHandler = {
    error: (error, message, count) => errorHandler.error(error, message, count),
    closed: () =>
      client.state === State.Starting
        ? { action: CloseAction.DoNotRestart, handled: true }
        : errorHandler.closed(),
  };
}

function isOfflineEverywhere(): boolean {
  return workspace.getConfiguration('vetted-imports').inspect('offline')?.globalValue === true;
}

function foldersOnDisk(): readonly string[] {
  return (workspace.workspaceFolders ?? []).flatMap(({ uri }) => (uri.scheme === 'file' ? [uri.fsPath] : []));
}
