import { setTimeout } from 'node:timers/promises';
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

/** How long a server may take until it answers, in milliseconds; then the next restart has its turn. */
const MOST_START = 20_000;

/** @throws Error after a while. */
async function silence(): Promise<never> {
  await setTimeout(MOST_START, undefined, { ref: false });
  throw new Error('it does not answer');
}

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
    this.#queue = this.#queue
      .then(async () => {
        await this.#stop();
        await this.#start();
      })
      .catch((error: unknown) => {
        // Whatever it was, the next restart has its turn.
        this.#output.error(String(error));
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
      this.#complain(server.message, 'Open Settings', [
        'workbench.action.openSettings',
        'check-imports.path',
      ]);
      return;
    }
    this.#output.info(`Starting ${server.file}`);
    const client = clientFor(server, this.#output);
    this.#client = client;
    this.#follow(client, server.origin);
    try {
      await Promise.race([client.start(), silence()]);
    } catch (error) {
      this.#output.error(String(error));
      this.#complain(
        `vetted-imports: ${server.file} does not start as a language server, so nothing is checked. ` +
          'The output says why. Once it is corrected, run “vetted-imports: Restart the Language Server”.',
        'Show Output',
        ['check-imports.showOutput'],
      );
      this.#statusBar.tell({ state: 'stopped', origin: server.origin, version: undefined });
    }
  }

  #follow(client: LanguageClient, origin: ServerOrigin): void {
    client.onDidChangeState(({ newState }) => {
      if (client !== this.#client) return;
      const version = client.initializeResult?.serverInfo?.version;
      this.#statusBar.tell({ state: states[newState], origin, version });
    });
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client === undefined || client.state === State.StartFailed) return;
    // One that never answered refuses to stop; its process is ended nevertheless.
    await client.dispose().catch((error: unknown) => {
      this.#output.error(String(error));
    });
  }

  /** Tells what is wrong, with a command that helps. */
  #complain(message: string, label: string, [command, ...values]: readonly [string, ...string[]]): void {
    void window.showErrorMessage(message, label).then((answer) => {
      if (answer === label) void commands.executeCommand(command, ...values);
    });
  }
}
