import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/model/registry-facts.ts';
import { about, askOne, askOptions } from '../kit/ask.ts';
import { makeMachine, type TestMachine } from '../kit/machine.ts';
import { pypiHandler, wheel } from '../kit/pypi.ts';
import { startServer } from '../kit/server.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const projects = new Map([['thing', { files: [wheel('thing', '2020-01-01T00:00:00Z', ['thing.py'])] }]]);

/** What an index says of `thing`, asked with these files in the user's home and these variables. */
async function ask(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<Answer> {
  const home = await makeMachine(files, { PIP_CONFIG_FILE: '', ...environment });
  closing.push(() => home.remove());
  return (await askOne(about('pypi', 'thing'), askOptions(home.machine))).facts.answer;
}

describe('a proxy', () => {
  test.each<{ what: string; connect: (socket: Socket) => void; reason: string; times: number }>([
    {
      what: 'that wants a password',
      connect: (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
      reason: 'wants a user and a password (HTTP 407)',
      times: 1,
    },
    {
      what: 'that refuses the host',
      connect: (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'),
      reason: 'refused the connection (HTTP 403)',
      times: 1,
    },
    {
      what: 'that breaks the connection off',
      connect: (socket) => socket.destroy(),
      reason: 'closed the connection',
      times: 2,
    },
  ])('$what is named, and the registry is not blamed', async ({ connect, reason, times }) => {
    const proxy = createPlainServer();
    let asked = 0;
    proxy.on('connect', (_, socket: Socket) => {
      asked++;
      connect(socket);
    });
    const host = await listen(proxy);
    const environment = {
      PIP_INDEX_URL: 'http://index.example/simple',
      PIP_PROXY: `http://ada:secret@${host}`,
    };
    expect(await ask({}, environment)).toEqual({ kind: 'unknown', reason: `the proxy ${host} ${reason}` });
    expect(asked).toBe(times);
  });

  test.each([
    ['HTTP_PROXY', {}],
    ['PIP_PROXY', {}],
    ['nothing', { '.config/pip/pip.conf': '[global]\nproxy = http://127.0.0.1:9\n' }],
    ['HTTP_PROXY', { '.npmrc': 'proxy=http://127.0.0.1:9\n' }],
  ])('that is gone is named: %s %j', async (variable, files) => {
    const environment = { PIP_INDEX_URL: 'http://index.example/simple', [variable]: 'http://127.0.0.1:9' };
    const reason = 'the proxy 127.0.0.1:9 refused the connection';
    expect(await ask(files, environment)).toEqual({ kind: 'unknown', reason });
  });
});

describe('an index whose authority the user names', () => {
  let folder: { readonly certificate: string; readonly key: string; readonly home: TestMachine };

  beforeAll(async () => {
    const home = await makeMachine();
    const [certificate, key] = [
      join(home.machine.home, 'certificate.pem'),
      join(home.machine.home, 'key.pem'),
    ];
    const words =
      'req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost';
    execFileSync('openssl', [...words.split(' '), '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    folder = { certificate, key, home };
  });
  afterAll(async () => folder.home.remove());

  /** The address of an index over TLS. */
  async function startIndex(): Promise<string> {
    const index = await startServer(pypiHandler(projects));
    closing.push(() => index.close());
    const forward: RequestListener = (request, response) => {
      void fetch(`${index.url}${request.url ?? ''}`).then(async (reply) => {
        response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' });
        response.end(await reply.text());
      });
    };
    const certificate = { key: readFileSync(folder.key), cert: readFileSync(folder.certificate) };
    const host = await listen(createServer(certificate, forward));
    return `https://${host.replace('127.0.0.1', 'localhost')}/simple`;
  }

  test.each<{ by: string; files?: Record<string, string>; variables?: Record<string, string> }>([
    { by: 'pip’s cert', files: { '.config/pip/pip.conf': '[global]\ncert = CERTIFICATE\n' } },
    { by: 'PIP_CERT', variables: { PIP_CERT: 'CERTIFICATE' } },
    { by: 'npm’s cafile', files: { '.npmrc': 'cafile=CERTIFICATE\n' } },
    {
      by: 'Node’s own variable, beside another authority of npm',
      files: { '.npmrc': `ca="${(rootCertificates[0] ?? '').replaceAll('\n', '\\n')}"\n` },
      variables: { NODE_EXTRA_CA_CERTS: 'CERTIFICATE' },
    },
  ])('is believed: $by', async ({ files = {}, variables = {} }) => {
    const filled = (texts: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [name, text.replace('CERTIFICATE', folder.certificate)]),
      );
    const environment = { ...filled(variables), PIP_INDEX_URL: await startIndex() };
    expect(await ask(filled(files), environment)).toMatchObject({ kind: 'present' });
  });

  test('is not believed where nobody names it', async () => {
    const url = await startIndex();
    const reason = `the certificate of ${new URL(url).host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)`;
    expect(await ask({}, { PIP_INDEX_URL: url })).toEqual({ kind: 'unknown', reason });
  });
});

/** Starts a server on a free port of the loopback address, and closes it after the test. */
async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`;
}
