import { expect, test } from 'vitest';
import { go } from '../../../src/languages/go/index.ts';
import { candidateModules } from '../../../src/ecosystems/golang/candidate-modules.ts';
import type { Files, Project } from '../../../src/model/language.ts';
import type { Origin, Step } from '../../../src/model/reference.ts';
import { filesOf } from '../../../src/snapshots/files.ts';
import { snapshotOf } from '../../kit/memory-project.ts';

/* Where a path leads in one state of a project, and what tells that. */

const texts = {
  'go.mod': [
    'module example.com/shop',
    '',
    'require (',
    '\tgithub.com/acme/ledger v1.2.3',
    '\tgithub.com/acme/ledger/pumps v0.1.0',
    '\tgithub.com/acme/deep v1.0.0 // indirect',
    '\texample.org/forked v1.0.0',
    '\texample.org/local v1.0.0',
    '\texample.org/gone v1.0.0',
    '\texample.org/pinned v1.0.0',
    '\tpond v0.0.0',
    ')',
    '',
    'replace (',
    '\texample.org/forked => github.com/acme/forked v1.1.0',
    '\texample.org/local => ./local',
    '\texample.org/gone => ../gone',
    '\texample.org/pinned v0.9.0 => ./local',
    '\texample.org/unrequired => ./local',
    ')',
    '',
    'tool github.com/acme/tool/cmd/quay',
    'exclude github.com/acme/excluded v1.0.0',
    '',
  ].join('\n'),
  'local/go.mod': 'module example.org/local\n',
  'tools/go.mod': 'module example.com/shop/tools\n\nrequire github.com/acme/linter v1.0.0\n',
  'broken/go.mod': 'module example.com/broken\nRequire example.org/x v1.0.0\n',
  'work/go.work': 'go 1.26\nuse (\n\t./a\n\t./b\n\t../local\n)\nreplace github.com/acme/ledger => ../local\n',
  'work/a/go.mod': 'module example.net/a\nrequire github.com/acme/ledger v1.0.0\n',
  'work/b/go.mod': 'module example.net/b\nrequire github.com/acme/linter v1.0.0\n',
  'work/c/go.mod': 'module example.net/c\n',
};

function projectOf(files: Files): Project {
  return {
    files,
    trusted: [files],
    localModules: ['made'],
    ambient: ['host/*'],
    imports: new Map(),
    recorded: new Map(),
  };
}

const resolver = go.resolver(projectOf(filesOf(snapshotOf(texts))));

async function leadOf(file: string, specifier: string): Promise<string> {
  const resolutions = await resolver.resolve({ file, specifier, names: [], kind: 'static' });
  return resolutions.map(({ origin }) => wordsOf(origin)).join(', ');
}

function wordsOf(origin: Origin): string {
  switch (origin.kind) {
    case 'package':
      return [origin.package, ...origin.alternatives].map(({ name }) => name).join(' or ');
    case 'builtin':
    case 'ambient':
      return `${origin.kind}: ${origin.host}`;
    case 'local':
    case 'missing':
    case 'unknown':
      return origin.kind;
  }
}

