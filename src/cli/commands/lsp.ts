import type { ExitCode, CommandContext } from '../context.ts';
import { serverContext } from '../server-context.ts';

/** The flags of `lsp`. `stdio` is accepted because most editors add it. */
export interface LspFlags {
  readonly stdio?: boolean;
  readonly offline?: boolean;
  readonly config?: string;
}

/** Serves until the editor ends the connection; then the library for the protocol ends the process. */
export async function lspCommand(flags: LspFlags, context: CommandContext): Promise<ExitCode> {
  const { createConnection } = await import('vscode-languageserver/node');
  const { serve } = await import('../../lsp/server.ts');
  const connection = createConnection(context.stdin, context.stdout.stream);
  serve(connection, {
    context: serverContext(context),
    offline: flags.offline ?? false,
    config: flags.config,
  });
  return new Promise((resolve) => {
    context.stdin.once('end', () => {
      resolve(0);
    });
  });
}
