import { PassThrough } from 'node:stream';
import path from 'node:path';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { languages } from '../../src/languages/index.ts';
import { outputOn } from '../../src/cli/output.ts';
import { serve } from '../../src/lsp/server.ts';
import type { Language } from '../../src/model/language.ts';
import { promise, textsBelow, type Reader } from './reader.ts';

/** Readers of what a project says about itself, and of what an editor says. */
export function projectReaders(fixtures: string): readonly Reader[] {
  return [
    ...languages.flatMap((language) =>
      (describing.get(language.id) ?? []).map((name) => resolverReader(language, name, fixtures)),
    ),
    editorReader(),
  ];
}

/** Files that say where a specifier leads, by language. */
const describing: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'javascript',
    [
      'package.json',
      'tsconfig.json',
      'deno.json',
      'pnpm-workspace.yaml',
      'vite.config.ts',
      '.babelrc',
      'jest.config.js',
    ],
  ],
  ['python', ['pyproject.toml', 'setup.cfg', 'setup.py']],
]);

const specifiers: ReadonlyMap<string, readonly string[]> = new Map([
  ['javascript', ['lodash', '@acme/ui/button', '#own', '~/a', '@/b', './c', 'shop', 'node:fs', '$lib/x']],
  ['python', ['numpy', 'google.cloud', 'shop', 'shop.price', 'a.b.c', '.x']],
]);

function resolverReader(language: Language, name: string, fixtures: string): Reader {
  const extension = language.extensions[0] ?? '';
  const others = ['src/a', 'shop/__init__', 'shop/price', 'index', 'lib/x'].map(
    (file) => `${file}.${extension}`,
  );
  const own = textsBelow(path.join(fixtures, 'projects', language.id), (file) => file === name);
  return {
    id: `project ${language.id} ${name}`,
    seeds: [...own, ...(seedsOf.get(name) ?? [])],
    read: async (text) => {
      const paths = [name, ...others];
      const files = {
        existing: (wanted: readonly string[]) =>
          Promise.resolve(new Set(wanted.filter((one) => paths.includes(one)))),
        text: (wanted: string) =>
          Promise.resolve(wanted === name ? text : paths.includes(wanted) ? '' : undefined),
        list: () => Promise.resolve(paths),
      };
      const resolver = language.resolver({
        files,
        trusted: [files],
        localModules: [],
        ambient: [],
        imports: new Map(),
        recorded: new Map(),
      });
      for (const specifier of specifiers.get(language.id) ?? []) {
        const request = { file: others[0] ?? '', specifier, names: ['x'], kind: null };
        promise((await resolver.resolve(request)).length > 0, `${specifier} leads somewhere`);
      }
    },
  };
}

/** Where the fixtures' projects are few. */
const seedsOf: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'tsconfig.json',
    ['{ // a\n "compilerOptions": { "baseUrl": "./src", "paths": { "@/*": ["./*"], }, "types": ["x"] } }'],
  ],
  ['pnpm-workspace.yaml', ['packages:\n  - "packages/*"\n  - "!x"\ncatalog:\n  lodash: ^4\n']],
  ['.babelrc', ['{ "plugins": [["module-resolver", { "root": ["./src"], "alias": { "@": "./a" } }]] }']],
  ['jest.config.js', ['module.exports = { moduleNameMapper: { "^@/(.*)$": "<rootDir>/src/$1" } };\n']],
]);

const document = { uri: 'file:///nonexistent/a.py', languageId: 'python', version: 1, text: 'import a\n' };
const range = { start: { line: 0, character: 7 }, end: { line: 0, character: 8 } };
const messages = [
  ['textDocument/didOpen', { textDocument: document }],
  [
    'textDocument/didChange',
    { textDocument: { uri: document.uri, version: 2 }, contentChanges: [{ text: 'x' }] },
  ],
  ['textDocument/didSave', { textDocument: { uri: document.uri } }],
  ['textDocument/didClose', { textDocument: { uri: document.uri } }],
  ['textDocument/hover', { textDocument: { uri: document.uri }, position: range.start }],
  ['textDocument/diagnostic', { textDocument: { uri: document.uri } }],
  ['textDocument/codeAction', { textDocument: { uri: document.uri }, range, context: { diagnostics: [] } }],
  [
    'workspace/executeCommand',
    { command: 'check-imports.x', arguments: [{ uri: document.uri, package: 'npm:a' }] },
  ],
  ['workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///nonexistent/package.json', type: 2 }] }],
  [
    'workspace/didChangeWorkspaceFolders',
    { event: { added: [{ uri: 'file:///x', name: 'x' }], removed: [] } },
  ],
] as const;

/** A server gets a message, or something like one, and still answers the next. */
function editorReader(): Reader {
  return {
    id: 'editor',
    seeds: messages.map(([method, params]) => JSON.stringify({ jsonrpc: '2.0', id: 7, method, params })),
    read: async (text) => {
      const [up, down] = [new PassThrough(), new PassThrough()];
      const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
      const nowhere = outputOn(new PassThrough());
      const streams = { stdin: new PassThrough(), stdout: nowhere, stderr: nowhere };
      const world = { cwd: '/', env: {}, ...streams, now: new Date('2026-11-23T12:00:00Z') };
      serve(connection, { context: world, offline: true, config: undefined });
      const said = new Promise<void>((resolve) => {
        let heard = '';
        down.on('data', (chunk: Buffer) => {
          heard += chunk.toString('utf8');
          if (heard.includes('"id":"last"')) resolve();
        });
      });
      const capabilities = {};
      up.write(
        framed({
          id: 'first',
          method: 'initialize',
          params: { processId: null, rootUri: null, capabilities },
        }),
      );
      up.write(framed({ method: 'textDocument/didOpen', params: { textDocument: document } }));
      up.write(frame(text));
      up.write(framed({ id: 'last', method: 'shutdown' }));
      await said;
      connection.dispose();
    },
  };
}

function framed(message: object): string {
  return frame(JSON.stringify({ jsonrpc: '2.0', ...message }));
}

function frame(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