test.each([
  // The longest path of a module counts, and a part of a name is none.
  ['shop.go', 'github.com/acme/ledger', 'github.com/acme/ledger'],
  ['shop.go', 'github.com/acme/ledger/v2/x', 'github.com/acme/ledger'],
  ['shop.go', 'github.com/acme/ledger/pumps/x', 'github.com/acme/ledger/pumps'],
  ['shop.go', 'github.com/acme/ledger/pumpsx', 'github.com/acme/ledger'],
  [
    'shop.go',
    'github.com/acme/ledgerx/y',
    'github.com/acme/ledgerx or github.com/acme/ledgerx/y or github.com/acme',
  ],
  ['shop.go', 'github.com/acme/deep/x', 'github.com/acme/deep'],
  // The module itself, and nested ones.
  ['shop.go', 'example.com/shop', 'local'],
  ['shop.go', 'example.com/shop/x', 'local'],
  ['shop.go', 'example.com/shopping', 'example.com/shopping'],
  ['tools/x.go', 'github.com/acme/linter', 'github.com/acme/linter'],
  ['tools/x.go', 'github.com/acme/ledger', 'github.com/acme/ledger or github.com/acme'],
  ['tools/x.go', 'example.com/shop/tools/x', 'local'],
  // What replaces.
  ['shop.go', 'example.org/forked/x', 'github.com/acme/forked'],
  ['shop.go', 'example.org/local/x', 'local'],
  ['shop.go', 'example.org/gone/x', 'example.org/gone'],
  ['shop.go', 'example.org/pinned/x', 'example.org/pinned'],
  // What declares nothing.
  ['shop.go', 'example.org/unrequired', 'example.org/unrequired'],
  [
    'shop.go',
    'github.com/acme/tool/cmd/quay',
    'github.com/acme/tool or github.com/acme/tool/cmd/quay or github.com/acme/tool/cmd or github.com/acme',
  ],
  ['shop.go', 'github.com/acme/excluded', 'github.com/acme/excluded or github.com/acme'],
  // Workspaces: members, what other members require, and what is replaced for all.
  ['work/a/x.go', 'example.net/b/x', 'local'],
  ['work/a/x.go', 'example.org/local/x', 'local'],
  ['work/a/x.go', 'github.com/acme/linter', 'github.com/acme/linter'],
  ['work/b/x.go', 'github.com/acme/ledger', 'local'],
  ['work/c/x.go', 'example.net/a', 'example.net/a'],
  // The standard library, cgo, and paths that no host has.
  ['shop.go', 'net/http', 'builtin: go'],
  ['shop.go', 'net/http/internal/ascii', 'builtin: go'],
  ['shop.go', 'cmd/gofmt', 'builtin: go'],
  ['shop.go', 'C', 'builtin: cgo'],
  ['shop.go', 'net/pumps', 'net/pumps'],
  ['shop.go', 'pond/pumps', 'pond'],
  ['shop.go', 'Fmt', 'Fmt'],
  ['shop.go', 'compress', 'compress'],
  ['shop.go', 'pumps/x', 'pumps/x'],
  ['shop.go', 'pumps/internal/x', 'pumps/internal/x'],
  ['shop.go', './x', 'local'],
  ['shop.go', '..', 'local'],
  ['shop.go', 'made/x', 'local'],
  ['shop.go', 'host/x', 'ambient: the config'],
  ['shop.go', '', 'unknown'],
  ['shop.go', '/x', 'unknown'],
  ['shop.go', 'github.com//acme/x', 'unknown'],
  ['shop.go', 'github.com/./acme', 'unknown'],
  ['shop.go', 'github.com/acme/x@v1', 'unknown'],
  ['shop.go', 'https://github.com/acme/x', 'unknown'],
  // Data of tests, which Go does not build.
  ['testdata/src/a/a.go', 'b', 'local'],
  ['_old/a.go', 'b/c', 'local'],
  ['src/a/a.go', 'b/c', 'b/c'],
  ['testdata/src/a/a.go', 'github.com/acme/none', 'github.com/acme/none or github.com/acme'],
])('in %s “%s” leads to %s', async (file, specifier, lead) => {
  expect(await leadOf(file, specifier)).toBe(lead);
});

test.each([
  ['github.com/acme/harbour/quay/x', 'github.com/acme/harbour'],
  ['github.com/acme/harbour/v2/quay', 'github.com/acme/harbour/v2'],
  ['github.com/acme/harbour/v1/quay', 'github.com/acme/harbour'],
  ['gitlab.com/acme/harbour/quay', 'gitlab.com/acme/harbour'],
  ['github.com/acme', 'github.com/acme'],
  ['github.com', 'github.com'],
  ['golang.org/x/net/html', 'golang.org/x/net'],
  ['gopkg.in/tide.v3/x', 'gopkg.in/tide.v3'],
  ['gopkg.in/acme/tide.v3/x', 'gopkg.in/acme/tide.v3'],
  ['example.org/harbour/quay/x', 'example.org/harbour'],
  ['example.org/harbour/v3/x', 'example.org/harbour/v3'],
  ['example.org/v1/harbour', 'example.org/v1/harbour'],
  ['harbour/quay', 'harbour/quay'],
])('the form of %s tells %s', (path, module) => {
  expect(candidateModules(path)[0]).toBe(module);
});

