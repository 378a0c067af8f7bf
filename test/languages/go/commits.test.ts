import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../../kit/findings.ts';
import { Scratch } from '../../kit/scratch.ts';
import { runIn } from '../../kit/world.ts';

/* What is said of commits to a Go project without a whitelist, in which the manifests before the commit decide. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Texts = Readonly<Record<string, string>>;

interface Commit {
  readonly title: string;
  /** What there is besides the project, before the commit. */
  readonly before?: Texts;
  readonly commit: Texts;
  /** Paths that the commit takes away. */
  readonly removes?: readonly string[];
  readonly findings: readonly string[];
}

const goMod = (...lines: readonly string[]) =>
  ['module example.com/shop', '', 'go 1.26', ...lines, ''].join('\n');
const program = (...paths: readonly string[]) =>
  ['package shop', '', 'import (', ...paths.map((path) => `\t_ "${path}"`), ')', ''].join('\n');

const ledger = 'require github.com/acme/ledger v1.2.3';
const project: Texts = {
  '.check-importsrc.yaml': 'lookup: off\n',
  'go.mod': goMod(ledger),
  'shop.go': program('fmt', 'github.com/acme/ledger'),
  'tide/tide.go': 'package tide\n',
};

const unapproved = (at: string, name: string) => `${at} unapproved-package golang:${name}`;
const replaced = (at: string, name: string) => `${at} foreign-source golang:${name}`;

const stopped: readonly Commit[] = [
  {
    title: 'an import of a module that nothing names',
    commit: { 'new.go': program('github.com/acme/harbour/quay') },
    findings: [unapproved('new.go:4:5', 'github.com/acme/harbour')],
  },
  {
    title: 'a made-up module in go.mod, and its import',
    commit: {
      'go.mod': goMod(ledger, 'require github.com/acme/harbour/v2 v2.0.0'),
      'new.go': program('github.com/acme/harbour/v2/quay'),
    },
    findings: [
      unapproved('go.mod:5:9', 'github.com/acme/harbour/v2'),
      unapproved('new.go:4:5', 'github.com/acme/harbour/v2'),
    ],
  },
  ...['tools.mod', 'tools/tool.mod', 'lint.go.mod', 'ci/go.tool.mod'].map((path) => ({
    title: `a made-up module in ${path}, which commands name`,
    commit: { [path]: goMod(ledger, 'require github.com/acme/harbour v1.0.0') },
    findings: [unapproved(`${path}:5:9`, 'github.com/acme/harbour')],
  })),
  {
    title: 'an import of what tools.mod alone names, which is no go.mod of its folder',
    commit: {
      'tools/tools.mod': 'module example.com/tools\n',
      'tools/new.go': program('github.com/acme/ledger', 'example.com/tools/quay'),
    },
    findings: [unapproved('tools/new.go:5:5', 'example.com/tools')],
  },
  {
    title: 'a made-up module whose path has octal digits',
    commit: { 'go.mod': goMod(ledger, String.raw`require "\147ithub.com/acme/harbour" v1.0.0`) },
    findings: [unapproved('go.mod:5:10', 'github.com/acme/harbour')],
  },
  {
    title: 'a made-up module that is marked as indirect',
    commit: { 'go.mod': goMod(ledger, 'require github.com/acme/harbour v1.0.0 // indirect') },
    findings: [unapproved('go.mod:5:9', 'github.com/acme/harbour')],
  },
  {
    title: 'a made-up module with a program that `go tool` runs',
    commit: {
      'go.mod': goMod(
        ledger,
        'tool github.com/acme/harbour/cmd/quay',
        'require github.com/acme/harbour v1.0.0 // indirect',
      ),
    },
    findings: [unapproved('go.mod:6:9', 'github.com/acme/harbour')],
  },
  {
    title: 'a made-up module beside another that is marked as its own need',
    commit: {
      'go.mod': goMod(
        ledger,
        'require github.com/acme/harbour v1.0.0',
        'require github.com/acme/quay v1.0.0 // indirect',
      ),
    },
    findings: [unapproved('go.mod:5:9', 'github.com/acme/harbour')],
  },
  {
    title: 'a module in the place of another',
    commit: { 'go.mod': goMod(ledger, 'replace github.com/acme/ledger => github.com/acne/ledger v1.2.3') },
    findings: [
      unapproved('go.mod:5:9', 'github.com/acne/ledger'),
      replaced('go.mod:5:9', 'github.com/acne/ledger'),
    ],
  },
  {
    title: 'a module in the place of another, for a whole workspace',
    before: { 'go.work': 'go 1.26\n\nuse .\n' },
    commit: {
      'go.work': 'go 1.26\n\nuse .\n\nreplace github.com/acme/ledger => github.com/acne/ledger v1.2.3\n',
    },
    findings: [
      unapproved('go.work:5:9', 'github.com/acne/ledger'),
      replaced('go.work:5:9', 'github.com/acne/ledger'),
    ],
  },
  {
    title: 'a folder outside of the repository in the place of a module',
    commit: { 'go.mod': goMod(ledger, 'replace github.com/acme/ledger => ../../ledger') },
    findings: [replaced('go.mod:5:9', 'github.com/acme/ledger')],
  },
  {
    title: 'a package that the standard library does not have',
    commit: { 'new.go': program('net/httputils') },
    findings: [unapproved('new.go:4:5', 'net/httputils')],
  },
  {
    title: 'a module by its name in other capitals',
    commit: { 'new.go': program('github.com/Acme/ledger') },
    findings: [unapproved('new.go:4:5', 'github.com/Acme/ledger')],
  },
  {
    title: 'a repository beside an approved one',
    commit: { 'new.go': program('github.com/acme/ledger-extra/x') },
    findings: [unapproved('new.go:4:5', 'github.com/acme/ledger-extra')],
  },
  {
    title: 'another module of the same repository, required by its version',
    before: { 'api/go.mod': 'module example.com/shop/api\n' },
    commit: {
      'go.mod': goMod(ledger, 'require example.com/shop/api v1.0.0'),
      'new.go': program('example.com/shop/api/x'),
    },
    findings: [
      unapproved('go.mod:5:9', 'example.com/shop/api'),
      unapproved('new.go:4:5', 'example.com/shop/api'),
    ],
  },
  {
    title: 'an import in a file that only some systems build, in generated code and in tests',
    commit: {
      'new_windows.go': program('example.org/one'),
      'new.pb.go': `// Code generated by protoc-gen-go. DO NOT EDIT.\n\n${program('example.org/two')}`,
      'new_test.go': program('example.org/three/v3/x'),
      'tools.go': `//go:build tools\n\n${program('gopkg.in/four.v4/x')}`,
    },
    findings: [
      unapproved('new.pb.go:6:5', 'example.org/two'),
      unapproved('new_test.go:4:5', 'example.org/three/v3'),
      unapproved('new_windows.go:4:5', 'example.org/one'),
      unapproved('tools.go:6:5', 'gopkg.in/four.v4'),
    ],
  },
];

