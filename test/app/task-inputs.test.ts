import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A build system takes a verdict from its cache where the inputs are the same, so each edit outside of packages/a that
 * changes the verdict on packages/a has to change an input. The inputs are those of docs/build-systems.md.
 */

const page = readFileSync(path.join(projectRoot, 'docs/build-systems.md'), 'utf8');
const blocks = [...page.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, text = '']) => text);
const blockWith = (part: string) => blocks.find((text) => text.includes(part)) ?? '';

const inputsOfTask = v.object({ inputs: v.array(v.string()) });
const { tasks } = v.parse(
  v.object({
    tasks: v.object({ '//#check-imports': inputsOfTask, '//#imports-declarations': inputsOfTask }),
  }),
  JSON.parse(blockWith('"//#check-imports"')),
);
const exclusions = tasks['//#check-imports'].inputs.filter((glob) => glob.startsWith('!'));
const isLeftOut = picomatch(exclusions.map((glob) => glob.slice(1)));
const isDeclaration = picomatch([...tasks['//#imports-declarations'].inputs]);
const stateScript = blockWith('git ls-files --cached');

const OWN = 'packages/a/';
type Part = 'shared' | 'state' | 'graph';
type Files = Readonly<Record<string, string>>;

/** @returns A hash of each part of the inputs that stand outside of the package. */
async function partsOf(scratch: Scratch, day: string): Promise<Readonly<Record<Part, string>>> {
  const listed = await scratch.git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const paths = [...new Set(listed.split('\0'))].filter((name) => scratch.has(name) && name !== '').sort();
  const hashOf = (names: readonly string[]) =>
    createHash('sha256')
      .update(JSON.stringify(names.map((name) => [name, scratch.read(name)])))
      .digest('hex');
  const options = { cwd: scratch.root, env: scratch.env };
  const state = await run('sh', ['-c', stateScript.replace('date -u +%F', `echo ${day}`)], options);
  expect(state).toMatchObject({ code: 0, stderr: '' });
  return {
    shared: hashOf(paths.filter((name) => !isLeftOut(name) || isDeclaration(name))),
    state: state.stdout,
    graph: hashOf(paths.filter((name) => name.startsWith('packages/b/'))),
  };
}

async function verdictOn(scratch: Scratch, now: string): Promise<string> {
  const args = ['--all', '.', '--offline', '--format', 'concise'];
  const { code, stdout } = await runIn(scratch, args, { cwd: OWN, now });
  return `${stdout}(${String(code)})`;
}

const approvals = {
  'npm:lodash': { approved: 'helpers' },
  'npm:dayjs': { approved: 'dates', expires: '2026-11-24' },
};
const base: Files = {
  'approved-packages.yaml': `extends: [team/approved.yaml]\n${whitelistText(approvals)}`,
  'team/approved.yaml': whitelistText({ 'npm:zod': { approved: 'shapes' } }),
  '.check-importsrc.yaml': 'localModules: [made_here]\n',
  '.gitignore': 'generated/\n',
  'README.md': '# Acme\n',
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
  'tsconfig.base.json':
    '{ "compilerOptions": { "baseUrl": ".", "paths": { "ui/*": ["packages/c/src/*"] } } }\n',
  'vite.config.js': 'export default { resolve: { alias: { store: "/packages/c/src/store.ts" } } };\n',
  'tools/odd/shared_sums/__init__.py': '',
  'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["tools/odd"]\n',
  'packages/a/package.json': '{ "name": "@acme/a", "dependencies": { "@acme/b": "1.0.0" } }\n',
  'packages/a/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }\n',
  'packages/a/main.ts': [
    'import "lodash";',
    'import "zod";',
    'import "dayjs";',
    'import "@acme/b";',
    'import "ui/button";',
    'import "store";',
    'import "../c/src/paths";',
    'import "__VERSION__";',
    'import "api";',
    'import "./generated/client";',
    '',
  ].join('\n'),
  'packages/a/vite.config.ts':
    'import { aliases } from "../b/src/aliases";\nexport default { resolve: { alias: aliases } };\n',
  'packages/a/sums.py': 'import shared_sums\nimport made_here\n',
  'packages/b/package.json': '{ "name": "@acme/b", "version": "1.0.0" }\n',
  'packages/b/src/index.ts': 'export {};\n',
  'packages/b/src/aliases.ts':
    'import path from "node:path";\nexport const aliases = { api: path.resolve(__dirname, "index.ts") };\n',
  'packages/c/package.json': '{ "name": "@acme/c", "dependencies": { "left": "1" } }\n',
  'packages/c/src/globals.d.ts': 'declare module "__VERSION__" {}\n',
  'packages/c/src/button.ts': 'export {};\n',
  'packages/c/src/store.ts': 'export {};\n',
  'packages/c/src/paths.ts': 'export {};\n',
};

test('the project of this file passes', async () => {
  using scratch = await Scratch.with(base);
  const verdict = await verdictOn(scratch, '2026-11-23');
  expect(verdict).toMatch(/^packages\/a\/main\.ts:8:9: warn unclear-import .*__VERSION__.*\n\(0\)$/);
});

interface Edit {
  /** Files that the project has besides, or otherwise. */
  readonly before?: Files;
  readonly write?: Files;
  readonly remove?: readonly string[];
  readonly day?: string;
  /** git's words, after everything else. */
  readonly git?: readonly (readonly string[])[];
}

