import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { array, nullable, object, parse, string } from 'valibot';
import { Scratch } from '../kit/scratch.ts';
import { reply, startServer, type TestServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/* A project of Go, its hook and its decisions, against a proxy on this machine that writes down what it is asked. */

type Files = Readonly<Record<string, string>>;

const modules = new Map([
  ['golang.org/x/mod', 'v0.1.0\n'],
  ['github.com/acme/known', 'v1.0.0\n'],
  ['github.com/acme/other', 'v1.0.0\nv1.1.0\n'],
  ['example.org/tools/kit', 'v1.2.3\n'],
]);

let proxy: TestServer;
let scratch: Scratch;

beforeAll(async () => {
  proxy = await startServer(({ path }, response) => {
    const [, name = '', question = ''] = /^\/(.*?)\/@(?:v\/)?(.*)$/.exec(path) ?? [];
    const versions = modules.get(name);
    if (versions === undefined) reply(response, { status: 404, body: 'not found: unknown revision' });
    else if (question === 'list') reply(response, { status: 200, body: versions });
    else reply(response, { status: 200, body: '{"Version":"v1.0.0","Time":"2026-11-22T00:00:00Z"}' });
  });
  scratch = await Scratch.with({
    'go.mod': 'module example.org/own/app\n\ngo 1.22\n\nrequire github.com/acme/known v1.0.0\n',
    'main.go': program('github.com/acme/known/sub'),
  });
  await scratch.git('tag', 'start');
});
beforeEach(async () => {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await scratch.git('clean', '--quiet', '-ffdx');
});
afterAll(async () => {
  scratch.dispose();
  await proxy.close();
});

function program(...paths: readonly string[]): string {
  return `package main\n\nimport (\n${paths.map((each) => `\t_ "${each}"\n`).join('')})\n\nfunc main() {}\n`;
}

const reportSchema = object({
  findings: array(
    object({
      rule: string(),
      grade: nullable(string()),
      package: nullable(string()),
      suggestions: array(object({ package: string() })),
    }),
  ),
});

async function staged(change: Files, env: Readonly<Record<string, string>> = {}) {
  scratch.write(change);
  await scratch.git('add', '--all');
  const from = proxy.requests.length;
  const { stdout } = await runIn(scratch, ['--staged', '--format', 'json'], {
    env: { GOPROXY: proxy.url, ...env },
  });
  const { findings } = parse(reportSchema, JSON.parse(stdout));
  const asked = proxy.requests.slice(from).map(({ path }) => path);
  return { findings: findings.map(inWords), asked };
}

function inWords({
  rule,
  grade,
  package: subject,
  suggestions,
}: {
  readonly rule: string;
  readonly grade: string | null;
  readonly package: string | null;
  readonly suggestions: readonly { readonly package: string }[];
}): string {
  const meant = suggestions.map((suggestion) => suggestion.package).join(', ');
  return `${rule}/${grade ?? ''} ${subject ?? ''}${meant === '' ? '' : `, meant ${meant}`}`;
}

describe('what a change uses', () => {
  test.each<{ what: string; change: Files; finds: readonly string[] }>([
    {
      what: 'a module that does not exist',
      change: { 'main.go': program('fmt', 'github.com/acme/invented/http') },
      finds: ['unapproved-package/nonexistent pkg:golang/github.com/acme/invented'],
    },
    {
      what: 'a module that is longer than its host’s usual ones',
      change: { 'main.go': program('example.org/tools/kit/log') },
      finds: [
        'unapproved-package/exists pkg:golang/example.org/tools, meant pkg:golang/example.org/tools/kit',
      ],
    },
    {
      what: 'a folder of a module as the line of a manifest',
      change: {
        'go.mod':
          'module example.org/own/app\n\nrequire github.com/acme/known v1.0.0\nrequire github.com/acme/other/sub v1.0.0\n',
      },
      finds: [
        'unapproved-package/nonexistent pkg:golang/github.com/acme/other/sub, meant pkg:golang/github.com/acme/other',
      ],
    },
    {
      what: 'a command that installs a program',
      change: { Makefile: 'tools:\n\tgo install github.com/acme/other/cmd/x@latest\n' },
      finds: ['unapproved-package/exists pkg:golang/github.com/acme/other'],
    },
    {
      what: 'a command that installs the project’s own program, or one of a declared module',
      change: {
        Makefile:
          'tools:\n\tgo install example.org/own/app/cmd/x@latest\n\tgo run github.com/acme/known/cmd/y\n',
      },
      finds: [],
    },
    {
      what: 'another version of a module',
      change: { 'go.mod': 'module example.org/own/app\n\ngo 1.23\n\nrequire github.com/acme/known v1.4.0\n' },
      finds: [],
    },
  ])('$what', async ({ change, finds }) => {
    expect((await staged(change)).findings).toEqual(finds);
  });
});

test.each([
  ['main.go', program('corp.example/team/secret/kit')],
  ['main.go', program('example.org/tools/secret/kit')],
  ['go.mod', 'module example.org/own/app\n\nrequire corp.example/team/secret v1.0.0\n'],
  ['Makefile', 'tools:\n\tgo install corp.example/team/secret/cmd/x@latest\n'],
])('nothing of a private module is sent: %s', async (file, text) => {
  const env = { GOPRIVATE: 'corp.example,example.org/tools/secret' };
  const { findings, asked } = await staged({ [file]: text }, env);
  expect(findings.map((each) => each.split(' ')[0])).toEqual(['unapproved-package/not-asked']);
  expect(asked).toEqual([]);
});

test('what is approved passes', async () => {
  const change = { 'main.go': program('github.com/acme/known/sub', 'github.com/acme/other/log') };
  expect((await staged(change)).findings).toHaveLength(1);
  const words = ['approve', 'golang:github.com/acme/other', '--reason', 'the log'];
  expect(await runIn(scratch, words, { env: { GOPROXY: proxy.url } })).toMatchObject({ code: 0 });
  await scratch.git('add', '--all');
  const { code } = await runIn(scratch, ['--staged'], { env: { GOPROXY: proxy.url } });
  expect(code).toBe(0);
});

test('what does not exist is not approved by the way', async () => {
  await staged({ 'main.go': program('github.com/acme/invented/http') });
  const words = ['approve', 'golang:github.com/acme/invented', '--reason', 'needed'];
  const { code, stderr } = await runIn(scratch, words, { env: { GOPROXY: proxy.url } });
  expect(code).not.toBe(0);
  expect(stderr).toContain('nonexistent');
});