const quiet: readonly Omit<Commit, 'findings'>[] = [
  { title: 'a version bump', commit: { 'go.mod': goMod('require github.com/acme/ledger v1.9.0') } },
  {
    title: 'a bump to a version that no tag names',
    commit: { 'go.mod': goMod('require github.com/acme/ledger v0.0.0-20260102030405-0123456789ab') },
  },
  {
    title: 'what a bump brings for others to use',
    commit: {
      'go.mod': goMod(
        'require github.com/acme/ledger v1.9.0',
        'require github.com/acme/deep v1.0.0 // indirect',
      ),
    },
  },
  {
    title: 'a program that `go tool` runs, of a module that was there for others alone',
    before: { 'go.mod': goMod(ledger, 'require github.com/acme/deep v1.0.0 // indirect') },
    commit: {
      'go.mod': goMod(
        'require github.com/acme/ledger v1.9.0',
        'tool github.com/acme/deep/cmd/quay',
        'require github.com/acme/deep v1.0.0 // indirect',
      ),
    },
  },
  {
    title: 'an import of a module that was there for others alone',
    before: { 'go.mod': goMod(ledger, 'require github.com/acme/deep v1.0.0 // indirect') },
    commit: {
      'go.mod': goMod(
        'require github.com/acme/ledger v1.9.0',
        'require github.com/acme/deep v1.0.0 // indirect',
      ),
      'new.go': program('github.com/acme/deep/x'),
    },
  },
  {
    title: 'a module that was there for others alone and is asked for now',
    before: { 'go.mod': goMod(ledger, 'require github.com/acme/deep v1.0.0 // indirect') },
    commit: { 'go.mod': goMod(ledger, 'require github.com/acme/deep v1.0.0') },
  },
  {
    title: 'what is for others alone, in another version, and no more',
    before: {
      'go.mod': goMod(
        ledger,
        'require github.com/acme/deep v1.0.0 // indirect',
        'require github.com/acme/old v1.0.0 // indirect',
      ),
    },
    commit: { 'go.mod': goMod(ledger, 'require github.com/acme/deep v1.1.0 // indirect') },
  },
  {
    title: 'a block in the place of a line',
    commit: { 'go.mod': goMod('require (', '\tgithub.com/acme/ledger v1.2.3 // why', ')') },
  },
  {
    title: 'lines that ask for no module',
    commit: {
      'go.mod': goMod(
        ledger,
        'toolchain go1.26.1',
        'godebug default=go1.21',
        'exclude github.com/acme/never v1.0.0',
        'retract [v0.1.0, v0.2.0]',
        'ignore ./web',
        'tool example.com/shop/tide',
      ),
    },
  },
  {
    title: 'the standard library, cgo, and what is internal',
    commit: {
      'new.go': program(
        'net/http',
        'math/rand/v2',
        'embed',
        'unsafe',
        'encoding/json/v2',
        'syscall/js',
        'internal/abi',
      ),
      'c.go': 'package shop\n\n// #include <stdio.h>\n// import "not"\nimport "C"\n',
    },
  },
  {
    title: 'packages of the module itself, also where they are not written yet',
    commit: { 'new.go': program('example.com/shop/tide', 'example.com/shop/internal/made/by/protoc') },
  },
  {
    title: 'a deeper package of a declared module, and what may be its next version',
    commit: { 'new.go': program('github.com/acme/ledger/entries/v2', 'github.com/acme/ledger/v2') },
  },
  {
    title: 'an import comment, and imports in comments and texts',
    commit: {
      'new.go':
        'package shop // import "github.com/acme/elsewhere"\n\n/*\nimport "github.com/acme/a"\n*/\n\nvar x = `\nimport "github.com/acme/b"\n`\n',
    },
  },
  {
    title: 'a module of one word',
    before: { 'go.mod': 'module shop\n' },
    commit: { 'new.go': program('shop/tide') },
  },
  {
    title: 'a folder of the repository in the place of a module',
    before: { 'ledger/go.mod': 'module github.com/acme/ledger\n' },
    commit: { 'go.mod': goMod(ledger, 'replace github.com/acme/ledger => ./ledger') },
  },
  {
    title: 'a folder of the repository by a name that no host has',
    commit: {
      'go.mod': goMod(ledger, 'require shared v0.0.0', 'replace shared => ./shared'),
      'shared/go.mod': 'module shared\n',
      'new.go': program('shared/pumps'),
    },
  },
  {
    title: 'a member of the workspace, and what only another member requires',
    before: {
      'go.work': 'go 1.26\n\nuse (\n\t.\n\t./pumps\n)\n',
      'pumps/go.mod': 'module example.org/pumps\n\nrequire github.com/acme/valves v1.0.0\n',
    },
    commit: { 'new.go': program('example.org/pumps/x', 'github.com/acme/valves') },
  },
  {
    title: 'a new member of the workspace that others require',
    before: { 'go.work': 'go 1.26\n\nuse .\n' },
    commit: {
      'go.work': 'go 1.26\n\nuse .\nuse ./pumps\n',
      'go.mod': goMod(ledger, 'require example.org/pumps v0.0.0'),
      'pumps/go.mod': 'module example.org/pumps\n',
      'new.go': program('example.org/pumps/x'),
    },
  },
  {
    title: 'a nested module and its own requirements',
    before: { 'tools/go.mod': 'module example.com/shop/tools\n\nrequire example.org/linter v1.0.0\n' },
    commit: { 'tools/x.go': program('example.org/linter/cmd', 'example.com/shop/tools/y') },
  },
  {
    title: 'a vendored tree',
    commit: {
      'vendor/modules.txt': '# github.com/acme/ledger v1.2.3\n## explicit\ngithub.com/acme/ledger\n',
      'vendor/github.com/acme/ledger/ledger.go': program('github.com/acme/valves'),
    },
  },
  {
    title: 'test data as Go had it before modules',
    commit: {
      'check/testdata/src/a/a.go': program('b', 'lib/x', './sub', 'example.org/lib'),
      'check/testdata/src/example.org/lib/lib.go': 'package lib\n',
    },
  },
  {
    title: 'a file that Go rejects',
    commit: { 'new.go': 'package shop\n\nimport "fmt" "os"\n' },
  },
  {
    title: 'a file that moves',
    before: { 'old.go': program('github.com/acme/undeclared') },
    commit: { 'tide/new.go': program('github.com/acme/undeclared') },
    removes: ['old.go'],
  },
];

async function check({
  before = {},
  commit,
  removes = [],
}: Omit<Commit, 'findings'>): Promise<readonly string[]> {
  const scratch = await Scratch.with({ ...project, ...before });
  open.push(scratch);
  for (const path of removes) scratch.remove(path);
  scratch.write(commit);
  await scratch.git('add', '--all', '--force');
  const { stdout, stderr } = await runIn(scratch, ['--staged', '--format', 'concise']);
  expect(stderr).toBe('');
  return findingsIn(stdout);
}

describe('stops', () => {
  test.each(stopped)('$title', async ({ findings, ...commit }) => {
    expect(await check(commit)).toEqual(findings);
  });
});

describe('lets pass', () => {
  test.each(quiet)('$title', async (commit) => {
    expect(await check(commit)).toEqual([]);
  });
});
