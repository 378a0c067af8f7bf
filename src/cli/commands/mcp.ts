import type { ExitCode, CommandContext } from '../context.ts';
import { serverContext } from '../server-context.ts';

/** The flags of `mcp`. */
export interface McpFlags {
  readonly offline?: boolean;
}

/** Serves until the client closes standard input. Nothing but the protocol is written to standard output. */
export async function mcpCommand({ offline = false }: McpFlags, context: CommandContext): Promise<ExitCode> {
  const [{ serveStdio, StdioServerTransport }, { mcpServer }] = await Promise.all([
    import('@modelcontextprotocol/server/stdio'),
    import('../../mcp/server.ts'),
  ]);
  const ended = new Promise<ExitCode>((resolve) => {
    for (const event of ['end', 'close'] as const)
      context.stdin.once(event, () => {
        resolve(0);
      });
  });
  serveStdio(() => mcpServer({ context: serverContext(context), offline, clock: () => new Date() }), {
    transport: new StdioServerTransport(context.stdin, context.stdout.stream),
    onerror: ({ message }) => {
      context.stderr.write(`${message}\n`);
    },
  });
  return ended;
}