/** Repository and day before and after an edit: the verdict on packages/a, and the parts of the inputs that differ. */
async function edited({ before = {}, write = {}, remove = [], day = '2026-11-23', git = [] }: Edit) {
  using scratch = await Scratch.with({ ...base, ...before });
  const verdict = await verdictOn(scratch, '2026-11-23');
  const parts = await partsOf(scratch, '2026-11-23');
  scratch.write(write);
  for (const name of remove) scratch.remove(name);
  for (const words of git) await scratch.git(...words);
  const nextParts = await partsOf(scratch, day);
  const names: readonly Part[] = ['shared', 'state', 'graph'];
  return {
    verdict: (await verdictOn(scratch, day)) !== verdict,
    inputs: names.filter((name) => nextParts[name] !== parts[name]),
  };
}

const commit = [
  ['add', '--all'],
  ['commit', '--quiet', '--no-verify', '--message', 'edit'],
];
const manifestsApprove: Files = {
  '.check-importsrc.yaml': 'trust: manifests\nlocalModules: [made_here]\n',
  'packages/a/other.ts': 'import "left";\n',
};

describe('changes the verdict on packages/a, and an input of its task', () => {
  test.each<[string, Part, Edit]>([
    ['an approval is taken back', 'shared', { write: { 'approved-packages.yaml': whitelistText({}) } }],
    ['a file that the whitelist extends', 'shared', { write: { 'team/approved.yaml': whitelistText({}) } }],
    ['the config', 'shared', { write: { '.check-importsrc.yaml': 'rules: {}\n' } }],
    ['a config where there was none', 'shared', { write: { '.check-importsrc.json': '{}' } }],
    ['the workspaces', 'shared', { write: { 'package.json': '{ "private": true }\n' } }],
    ['the name of another package', 'shared', { write: { 'packages/b/package.json': '{ "name": "b" }\n' } }],
    ['settings that are extended', 'shared', { write: { 'tsconfig.base.json': '{}\n' } }],
    ['settings of a bundler', 'shared', { write: { 'vite.config.js': 'export default {};\n' } }],
    ['settings of a test runner', 'shared', { write: { 'pyproject.toml': '' } }],
    ['what git ignores', 'shared', { write: { '.gitignore': '' }, git: commit }],
    [
      'a dependency line elsewhere, where manifests approve',
      'shared',
      { before: manifestsApprove, write: { 'packages/c/package.json': '{}' }, git: commit },
    ],
    ['the target of an alias is removed', 'state', { remove: ['packages/c/src/button.ts'], git: commit }],
    ['the target of a bundler’s alias is removed', 'state', { remove: ['packages/c/src/store.ts'] }],
    ['a module in another package is removed', 'state', { remove: ['packages/c/src/paths.ts'], git: commit }],
    [
      'a module is removed after another edit',
      'state',
      { write: { 'packages/c/src/store.ts': 'export {};\n// More.\n' }, remove: ['packages/c/src/paths.ts'] },
    ],
    [
      'a module of the root is removed',
      'state',
      { remove: ['tools/odd/shared_sums/__init__.py'], git: commit },
    ],
    ['the day on which an approval expires', 'state', { day: '2026-12-01' }],
    [
      'HEAD, and nothing else',
      'state',
      {
        before: manifestsApprove,
        write: { 'packages/c/package.json': '{}' },
        git: [...commit, ['checkout', '--quiet', 'HEAD~', '--', 'packages/c/package.json']],
      },
    ],
    [
      'a declaration of a name that no package can have',
      'shared',
      { write: { 'packages/c/src/globals.d.ts': 'export {};\n' }, git: commit },
    ],
    [
      'a program that its settings import',
      'graph',
      { write: { 'packages/b/src/aliases.ts': 'export const aliases = {};\n' }, git: commit },
    ],
  ])('%s', async (_, part, edit) => {
    const { verdict, inputs: changed } = await edited(edit);
    expect({ verdict, isCovered: changed.includes(part) }).toEqual({ verdict: true, isCovered: true });
  });
});

describe('changes neither the verdict on packages/a nor an input of its task', () => {
  const edits: readonly (readonly [string, Files])[] = [
    ['a program of another package', { 'packages/c/src/button.ts': 'export const width = 1;\n' }],
    ['an import that nobody approved, in another package', { 'packages/c/src/store.ts': 'import "evil";\n' }],
    ['a path that a program of another package adds', { 'packages/c/src/paths.ts': 'require("module");\n' }],
  ];
  test.each(edits)('%s', async (_, write) => {
    expect(await edited({ write, git: commit })).toEqual({ verdict: false, inputs: [] });
  });
});

describe('does not change the verdict on packages/a, though an input of its task', () => {
  test.each<[string, Edit]>([
    ['a page', { write: { 'README.md': '# Acme, Inc.\n' }, git: commit }],
    ['a program of a package that it depends on', { write: { 'packages/b/src/index.ts': '' }, git: commit }],
    ['a file that is added', { write: { 'packages/c/src/more.ts': '' }, git: commit }],
    ['a day on which nothing expires', { day: '2026-11-24' }],
    [
      'an approval of what it does not use',
      {
        write: {
          'team/approved.yaml': whitelistText({
            'npm:zod': { approved: 'shapes' },
            'npm:ky': { approved: 'HTTP' },
          }),
        },
        git: commit,
      },
    ],
  ])('%s', async (_, edit) => {
    const { verdict, inputs: changed } = await edited(edit);
    expect({ verdict, isCovered: changed.length > 0 }).toEqual({ verdict: false, isCovered: true });
  });
});

describe('settings of the machine are no input', () => {
  test('nor is who runs it, what is installed, or where it asks', async () => {
    using scratch = await Scratch.with(base);
    const verdict = await verdictOn(scratch, '2026-11-23');
    scratch.writeHome({ '.npmrc': 'registry=https://registry.example/\n' });
    scratch.write({
      'node_modules/left/package.json': '{ "name": "left" }\n',
      '.git/info/exclude': 'node_modules\n',
    });
    expect(await verdictOn(scratch, '2026-11-23')).toBe(verdict);
  });
});
