import { array, nullable, object, parse, string, type InferOutput } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { runPrinted } from '../kit/printed.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A finding about a source names a command; a shell runs it as it is printed, and the line passes. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const reportSchema = object({
  findings: array(object({ rule: string(), package: nullable(string()), next: array(string()) })),
  policyChanges: array(object({ what: string() })),
});
type Told = InferOutput<typeof reportSchema>;

/** A repository in which nothing is approved but `lodash`, with a change of its manifests. */
async function changed(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({ 'npm:lodash': { approved: 'helpers' } }),
    'package.json': '{}\n',
    'requirements.txt': '',
  });
  open.push(scratch);
  scratch.write(files);
  await scratch.git('add', '--all');
  return scratch;
}

async function check(scratch: Scratch, env: Record<string, string> = {}): Promise<Told> {
  const args = ['check', '--staged', '--offline', '--format', 'json'];
  return parse(reportSchema, JSON.parse((await runIn(scratch, [...args], { env })).stdout));
}

/** Runs a command of a finding as it is printed; only the staging is added. No registry is asked. */
async function obey(scratch: Scratch, command: string): Promise<void> {
  const { code, stderr } = await runPrinted(scratch, `${command} --offline --stage`);
  expect([code, stderr]).toEqual([0, expect.stringContaining('Staged approved-packages.yaml')]);
}

const json = (dependencies: Readonly<Record<string, string>>) => ({
  'package.json': `${JSON.stringify({ dependencies })}\n`,
});

describe('another revision of the same source', () => {
  const address = 'https://builds.example/@team/ui@0f70402';
  test.each([
    ['a commit of a package of builds', address, 'https://builds.example/@team/ui@93d6696', 0],
    ['a tag of a repository', 'github:team/ui#v1', 'github:team/ui#v2', 0],
    ['another package there', address, 'https://builds.example/@team/iu@93d6696', 1],
    ['another host', address, 'https://builds.invalid/@team/ui@0f70402', 1],
    ['another scope', 'https://builds.example/@team', 'https://builds.example/@tame', 1],
    ['another archive', 'https://files.example/ui-1.tgz', 'https://files.example/ui-2.tgz', 1],
  ])('%s', async (_, before, after, code) => {
    const scratch = await Scratch.with({
      ...json({ '@team/ui': before }),
      '.check-importsrc.yaml': 'lookup: off\n',
    });
    open.push(scratch);
    scratch.write(json({ '@team/ui': after }));
    await scratch.git('add', '--all');
    expect((await runIn(scratch, ['--staged'])).code).toBe(code);
  });
});

describe('a file that settings name', () => {
  type Files = Readonly<Record<string, string>>;
  const registry = 'registry=https://registry.example/\n';
  const named = { '.npmrc': 'userconfig=./conf/npm\n', ...json({ lodash: '4' }) };
  const told = async (base: Files, change: Files) => {
    const scratch = await Scratch.with({
      'approved-packages.yaml': whitelistText({ 'npm:lodash': { approved: 'helpers' } }),
      ...base,
    });
    open.push(scratch);
    scratch.write(change);
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    return findingsIn(stdout).map((line) => line.split(' ').slice(0, 2).join(' '));
  };
  const npmFile = 'conf/npm';
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'further settings of npm name a registry',
      { ...named, [npmFile]: 'save-exact=true\n' },
      { [npmFile]: `save-exact=true\n${registry}` },
      ['conf/npm:2:10 foreign-source'],
    ],
    [
      'further settings of npm, as text, name the registry of a scope',
      { ...named, '.npmrc': 'globalconfig = more.txt\n', 'more.txt': '' },
      { 'more.txt': '@acme:registry = https://registry.example/\n' },
      ['more.txt:1:18 foreign-source'],
    ],
    [
      'further settings of npm name a registry no longer',
      { ...named, [npmFile]: registry },
      { [npmFile]: 'save-exact=true\n' },
      ['package.json:1:19 foreign-source'],
    ],
    [
      'settings that are named by way of the folder',
      { ...named, '.npmrc': 'userconfig=${PWD}/conf/npm\n', [npmFile]: 'save-exact=true\n' },
      { [npmFile]: registry },
      ['conf/npm:1:10 foreign-source'],
    ],
    [
      'settings that were there are named now',
      { [npmFile]: registry },
      { '.npmrc': 'userconfig=./conf/npm\n' },
      ['.npmrc:1:12 foreign-source', 'conf/npm:1:10 foreign-source'],
    ],
    [
      'further settings of npm name the same registry',
      { ...named, [npmFile]: registry },
      { [npmFile]: `save-exact=true\n${registry}` },
      [],
    ],
    ['settings of npm that nothing names', {}, { [npmFile]: registry }, []],
    [
      'further settings of Yarn 1 name a registry',
      { '.yarnrc': '--use-yarnrc "./conf/yarn"\n', 'conf/yarn': 'save-prefix "~"\n' },
      { 'conf/yarn': 'save-prefix "~"\nregistry "https://registry.example/"\n' },
      ['conf/yarn:2:11 foreign-source'],
    ],
    [
      'further settings of Yarn 1 name no registry',
      { '.yarnrc': '--use-yarnrc "./conf/yarn"\n', 'conf/yarn': 'save-prefix "~"\n' },
      { 'conf/yarn': 'save-prefix "^"\n' },
      [],
    ],
    [
      'an import map outside of the repository',
      {},
      { 'deno.json': '{"importMap":"../map.json"}\n' },
      ['deno.json:1:15 foreign-source'],
    ],
    [
      'an import map by its path on the machine',
      {},
      { 'deno.json': '{"importMap":"file:///srv/map.json"}\n' },
      ['deno.json:1:15 foreign-source'],
    ],
    [
      'an import map in the folder above',
      { 'map.json': '{"imports":{}}\n' },
      { 'web/deno.json': '{"importMap":"../map.json"}\n' },
      [],
    ],
    [
      'an import map outside of the repository, which the base names',
      { 'deno.json': '{"importMap":"../map.json"}\n' },
      { 'deno.json': '{"importMap":"../map.json","tasks":{}}\n' },
      [],
    ],
  ])('%s', async (_, base, change, findings) => {
    expect(await told(base, change)).toEqual(findings);
  });
});

