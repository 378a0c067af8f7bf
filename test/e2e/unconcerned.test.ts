import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A commit that by the names of its files holds no imports, dependency lines or policy is passed without a look at
 * anything else. Whatever could matter, under its old or its new name, ends that shortcut.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const denial = whitelistText({ 'npm:request': { denied: 'unmaintained', ...byAda } });

async function shop(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with({ 'README.md': '# Shop\n', ...files });
  open.push(scratch);
  return scratch;
}

async function staged(scratch: Scratch): Promise<{ code: number; findings: string[] }> {
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  return { code, findings: findingsIn(stdout) };
}

describe('beside a whitelist that can’t be read', () => {
  test.each([
    ['prose', 'docs/guide.md'],
    ['a picture', 'logo.svg'],
    ['a program in another language', 'main.rb'],
    ['a lockfile', 'poetry.lock'],
  ])('%s has nothing to check', async (_, path) => {
    const scratch = await shop({ 'approved-packages.yaml': 'packages: [\n' });
    scratch.write({ [path]: 'text\n' });
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });

  test.each([
    ['Python', 'app.py'],
    ['a page', 'index.html'],
    ['a file without extension', 'deploy'],
    ['a manifest', 'setup.cfg'],
    ['a settings file of a package manager', '.npmrc'],
    ['what a manifest may include', 'deps.list'],
    ['a config', '.check-importsrc'],
    ['what may be a whitelist', 'team/more.yml'],
    ['a script that may start the tool', 'ci/check.sh'],
    ['hooks of an assistant', '.claude/settings.json'],
  ])('%s has something to check, and it is a fault that nothing can be', async (_, path) => {
    const scratch = await shop({ 'approved-packages.yaml': 'packages: [\n' });
    scratch.write({ [path]: '\n' });
    expect((await staged(scratch)).code).toBe(2);
  });
});

test('a commit of prose that takes the whitelist away is seen to', async () => {
  const scratch = await shop({ 'approved-packages.yaml': denial });
  scratch.remove('approved-packages.yaml');
  scratch.write({ 'README.md': '# Another\n' });
  const { findings } = await staged(scratch);
  expect(findings).toContain('approved-packages.yaml:5:1 policy-change');
});

test('a whitelist that is renamed into prose is seen to', async () => {
  const scratch = await shop({ 'approved-packages.yaml': denial });
  await scratch.git('mv', 'approved-packages.yaml', 'NOTES.md');
  const { findings } = await staged(scratch);
  expect(findings).toContain('approved-packages.yaml:5:1 policy-change');
});

test.each([
  ['prose', 'notes.md'],
  ['an ignored folder', 'node_modules/notes.py'],
])('program text that is renamed from %s is new', async (_, path) => {
  const scratch = await shop({ [path]: 'import numpy_utils\n# one\n# two\n# three\n' });
  await scratch.git('mv', path, 'notes.py');
  expect(await staged(scratch)).toEqual({
    code: 1,
    findings: ['notes.py:1:8 unapproved-package pypi:numpy-utils'],
  });
});
