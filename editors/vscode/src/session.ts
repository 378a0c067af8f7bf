import { commands, window, type Disposable, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import { clientFor, serverFor } from './client.ts';
import type { ServerOrigin } from './locator.ts';
import { StatusBar } from './status-bar.ts';

/** The states of a client, as the status bar names them. */
const states = {
  [State.Starting]: 'starting',
  [State.StartFailed]: 'stopped',
  [State.Running]: 'running',
  [State.Stopped]: 'stopped',
} as const;

/** The running server of a window, and what the status bar tells of it. */
export class Session implements Disposable {
  readonly #context: ExtensionContext;
  readonly #output: LogOutputChannel;
  readonly #statusBar = new StatusBar();
  #client: LanguageClient | undefined;
  /** What is started and stopped goes one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(context: ExtensionContext, output: LogOutputChannel) {
    this.#context = context;
    this.#output = output;
  }

  /** Ends the server, if there is one, and starts the one that is to be started now. */
  async restart(): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      await this.#stop();
      await this.#start();
    });
    await this.#queue;
  }

  async dispose(): Promise<void> {
    await this.#queue;
    await this.#stop();
    this.#statusBar.dispose();
  }

  async #start(): Promise<void> {
    const server = serverFor(this.#context);
    if (server.kind === 'missing') {
      this.#statusBar.tell({ state: 'missing', origin: null, version: undefined });
      this.#output.error(server.message);
      this.#complain(server.message);
      return;
    }
    this.#output.info(`Starting ${server.file}`);
    const client = clientFor(server, this.#output);
    this.#client = client;
    this.#follow(client, server.origin);
    try {
      await client.start();
    } catch (error) {
      // The client has told of it; what it said last may be gone by now.
      this.#output.error(String(error));
      this.#statusBar.tell({ state: 'stopped', origin: server.origin, version: undefined });
    }
  }

  #follow(client: LanguageClient, origin: ServerOrigin): void {
    client.onDidChangeState(({ newState }) => {
      const version = client.initializeResult?.serverInfo?.version;
      this.#statusBar.tell({ state: states[newState], origin, version });
    });
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  #complain(message: string): void {
    const openSettings = 'Open Settings';
    void window.showErrorMessage(message, openSettings).then((answer) => {
      if (answer === openSettings)
        void commands.executeCommand('workbench.action.openSettings', 'check-imports.path');
    });
  }
}
