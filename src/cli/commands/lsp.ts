import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `lsp`. `stdio` is accepted because most editors add it. */
export interface LspFlags {
  readonly stdio?: boolean;
  readonly offline?: boolean;
  readonly config?: string;
}

/**
 * Variables that git sets for the programs that it starts. An editor that writes a commit message has them, and
 * the files that it opens may lie in any repository.
 */
const ofOneCommit = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/** Serves until the editor ends the connection; then the library for the protocol ends the process. */
export async function lspCommand(flags: LspFlags, context: CommandContext): Promise<ExitCode> {
  const { createConnection } = await import('vscode-languageserver/node');
  const { serve } = await import('../../lsp/server.ts');
  const connection = createConnection(context.stdin, context.stdout.stream);
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !ofOneCommit.includes(name)));
  serve(connection, {
    context: { ...context, env: { ...env, GIT_OPTIONAL_LOCKS: '0' } },
    offline: flags.offline ?? false,
    config: flags.config,
  });
  return new Promise((resolve) => {
    context.stdin.once('end', () => {
      resolve(0);
    });
  });
}
