import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import {
  createConnection,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { outputOn } from '../../src/cli/output.ts';
import { serve } from '../../src/lsp/server.ts';
import { now } from './world.ts';

/** How an editor in a test is started. */
export interface EditorOptions {
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly offline?: boolean;
  /** What it says besides, or in place of what others say. */
  readonly params?: Partial<InitializeParams>;
}

/** An editor as the server sees it: the client's side of the protocol, in this process. */
export class Editor {
  readonly connection: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly #versions = new Map<string, number>();
  #waiting: (() => void)[] = [];

  private constructor(connection: ProtocolConnection) {
    this.connection = connection;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    connection.onRequest(RegistrationRequest.type, () => undefined);
  }

  static async start(options: EditorOptions): Promise<{ editor: Editor; result: InitializeResult }> {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    const world = {
      cwd: '/',
      env: options.env,
      stdin: new PassThrough(),
      stdout: outputOn(new PassThrough()),
      stderr: outputOn(new PassThrough()),
      now,
    };
    serve(server, { context: world, offline: options.offline ?? true, config: undefined });
    const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const editor = new Editor(client);
    client.listen();
    const result = await client.sendRequest(InitializeRequest.type, {
      processId: null,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol requires the key
      rootUri: null,
      capabilities: options.capabilities ?? {},
      workspaceFolders: options.folders.map((folder) => ({ uri: uri(folder), name: path.basename(folder) })),
      ...options.params,
    });
    await client.sendNotification(InitializedNotification.type, {});
    return { editor, result };
  }

  async open(where: string, text: string, languageId = 'python'): Promise<void> {
    this.#versions.set(where, 1);
    const textDocument = { uri: where, languageId, version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Replaces the whole text. @returns The new version. */
  async type(where: string, text: string): Promise<number> {
    const version = (this.#versions.get(where) ?? 0) + 1;
    this.#versions.set(where, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: where, version },
      contentChanges: [{ text }],
    });
    return version;
  }

  async save(where: string): Promise<void> {
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: where },
    });
  }

  async close(where: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: where },
    });
  }

  /** Waits until what is published about a text fits; the test's own time limit ends the wait. */
  async diagnostics(
    where: string,
    fits: (found: PublishDiagnosticsParams) => boolean,
  ): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.published.findLast((one) => one.uri === where);
      if (found && fits(found)) return found.diagnostics;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  dispose(): void {
    this.connection.dispose();
  }
}

/** A file's URI as editors write it. */
export function uri(...parts: readonly string[]): string {
  return pathToFileURL(path.join(...parts)).href;
}

/** Diagnostics as tests compare them: place, code and first line. Places are 0-based. */
export function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ range: { start, end }, code }) =>
      `${String(start.line)}:${String(start.character)}-${String(end.line)}:${String(end.character)} ${String(code)}`,
  );
}
