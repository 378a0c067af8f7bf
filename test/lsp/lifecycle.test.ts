import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serve } from '../../src/lsp/server.ts';
import { now } from '../kit/world.ts';

/* Which requests are answered, and with what error the others are. */

let client: ProtocolConnection;
beforeEach(() => {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  serve(server, { context: { cwd: '/', env: {}, now }, offline: true, config: undefined });
  client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.listen();
});
afterEach(() => {
  client.dispose();
});

const place = { textDocument: { uri: 'untitled:a' }, position: { line: 0, character: 0 } };
const range = { start: place.position, end: place.position };
const requests: readonly (readonly [method: string, params: object])[] = [
  ['textDocument/hover', place],
  ['textDocument/codeAction', { ...place, range, context: { diagnostics: [] } }],
  ['textDocument/diagnostic', place],
  ['workspace/executeCommand', { command: 'vetted-imports.request', arguments: [] }],
];

/** @returns The code of the error that a request is answered with; null where it is answered. */
async function errorOf(method: string, params?: object): Promise<number | null> {
  try {
    await client.sendRequest(method, params);
    return null;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error) return Number(error.code);
    throw error;
  }
}

const initialize = () =>
  errorOf('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders: [] });

test.each(requests)('%s: not before the initialization, and not after the end', async (method, params) => {
  expect(await errorOf(method, params)).toBe(ErrorCodes.ServerNotInitialized);
  expect(await initialize()).toBeNull();
  const isCommand = method === 'workspace/executeCommand';
  expect(await errorOf(method, params)).toBe(isCommand ? ErrorCodes.InvalidParams : null);
  expect(await errorOf('shutdown')).toBeNull();
  expect(await errorOf(method, params)).toBe(ErrorCodes.InvalidRequest);
});

test('a server is initialized once, and ends once, after that', async () => {
  expect(await errorOf('shutdown')).toBe(ErrorCodes.ServerNotInitialized);
  expect(await initialize()).toBeNull();
  expect(await initialize()).toBe(ErrorCodes.InvalidRequest);
  expect(await errorOf('shutdown')).toBeNull();
  expect([await errorOf('shutdown'), await initialize()]).toEqual([
    ErrorCodes.InvalidRequest,
    ErrorCodes.InvalidRequest,
  ]);
});

test.each<[title: string, params: object]>([
  ['a command of nobody', { command: 'x.y' }],
  ['no argument', { command: 'vetted-imports.approve' }],
  ['a wrong argument', { command: 'vetted-imports.deny', arguments: [1] }],
  [
    'a package that is no text',
    { command: 'vetted-imports.deny', arguments: [{ uri: 'untitled:a', package: 1 }] },
  ],
  [
    'a text that is closed',
    { command: 'vetted-imports.request', arguments: [{ uri: 'file:///a.py', package: 'pypi:a' }] },
  ],
])('wrong parameters: %s', async (_, params) => {
  await initialize();
  expect(await errorOf('workspace/executeCommand', params)).toBe(ErrorCodes.InvalidParams);
});
