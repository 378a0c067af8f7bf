import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ImportKind } from '../../../../src/model/reference.ts';
import { filesOf, resolved, resolverOf } from './project.ts';

const words = [
  '@',
  '~',
  '#',
  '$',
  '!',
  '?',
  ':',
  '/',
  './',
  '../',
  '*',
  'a',
  'lodash',
  'npm:',
  'node_modules',
  '__proto__',
  'https://',
  'esm.sh',
  '%',
  '\\',
  '\0',
  '\uD800',
  ' ',
];
const specifier = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const kind = fc.constantFrom<(ImportKind | null)[]>('static', 'dynamic', 'require', 'type', null);

const json = fc.jsonValue({ maxDepth: 3 });
/** The members that are read, with whatever may stand in them. */
const strange = fc
  .record(
    Object.fromEntries(
      [
        'name',
        'exports',
        'imports',
        'dependencies',
        'workspaces',
        'workspace',
        'engines',
        'compilerOptions',
        'extends',
        'references',
        'scopes',
        'importMap',
        'packages',
        'projects',
        'alias',
        'jest',
      ].map((key) => [
        key,
        fc.oneof(
          json,
          fc.dictionary(specifier, fc.oneof(specifier, fc.array(specifier, { maxLength: 2 })), {
            maxKeys: 3,
          }),
          fc.array(specifier, { maxLength: 3 }),
          fc.record({
            paths: fc.dictionary(specifier, fc.array(specifier, { maxLength: 2 }), { maxKeys: 3 }),
            baseUrl: specifier,
            path: specifier,
          }),
        ),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));
const text = fc.oneof(
  strange,
  json.map((value) => JSON.stringify(value)),
  fc.string({ maxLength: 40 }),
);
const path = fc.constantFrom(
  ...[
    'package.json',
    'tsconfig.json',
    'jsconfig.json',
    'deno.json',
    'deno.jsonc',
    'pnpm-workspace.yaml',
    'lerna.json',
    'rush.json',
  ],
  ...[
    'src/package.json',
    'src/tsconfig.json',
    'vite.config.ts',
    '.babelrc',
    'jest.config.js',
    'src/a.ts',
    'a/package.json',
    'lodash/index.js',
  ],
);

describe('any specifier in any project', () => {
  test('has at least one origin, and the same one when asked again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(path, text, { maxKeys: 6 }),
        fc.array(fc.tuple(specifier, kind), { minLength: 1, maxLength: 6 }),
        async (contents, requests) => {
          const files = filesOf(new Map(Object.entries(contents)));
          const resolver = resolverOf(files);
          for (const [wanted, how] of requests) {
            const first = await resolved(resolver, ['src/deep/main.ts', wanted, how]);
            expect(first).not.toBe('');
            expect(await resolved(resolverOf(files), ['src/deep/main.ts', wanted, how])).toBe(first);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a target in node_modules never makes a name local', async () => {
    const name = fc.constantFrom('evil', '@evil/pkg', 'evil/sub');
    const pattern = fc.constantFrom('*', 'evil', 'evil/*', '@evil/*', '@evil/pkg');
    const target = fc.constantFrom(
      './node_modules/*',
      'node_modules/evil',
      './node_modules/@evil/pkg/index.js',
      './src/../node_modules/*',
    );
    await fc.assert(
      fc.asyncProperty(name, fc.dictionary(pattern, fc.array(target)), async (wanted, paths) => {
        const contents = new Map([
          ['tsconfig.json', JSON.stringify({ compilerOptions: { baseUrl: './node_modules', paths } })],
          ['node_modules/evil/index.js', ''],
          ['node_modules/evil/sub.js', ''],
          ['node_modules/@evil/pkg/index.js', ''],
        ]);
        expect(await resolved(resolverOf(filesOf(contents)), ['src/a.ts', wanted])).toMatch(
          /^package @?evil/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
