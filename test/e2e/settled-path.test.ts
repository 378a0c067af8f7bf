import { afterEach, describe, expect, test } from 'vitest';
import { observe, observeWith } from '../kit/observe.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

/*
 * A commit that touches only what is settled must cost next to nothing: it prints nothing, starts git
 * twice (once where no file by its name can matter), and loads no parser, no YAML, no reporter, no registry client, no library at all. Chunks are named
 * after what is in them (rolldown.config.js), those of packages `package-…`.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const whitelist = whitelistText({
  'npm:@acme/*': { approved: 'our own scope', ...byAda },
  'npm:lodash': { approved: 'the cart', ...byAda },
  'pypi:flask': { approved: 'the API', ...byAda },
  'pypi:opencv-python': { approved: 'thumbnails', imports: ['cv2'], ...byAda },
  'pypi:pyyaml': { baseline: '2026-01-02' },
});

/** A shop in both languages. Its manifests declare more than the whitelist approves. */
async function shop(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    'package.json': '{ "name": "shop", "dependencies": { "lodash": "4", "left-pad": "1" } }\n',
    'requirements.txt': 'flask\nopencv-python\npyyaml\nnumpy\n',
    'tsconfig.json': '{ "compilerOptions": { "strict": true } }\n',
    'shop/__init__.py': '',
    'shop/stock.py': 'import os\n',
    'web/price.ts': 'export const price = 1;\n',
    ...files,
  });
  open.push(scratch);
  return scratch;
}

const python = (name: string) =>
  `import os, json\nimport flask\nimport cv2\nfrom yaml import safe_load\nfrom shop import stock\n\n${name} = flask\n`;
const typescript = (name: string) =>
  `import fs from 'node:fs';\nimport { pick } from 'lodash/fp';\nimport ui from '@acme/ui';\nimport { price } from './price.js';\n\nexport const ${name} = [fs, pick, ui, price];\n`;

const common = ['check', 'cli', 'rolldown-runtime', 'settle'];
const listing = ['diff-index'];
const reading = ['cat-file', 'diff-index'];

describe('with a whitelist, a settled commit', () => {
  test.each([
    ['that touches no program', { 'logo.svg': '<svg/>\n' }, { git: listing, loaded: common }],
    [
      'of a page',
      { 'README.md': '# Shop\n' },
      { git: [...listing, 'grep'], loaded: [...common, 'git-search'].toSorted() },
    ],
    [
      'of scripts and workflows that start other things',
      { 'deploy.sh': 'set -e\n', '.github/workflows/ci.yml': 'on: push\n' },
      { git: reading, loaded: common },
    ],
    [
      'of a file of words, which something may name as a list of requirements,',
      { 'deploy.sh': 'true\n' },
      { git: reading, loaded: ['analysis-taken-in', ...common, 'declarations-unnamed-manifests'].toSorted() },
    ],
    ['of one Python file', { 'shop/app.py': python('a') }, { git: reading, loaded: [...common, 'resolver'] }],
    [
      'of one TypeScript file',
      { 'web/app.ts': typescript('a') },
      { git: reading, loaded: [...common, 'languages-javascript-resolve'] },
    ],
    [
      'of new modules at the root',
      { 'tools.py': python('a'), 'helpers/__init__.py': '' },
      { git: reading, loaded: [...common, 'resolver'] },
    ],
    [
      'of several files',
      {
        'shop/app.py': python('a'),
        'shop/deep/other.py': python('b'),
        'web/app.ts': typescript('a'),
        'web/app.tsx': typescript('b'),
        'README.md': '# Shop\n',
      },
      { git: reading, loaded: [...common, 'languages-javascript-resolve', 'resolver'] },
    ],
  ])('%s is silent and loads nothing else', async (_, change, { git, loaded }) => {
    const scratch = await shop({ 'approved-packages.yaml': whitelist });
    scratch.write(change);
    await scratch.git('add', '--all');
    for (const args of [['--staged'], ['hook', 'pre-commit']]) {
      expect(await observe(scratch, ...args)).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
        git,
        loaded: [...loaded].sort(),
      });
    }
  });
});

