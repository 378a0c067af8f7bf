import { PassThrough } from 'node:stream';
import {
  createConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { outputOn } from '../../src/cli/output.ts';
import { serve } from '../../src/lsp/server.ts';
import { LanguageClient, type ClientOptions } from './lsp-client.ts';
import { now } from './world.ts';

export { uri } from './lsp-client.ts';

/** How an editor in a test is started. */
export interface EditorOptions extends ClientOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly offline?: boolean;
  /** The clock of the server, in milliseconds. */
  readonly clock?: () => number;
}

/** An editor with a server in this process. */
export class Editor extends LanguageClient {
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
    const { offline = true, clock } = options;
    serve(server, { context: world, offline, config: undefined, ...(clock === undefined ? {} : { clock }) });
    const editor = new Editor(down, up, options);
    return { editor, result: await editor.initialize() };
  }
}

/** Diagnostics as tests compare them: place, code and first line. Places are 0-based. */
export function shown(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ range: { start, end }, code }) =>
      `${String(start.line)}:${String(start.character)}-${String(end.line)}:${String(end.character)} ${String(code)}`,
  );
}
