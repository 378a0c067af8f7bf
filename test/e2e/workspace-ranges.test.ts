import { afterAll, beforeAll, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * A change brings a member of a workspace and a line that asks for a package of its name. Whether the line takes the member
 * or what a registry serves depends on the member's version and on the package manager.
 */

type Files = Readonly<Record<string, string>>;

const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
const member = (fields: object): Files => ({
  'packages/left-pad/package.json': json({ name: 'left-pad', ...fields }),
});
const root = (range: string, fields: object): Files => ({
  'package.json': json({ name: 'shop', ...fields, dependencies: { lodash: '4', 'left-pad': range } }),
});
const workspaces = { private: true, workspaces: ['packages/*'] };
const one = member({ version: '1.2.0' });
const pnpm: Files = { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' };

let scratch: Scratch;
beforeAll(async () => {
  scratch = await shop();
});
afterAll(() => {
  scratch.dispose();
});

async function said(files: Files): Promise<string[]> {
  scratch.write(files);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  await scratch.git('reset', '--quiet', '--hard');
  return findingsIn(stdout).map((finding) => finding.replace(/:\d+:\d+/, ''));
}

test.each<readonly [title: string, files: Files]>([
  ['npm, another major version', { ...one, ...root('^9', workspaces) }],
  ['npm, a version that is not there yet', { ...one, ...root('>=1.3', workspaces) }],
  ['a tag', { ...one, ...root('latest', workspaces) }],
  ['a member without a version', { ...member({}), ...root('^1', workspaces) }],
  ['pnpm, a range that the member is in', { ...one, ...pnpm, ...root('^1', {}) }],
  ['pnpm, any version', { ...one, ...pnpm, ...root('*', {}) }],
  [
    'Yarn that links only what says so',
    { ...one, ...root('^1', workspaces), '.yarnrc.yml': 'enableTransparentWorkspaces: false\n' },
  ],
  [
    'Bun that links only what says so',
    { ...one, ...root('^1', workspaces), 'bunfig.toml': '[install]\nlinkWorkspacePackages = false\n' },
  ],
])('is asked of the registry: %s', async (_title, files) => {
  expect(await said(files)).toEqual(['package.json unapproved-package npm:left-pad']);
});

test.each<readonly [title: string, files: Files]>([
  ['npm, a range that it is in', { ...one, ...root('^1.1', workspaces) }],
  ['npm, several ranges', { ...one, ...root('0.9 || ~1.2', workspaces) }],
  ['a prerelease', { ...member({ version: '2.0.0-beta.1' }), ...root('>=1', workspaces) }],
  ['any version of a member that has none', { ...member({}), ...root('*', workspaces) }],
  ['workspace:', { ...one, ...pnpm, ...root('workspace:^', {}) }],
  [
    'pnpm that links ranges',
    {
      ...one,
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\nlinkWorkspacePackages: true\n',
      ...root('^1', {}),
    },
  ],
  [
    'pnpm that links ranges by .npmrc',
    { ...one, ...pnpm, '.npmrc': 'link-workspace-packages=deep\n', ...root('^1', {}) },
  ],
  ['pnpm 8', { ...one, ...pnpm, ...root('^1', { packageManager: 'pnpm@8.15.4' }) }],
])('takes the member: %s', async (_title, files) => {
  expect(await said(files)).toEqual([]);
});