describe('without a whitelist, where the manifests at HEAD approve, a settled commit', () => {
  test.each([
    [
      'of one Python file',
      { 'shop/app.py': python('a') },
      ['documents-document', 'ecosystems-pypi-manifests-requirement', 'requirements', 'resolver'],
    ],
    [
      'of one TypeScript file',
      { 'web/app.ts': typescript('a').replace(/^.*@acme.*\n/m, '') },
      [
        'documents-document',
        'documents-json',
        'ecosystems-npm-manifests-npm-dependencies',
        'ecosystems-npm-manifests-package-json',
        'languages-javascript-resolve',
        'package-jsonc-parser',
      ],
    ],
  ])('%s loads what reads its own manifest besides', async (_, change, readers) => {
    const scratch = await shop();
    scratch.write(change);
    await scratch.git('add', '--all');
    const { loaded, ...rest } = await observe(scratch, '--staged');
    expect(rest).toEqual({ code: 0, stdout: '', stderr: '', git: reading });
    expect(loaded).toEqual([...common, ...readers].sort());
  });
});

describe('a compiled file', () => {
  const pinned = (...pins: readonly string[]) =>
    `# This file was autogenerated by uv via the following command:\n#    uv pip compile requirements.in -o requirements.txt\n${pins.join('')}`;
  const flask = (version: string) => `flask==${version}\n    # via -r requirements.in\n`;
  const leaf = 'leaf==1\n    # via flask\n';
  const outside = ['analysis-requirement-claims', 'lookups', 'lookups-project-requirements'];
  test.each([
    ['with new versions loads no registry client', 'flask\n', pinned(flask('2')), []],
    [
      'with a new package and the source loads what holds it against a registry',
      'flask>=2\n',
      pinned(flask('2'), leaf),
      outside,
    ],
  ])('%s', async (_, source, text, expected) => {
    const scratch = await shop({
      'approved-packages.yaml': whitelist,
      'requirements.in': 'flask\n',
      'requirements.txt': pinned(flask('1')),
    });
    scratch.write({ 'requirements.in': source, 'requirements.txt': text });
    await scratch.git('add', '--all');
    const { code, loaded } = await observe(scratch, '--staged', '--offline');
    expect(code).toBe(0);
    expect(loaded.filter((chunk) => outside.includes(chunk)).toSorted()).toEqual(expected.toSorted());
  });
});

describe('an agent waits before each call of a tool, so that', () => {
  const event = (scratch: Scratch, tool: string, input: (root: string) => object) =>
    JSON.stringify({
      hook_event_name: 'PreToolUse',
      cwd: scratch.root,
      tool_name: tool,
      tool_input: input(scratch.root),
    });
  const hooks = ['agent-edit', 'check', 'cli', 'cli-commands-agent-hook', 'rolldown-runtime', 'settle'];
  test.each([
    ['an edit that imports nothing new starts no git', 'import os\n\nprint(os.sep)\n', []],
    [
      'one that imports an approved package starts no git and no parser',
      'import os\nimport flask\n',
      ['resolver'],
    ],
  ])('%s', async (_, content, furtherChunks) => {
    const scratch = await shop({ 'approved-packages.yaml': whitelist });
    const stdin = event(scratch, 'Write', (root) => ({ file_path: `${root}/shop/stock.py`, content }));
    const { loaded, ...rest } = await observeWith(scratch, stdin, ['agent-hook', '--agent', 'claude']);
    expect(rest).toEqual({ code: 0, stdout: '', stderr: '', git: [] });
    expect(loaded).toEqual([...hooks, ...furtherChunks].toSorted());
  });

  test('a command that installs nothing starts no git and reads no grammar', async () => {
    const scratch = await shop({ 'approved-packages.yaml': whitelist });
    const stdin = event(scratch, 'Bash', () => ({ command: 'ls -la' }));
    const { loaded, ...rest } = await observeWith(scratch, stdin, ['agent-hook', '--agent', 'claude']);
    expect(rest).toEqual({ code: 0, stdout: '', stderr: '', git: [] });
    expect(loaded).toEqual([...hooks, 'app-agent-hook-answer-command'].toSorted());
  });
});

test('what is not settled is seen by the same observer', async () => {
  const scratch = await shop({ 'approved-packages.yaml': whitelist });
  scratch.write({ 'shop/app.py': 'import numpy_utils\n' });
  await scratch.git('add', '--all');
  const { code, loaded } = await observe(scratch, '--staged', '--offline');
  expect(code).toBe(1);
  expect(loaded).toContain('pretty');
  expect(loaded).toContain('package-web-tree-sitter');
});