describe('the command of a finding', () => {
  test.each([
    [
      'git, without token and tag',
      json({ 'left-pad': 'git+https://user:token@git.example.org/left-pad.git#v2' }),
      'npm:left-pad --source "git+https://git.example.org/left-pad.git"',
      'approved npm:left-pad from git+https://git.example.org/left-pad.git',
    ],
    [
      'a URL that a shell would take apart',
      json({ lodash: 'https://files.example/get?name=lodash&kind=(tgz);v=1' }),
      'npm:lodash --source "https://files.example/get?name=lodash&kind=(tgz);v=1"',
      'lets npm:lodash come from https://files.example/get?name=lodash&kind=(tgz);v=1',
    ],
    [
      'a path',
      json({ lodash: 'file:vendor/lodash' }),
      'npm:lodash --source "./vendor/lodash"',
      'lets npm:lodash come from ./vendor/lodash',
    ],
    [
      'a wheel',
      { 'requirements.txt': 'NumPy @ https://files.example/numpy-1-py3-none-any.whl#sha256=0\n' },
      'pypi:numpy --source "https://files.example/numpy-1-py3-none-any.whl"',
      'approved pypi:numpy from https://files.example/numpy-1-py3-none-any.whl',
    ],
    [
      'an import map',
      { 'deno.json': '{ "imports": { "oak": "https://files.example/oak@v17/mod.ts" } }\n' },
      'npm:oak --source "https://files.example/oak@v17/mod.ts"',
      'approved npm:oak from https://files.example/oak@v17/mod.ts',
    ],
  ])('%s', async (_, files, words, policy) => {
    const scratch = await changed(files);
    const { findings } = await check(scratch);
    const next = `vetted-imports approve ${words} --reason "…"`;
    expect(findings).toMatchObject([{ rule: 'foreign-source', next: [next] }]);
    await obey(scratch, next);
    const { findings: left, policyChanges } = await check(scratch);
    expect(left.map(({ rule }) => rule)).toEqual(['policy-change']);
    expect(policyChanges.map(({ what }) => what)).toEqual([policy]);
  });

  test('an alias belongs to its name; its target is approved for itself', async () => {
    const scratch = await changed(json({ lodash: 'npm:evil@1' }));
    const [, source] = (await check(scratch)).findings;
    expect(source).toEqual({
      rule: 'foreign-source',
      package: 'pkg:npm/evil',
      next: ['vetted-imports approve npm:lodash --source "npm:evil" --reason "…"'],
    });
    await obey(scratch, source?.next[0] ?? '');
    const { findings } = await check(scratch);
    expect(findings.filter(({ rule }) => rule !== 'policy-change')).toMatchObject([
      { rule: 'unapproved-package', package: 'pkg:npm/evil' },
    ]);
  });

  test.each([
    ['a location that names no package', { 'requirements.txt': './vendor/thing\n' }, {}],
    ['an index', { 'requirements.txt': '--extra-index-url https://registry.example/simple\n' }, {}],
    ['what no shell takes for a text', json({ lodash: 'https://files.example/$(id).tgz' }), {}],
    ['an assistant, which only asks', json({ lodash: './lodash' }), { CLAUDECODE: '1' }],
  ])('is the page for %s', async (_, files, env) => {
    const { findings } = await check(await changed(files), env);
    expect(findings.map(({ next }) => next)).toEqual([['vetted-imports explain foreign-source']]);
  });
});

test('the policy of the base does not know what the change approves', async () => {
  const scratch = await changed({
    ...json({ lodash: './lodash' }),
    'approved-packages.yaml': whitelistText({ 'npm:lodash': { approved: 'mine', source: './lodash' } }),
  });
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'Mine');
  const rules = async (from: string) => {
    const args = ['check', '--since', 'HEAD~1', '--policy-from', from, '--offline', '--format', 'json'];
    const { findings } = parse(reportSchema, JSON.parse((await runIn(scratch, [...args])).stdout));
    return findings.map(({ rule }) => rule).toSorted();
  };
  expect(await rules('head')).toEqual(['policy-change']);
  expect(await rules('base')).toEqual(['foreign-source', 'policy-change']);
});
