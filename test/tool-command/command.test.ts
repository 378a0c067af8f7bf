import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { toolCommand } from '../../src/tool-command/command.ts';
import { isCopyable } from '../../src/reporters/words.ts';
import { filesOf } from '../languages/javascript/resolve/project.ts';

/*
 * How people start this tool, by what a repository holds. No row may lead to a copy that the repository does not name:
 * npx asks the registry for a command that it does not find.
 */

const named = '{ "devDependencies": { "vetted-imports": "^0.1.0" } }';
const other = '{ "devDependencies": { "vite": "^6.0.0" } }';

interface Row {
  readonly there: Readonly<Record<string, string>>;
  /** The working folder. */
  readonly at?: string;
  readonly says: string;
}

const schema = v.parse(
  v.object({
    $defs: v.object({
      finding: v.object({
        properties: v.object({ next: v.object({ items: v.object({ pattern: v.string() }) }) }),
      }),
    }),
  }),
  JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8')),
);
const pattern = new RegExp(schema.$defs.finding.properties.next.items.pattern);

const command = ({ there, at = '' }: Row) => toolCommand(filesOf(new Map(Object.entries(there))), at);

describe('a package.json names it: its package manager runs it', () => {
  test.each<Row>([
    { there: { 'package.json': named }, says: 'npx --no -- vetted-imports' },
    { there: { 'package.json': named, 'package-lock.json': '' }, says: 'npx --no -- vetted-imports' },
    { there: { 'package.json': named, 'pnpm-lock.yaml': '' }, says: 'pnpm exec vetted-imports' },
    { there: { 'package.json': named, 'yarn.lock': '' }, says: 'yarn vetted-imports' },
    { there: { 'package.json': named, 'bun.lock': '' }, says: 'bunx --no-install vetted-imports' },
    { there: { 'package.json': named, 'bun.lockb': '' }, says: 'bunx --no-install vetted-imports' },
    {
      there: { 'package.json': '{ "dependencies": { "vetted-imports": "0.1.0" } }' },
      says: 'npx --no -- vetted-imports',
    },
    { there: { 'package.json': '{ "name": "vetted-imports" }' }, says: 'npx --no -- vetted-imports' },
    { there: { 'package.json': named, 'web/package.json': named }, says: 'npx --no -- vetted-imports' },
  ])('$says: $there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('that package.json is in another folder: its package manager is sent there', () => {
  test.each<Row>([
    { there: { 'web/package.json': named }, says: 'npm --prefix web exec --no -- vetted-imports' },
    {
      there: { 'web/package.json': named },
      at: 'docs/api',
      says: 'npm --prefix ../../web exec --no -- vetted-imports',
    },
    { there: { 'web/package.json': named }, at: 'web/src', says: 'npx --no -- vetted-imports' },
    {
      there: { 'web/package.json': named, 'web/pnpm-lock.yaml': '' },
      says: 'pnpm --dir web exec vetted-imports',
    },
    {
      there: { 'web/package.json': named, 'web/pnpm-lock.yaml': '' },
      at: 'web',
      says: 'pnpm exec vetted-imports',
    },
    // pnpm does not look for the project above the working folder.
    {
      there: { 'web/package.json': named, 'web/pnpm-lock.yaml': '' },
      at: 'web/src',
      says: 'pnpm --dir .. exec vetted-imports',
    },
    { there: { 'web/package.json': named, 'web/yarn.lock': '' }, says: 'yarn --cwd web vetted-imports' },
    { there: { 'web/package.json': named, 'web/bun.lock': '' }, says: 'bun run --cwd web vetted-imports' },
    // A workspace: the lockfile stands at its root.
    {
      there: { 'package.json': other, 'pnpm-lock.yaml': '', 'tools/lint/package.json': named },
      says: 'pnpm --dir tools/lint exec vetted-imports',
    },
    {
      there: { 'pnpm-lock.yaml': '', 'web/package.json': named, 'web/package-lock.json': '' },
      says: 'npm --prefix web exec --no -- vetted-imports',
    },
  ])('$says: $there at $at', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('several name it: the root, then the nearest above the working folder, then the one highest up', () => {
  const there = { 'app/deep/package.json': named, 'api/package.json': named, 'web/package.json': named };
  test.each<Row>([
    { there, says: 'npm --prefix api exec --no -- vetted-imports' },
    { there, at: 'web/src', says: 'npx --no -- vetted-imports' },
    { there, at: 'app', says: 'npm --prefix ../api exec --no -- vetted-imports' },
    { there: { ...there, 'package.json': named }, at: 'web', says: 'npx --no -- vetted-imports' },
  ])('$says at $at', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('nothing names it: it is on PATH, and npx would fetch something', () => {
  test.each<Row>([
    { there: {}, says: 'vetted-imports' },
    { there: { 'requirements.txt': 'flask\n' }, says: 'vetted-imports' },
    { there: { 'package.json': other, 'yarn.lock': '' }, says: 'vetted-imports' },
    { there: { 'package.json': '{ "devDependencies": ["vetted-imports"] }' }, says: 'vetted-imports' },
    { there: { 'package.json': '{ vetted-imports' }, says: 'vetted-imports' },
    { there: { 'web/node_modules/x/package.json': named }, says: 'vetted-imports' },
    // A name that a shell would read as more than a name.
    { there: { 'web $(id)/package.json': named }, says: 'vetted-imports' },
    { there: { '-x/package.json': named }, says: 'vetted-imports' },
  ])('$there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('the mirror for the pre-commit framework brings the version of its tag', () => {
  const from = (repository: string, revision: string, id = 'check-imports') =>
    `repos:\n  - repo: ${repository}\n    rev: ${revision}\n    hooks:\n      - id: ${id}\n`;
  const mirror = 'https://github.com/vetted-imports/pre-commit';

  test.each([
    ['a tag', from(mirror, 'v1.2.3'), 'npx --yes vetted-imports@1.2.3'],
    ['a commit', from(mirror, '0123456789abcdef0123456789abcdef01234567'), 'vetted-imports'],
    ['a tag that is no version', from(mirror, 'v1.2.3;x'), 'vetted-imports'],
    ['another repository', from(`${mirror}s`, 'v1.2.3'), 'vetted-imports'],
    ['the hook that brings nothing', from(mirror, 'v1.2.3', 'check-imports-system'), 'vetted-imports'],
  ])('%s', async (_, text, command) => {
    const files = filesOf(new Map([['.pre-commit-config.yaml', text]]));
    expect(await toolCommand(files, '')).toBe(command);
  });
});

describe('the pre-commit framework brings it: npx gets what the framework gets', () => {
  const local = (...fields: readonly string[]) =>
    [
      'repos:',
      '- repo: local',
      '  hooks:',
      '  - id: check-imports',
      ...fields.map((field) => `    ${field}`),
      '',
    ].join('\n');
  const remote = (id: string, rev = 'v0.1.0') =>
    `repos:\n- repo: https://git.example/vetted-imports\n  rev: ${rev}\n  hooks:\n  - id: ${id}\n`;
  const config = '.pre-commit-config.yaml';
  const entry = 'entry: vetted-imports hook pre-commit';
  const exact = "additional_dependencies: ['vetted-imports@0.1.0']";

  test.each<Row>([
    { there: { [config]: local('language: node', exact, entry) }, says: 'npx --yes vetted-imports@0.1.0' },
    {
      there: {
        [config]: local('language: node', 'additional_dependencies:', '- vetted-imports@1.2.3', entry),
      },
      says: 'npx --yes vetted-imports@1.2.3',
    },
    {
      there: { [config]: local('language: node', exact, entry), 'package.json': named },
      says: 'npx --no -- vetted-imports',
    },
    { there: { [config]: local('language: system', entry) }, says: 'vetted-imports' },
    // An address of the repository's own choice gets into no command.
    {
      there: { [config]: remote('check-imports') },
      says: 'vetted-imports',
    },
    { there: { [config]: remote('check-imports-system') }, says: 'vetted-imports' },
    { there: { [config]: remote('ruff') }, says: 'vetted-imports' },
    // Another tool has a hook of the same name.
    {
      there: { [config]: remote('check-imports').replace('example/vetted-imports', 'example/isort-tools') },
      says: 'vetted-imports',
    },
    { there: { [config]: remote('check-imports', '"$(id)"') }, says: 'vetted-imports' },
    { there: { [config]: 'repos: [' }, says: 'vetted-imports' },
    { there: { [config]: local('language: node', '# vetted-imports@0.1.0') }, says: 'vetted-imports' },
    // Whatever the registry has that fits a range is no certain copy.
    {
      there: {
        [config]: local('language: node', "additional_dependencies: ['vetted-imports@^0.1.0']", entry),
      },
      says: 'vetted-imports',
    },
  ])('$says: $there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('reports show a command where every shell reads it as written, and no other', () => {
  test.each([
    'npx --no -- vetted-imports review',
    'npm --prefix web exec --no -- vetted-imports review',
    'pnpm --dir .. exec vetted-imports review',
    'yarn --cwd ../../tools/lint vetted-imports request npm:@acme/ui',
    'npx --yes vetted-imports@0.1.0 review',
    'bunx --no-install vetted-imports review',
    'npx --no -- vetted-imports request npm:@acme/ui --reason "…"',
  ])('%s', (text) => {
    expect([isCopyable(text), pattern.test(text)]).toEqual([true, true]);
  });

  test.each([
    'git add -x.yaml',
    'git add --force',
    'git add #x',
    'git add ..;id',
    'git add ~/x',
    'npx --yes git+https://git.example/vetted-imports#v0.1.0 review',
    'npx --yes git+https://git.example/x#$(id) review',
    'npm --prefix  web exec',
    'npx --no -- vetted-imports request npm:x --reason "a"',
    'npx --no -- vetted-imports request npm:x --reason "…" --reason "…"',
  ])('not %s', (text) => {
    expect([isCopyable(text), pattern.test(text)]).toEqual([false, false]);
  });
});