test('a path of 50,000 parts is nobody’s without a decision', async () => {
  expect(await leadOf('shop.go', `github.com/${'a/'.repeat(50_000)}b`)).toMatch(/^github\.com\/a\/a or /);
});

test('a path of a thousand parts may lie in few modules', () => {
  const modules = candidateModules(`example.org/${'a/'.repeat(1000)}b`);
  expect(modules).toHaveLength(31);
  expect(modules.at(0)).toBe('example.org/a');
  expect(modules.at(1)).toBe(`example.org${'/a'.repeat(31)}`);
  expect(modules.at(-1)).toBe('example.org/a/a');
});

test.each([
  [
    'shop.go',
    'github.com/acme/deep/x',
    'go.mod requires github.com/acme/deep v1.0.0 // indirect',
    'go.mod',
    6,
  ],
  [
    'shop.go',
    'example.org/forked',
    'go.mod replaces example.org/forked with github.com/acme/forked',
    'go.mod',
    15,
  ],
  ['shop.go', 'example.com/shop/x', 'it lies in the module itself', 'go.mod', 1],
  ['work/a/x.go', 'example.net/b/x', 'work/go.work has the module', 'work/b/go.mod', 1],
  ['shop.go', 'fmt', 'the standard library has it', null, null],
  [
    'tools/x.go',
    'example.org/x',
    'go.mod names no module that its path begins with: its form tells the module',
    'tools/go.mod',
    null,
  ],
])('in %s “%s” is explained by “%s”', async (file, specifier, text, evidence, line) => {
  const steps: Step[] = [];
  await resolver.resolve({ file, specifier, names: [], kind: 'static' }, (step) => steps.push(step));
  expect(steps).toEqual([{ text, file: evidence, line }]);
});

test('a go.mod that Go rejects is told, and what can be read of it counts', async () => {
  const question = { file: 'broken/x.go', specifier: 'example.org/x' };
  expect(await resolver.unread(question)).toEqual([
    { file: 'broken/go.mod', line: 2, column: 1, message: 'Go knows no “Require” here' },
  ]);
  expect(await resolver.unread({ ...question, file: 'shop.go' })).toEqual([]);
  expect(await leadOf('broken/x.go', 'example.com/broken/x')).toBe('local');
});

test('names the packages of a path without a look at files', async () => {
  const namesOf = async (path: string) => (await resolver.providers(path)).map(({ name }) => name);
  expect(await namesOf('github.com/acme/harbour/quay')).toEqual(['github.com/acme/harbour']);
  expect(await namesOf('net/http')).toEqual([]);
  expect(await namesOf('./x')).toEqual([]);
});

test('an entry of the whitelist says which package provides a path', async () => {
  const project = projectOf(filesOf(snapshotOf(texts)));
  const imports = new Map([['github.com/acme/ledger', ['example.org/mirror']]]);
  const [resolution] = await go
    .resolver({ ...project, imports })
    .resolve({ file: 'shop.go', specifier: 'github.com/acme/ledger/x', names: [], kind: 'static' });
  expect(resolution && wordsOf(resolution.origin)).toBe('example.org/mirror');
});

test('a major version is another module than the one without it', () => {
  expect(candidateModules('github.com/acme/tool/v4/cmd/x')).toEqual([
    'github.com/acme/tool/v4',
    'github.com/acme/tool/v4/cmd/x',
    'github.com/acme/tool/v4/cmd',
  ]);
  // A folder deeper in the repository may be called like a version.
  expect(candidateModules('github.com/acme/tool/api/v3')).toEqual([
    'github.com/acme/tool',
    'github.com/acme/tool/api/v3',
    'github.com/acme/tool/api',
    'github.com/acme',
  ]);
});
