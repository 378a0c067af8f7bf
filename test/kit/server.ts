import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as a server saw it. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  readonly requests: readonly Recorded[];
  /** The most requests that were open at once. */
  readonly most: () => number;
  close(): Promise<void>;
}

export type Handler = (request: Recorded, response: ServerResponse) => void | Promise<void>;

/** Starts a server on a free port of the loopback address that records what it is asked. */
export async function startServer(handle: Handler): Promise<TestServer> {
  const requests: Recorded[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open++;
    most = Math.max(most, open);
    response.on('close', () => {
      open--;
    });
    void read(request).then(async (recorded) => {
      requests.push(recorded);
      await handle(recorded, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    most: () => most,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** A whole response in one line of a table. */
export interface Canned {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export function reply(response: ServerResponse, { status, headers, body }: Canned): void {
  response.writeHead(status, headers);
  response.end(body);
}

/** A JSON response. */
export function json(value: unknown, status = 200): Canned {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

async function read(request: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
