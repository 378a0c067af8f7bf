import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Client, type CallToolResult } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { outputOn } from '../../src/cli/output.ts';
import { serverContext } from '../../src/cli/server-context.ts';
import { mcpServer } from '../../src/mcp/server.ts';
import type { Scratch } from './scratch.ts';
import { now } from './world.ts';

/** How a client in a test is started. */
export interface McpOptions {
  /** Where the server is started, relative to the repository. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly offline?: boolean;
  /** The client's roots, absolute; it has none, if left out. A text with `:` is a URI. */
  readonly roots?: readonly string[];
}

/** What a tool answered. */
export interface ToolAnswer {
  /** Its data; `{}` for an error. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly isError: boolean;
}

/** The official client, with a server in this process. */
export class McpClient {
  readonly client: Client;
  roots: readonly string[];

  private constructor(client: Client, roots: readonly string[]) {
    this.client = client;
    this.roots = roots;
  }

  static async start(
    scratch: Scratch,
    { cwd = '.', env = {}, offline = true, roots }: McpOptions = {},
  ): Promise<McpClient> {
    const context = {
      cwd: path.resolve(scratch.root, cwd),
      env: { ...scratch.env, ...env },
      stdin: new PassThrough(),
      stdout: outputOn(new PassThrough()),
      stderr: outputOn(new PassThrough()),
      now,
    };
    const capabilities = roots === undefined ? {} : { roots: { listChanged: true } };
    const client = new McpClient(
      new Client({ name: 'test', version: '1.0.0' }, { capabilities }),
      roots ?? [],
    );
    if (roots !== undefined)
      client.client.setRequestHandler('roots/list', () => ({
        roots: client.roots.map((root) => ({ uri: root.includes(':') ? root : pathToFileURL(root).href })),
      }));
    const [near, far] = InMemoryTransport.createLinkedPair();
    await mcpServer({ context: serverContext(context), offline, clock: () => now }).connect(far);
    await client.client.connect(near);
    return client;
  }

  async call(name: string, input: Readonly<Record<string, unknown>>): Promise<ToolAnswer> {
    return toolAnswer(await this.client.callTool({ name, arguments: input }));
  }

  /** @returns The text of a resource. */
  async read(uri: string): Promise<string> {
    const { contents } = await this.client.readResource({ uri });
    return contents.map((content) => ('text' in content ? content.text : '')).join('');
  }

  async dispose(): Promise<void> {
    await this.client.close();
  }
}

/** @returns A tool's answer, as tests look at it. */
export function toolAnswer({ content, structuredContent, isError = false }: CallToolResult): ToolAnswer {
  const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
  return { data: { ...(typeof structuredContent === 'object' ? structuredContent : {}) }, text, isError };
}
