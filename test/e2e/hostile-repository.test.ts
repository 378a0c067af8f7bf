import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';

/* A repository is somebody else's text. It is read, and nothing in it is run. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function opened(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await shop(files);
  open.push(scratch);
  return scratch;
}

/** Scopes and commands that read a repository in every way there is. */
const commands: readonly (readonly string[])[] = [
  ['--staged'],
  [],
  ['--all'],
  ['--since', 'HEAD~1'],
  ['shop'],
  ['list'],
  ['hook', 'pre-commit'],
];

describe('nothing of the repository is executed', () => {
  /** A repository in which everything that could be executed leaves a mark. */
  async function trapped(): Promise<Scratch> {
    const scratch = await opened({ 'shop/old.py': 'import os\n' });
    const mark = path.join(scratch.home, 'executed');
    const trap = path.join(scratch.root, 'trap.sh');
    const js = `require('node:fs').appendFileSync(${JSON.stringify(mark)}, 'code');\n`;
    const py = `open(${JSON.stringify(mark)}, "a").write("code")\n`;
    scratch.write({
      'trap.sh': `#!/bin/sh\necho "$0 $*" >>'${mark}'\n`,
      'check-imports.config.js': js,
      '.check-importsrc.js': js,
      '.check-importsrc.cjs': js,
      '.config/config.js': js,
      '.config/check-importsrc.js': js,
      'vite.config.js': `${js}export default { resolve: { alias: { x: 'evil' } } };\n`,
      'jest.config.js': js,
      'babel.config.js': js,
      'webpack.config.js': js,
      '.pnpmfile.cjs': js,
      'sitecustomize.py': py,
      'setup.py': py,
      'conftest.py': py,
      'node_modules/yaml/package.json': '{ "name": "yaml", "main": "index.js" }',
      'node_modules/yaml/index.js': js,
      'node_modules/typescript/package.json': '{ "name": "typescript", "main": "index.js" }',
      'node_modules/typescript/index.js': js,
      'node_modules/web-tree-sitter/package.json': '{ "name": "web-tree-sitter", "main": "index.js" }',
      'node_modules/web-tree-sitter/index.js': js,
      '.env': `NODE_OPTIONS=--require=${path.join(scratch.root, 'check-imports.config.js')}\n`,
      '.npmrc': `node-options=--require=${path.join(scratch.root, 'check-imports.config.js')}\n`,
      '.gitattributes': '*.py diff=trap filter=trap merge=trap\n*.ts diff=trap\n',
      'trap.attributes': '* filter=trap diff=trap\n',
      'trap.config': `[core]\n\tfsmonitor = ${trap}\n\tpager = ${trap}\n[diff]\n\texternal = ${trap}\n`,
      'shop/new.py': 'import yaml, evil\n',
      'web/new.ts': "import x from 'x';\nimport y from 'evil';\n",
    });
    chmodSync(trap, 0o755);
    await scratch.git('add', '--all');
    scratch.write({ 'shop/old.py': 'import sys\n' });
    const settings = [
      ['core.fsmonitor', trap],
      ['core.attributesFile', path.join(scratch.root, 'trap.attributes')],
      ['include.path', path.join(scratch.root, 'trap.config')],
      [`includeIf.gitdir:${scratch.root}/.path`, path.join(scratch.root, 'trap.config')],
      ['core.hooksPath', scratch.root],
      ['core.pager', trap],
      ['core.editor', trap],
      ['core.sshCommand', trap],
      ['core.askPass', trap],
      ['core.gitProxy', trap],
      ['core.alternateRefsCommand', trap],
      ['diff.external', trap],
      ['diff.trap.textconv', trap],
      ['diff.trap.command', trap],
      ['filter.trap.clean', trap],
      ['filter.trap.smudge', trap],
      ['filter.trap.process', trap],
      ['merge.trap.driver', trap],
      ['credential.helper', trap],
      ['gpg.program', trap],
      ['pager.diff-index', trap],
      ['pager.cat-file', trap],
      ['alias.diff-index', `!${trap}`],
      ['alias.cat-file', `!${trap}`],
      ['alias.ls-files', `!${trap}`],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.url', `ext::${trap}`],
      ['remote.origin.promisor', 'true'],
      ['protocol.ext.allow', 'always'],
      ['uploadpack.packObjectsHook', trap],
    ];
    for (const [name = '', value = ''] of settings) await scratch.git('config', name, value);
    return scratch;
  }

  test.each(commands.map((command) => [command.join(' ') || 'check', command] as const))(
    '%s',
    async (_, command) => {
      const scratch = await trapped();
      const done = await scratch.check(...command);
      expect([0, 1, 2]).toContain(done.code);
      expect(`${done.stdout}${done.stderr}`).not.toMatch(/\bat .*\(.*:\d+:\d+\)/);
      expect(marks(scratch)).toBe('');
    },
  );

  test('a git that the repository brings along is not the git that is run', async () => {
    const scratch = await opened();
    const mark = path.join(scratch.home, 'executed');
    const inside = path.join(scratch.root, 'node_modules/.bin');
    const linked = path.join(scratch.home, 'linked');
    const folder = path.join(scratch.home, 'folder');
    mkdirSync(inside, { recursive: true });
    mkdirSync(linked);
    const trap = path.join(inside, 'git');
    writeFileSync(trap, `#!/bin/sh\necho executed >>'${mark}'\n`);
    chmodSync(trap, 0o755);
    symlinkSync(trap, path.join(linked, 'git'));
    symlinkSync(inside, folder);
    scratch.write({ 'shop/new.py': 'import evil\n' });
    await scratch.git('add', 'shop/new.py');
    for (const place of [inside, linked, folder, 'node_modules/.bin', '.', '']) {
      const env = { PATH: `${place}${path.delimiter}${scratch.env['PATH'] ?? ''}` };
      const { code } = await scratch.checkWith({ env }, '--staged');
      expect([place, code, marks(scratch)]).toEqual([place, 1, '']);
    }
  });

  test('the observer sees what is executed', async () => {
    const scratch = await trapped();
    await scratch.tryGit('diff');
    expect(marks(scratch)).not.toBe('');
  });

  function marks(scratch: Scratch): string {
    return scratch.hasAtHome('executed') ? 'executed' : '';
  }
});

describe('text that is made to break its reader', () => {
  const deep = (opening: string, closing: string, middle = '') =>
    opening.repeat(100_000) + middle + closing.repeat(100_000);
  const alias = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 0; at < 12; at += 1) {
    const before = String.fromCharCode(97 + at);
    const letter = String.fromCharCode(98 + at);
    alias.push(`${letter}: &${letter} [${`*${before}, `.repeat(9)}*${before}]`);
  }
  const bomb = `${alias.join('\n')}\ndependencies: *m\n`;

  test.each([
    ['package.json', deep('[', ']')],
    ['package.json', `{"dependencies":${deep('{"a":', '}', '1')}}`],
    ['deno.json', deep('{"imports":', '}', '1')],
    ['tsconfig.json', `{"compilerOptions":{"paths":${deep('{"a":', '}', '1')}}}`],
    ['jsconfig.json', deep('[', ']')],
    ['.babelrc', deep('[', ']')],
    ['vite.config.ts', `export default ${deep('{a:', '}', '1')}`],
    ['pyproject.toml', `a = ${deep('[', ']')}`],
    ['pyproject.toml', `a = ${deep('{b=', '}', '1')}`],
    ['Pipfile', `[${'a.'.repeat(50_000)}a]\n`],
    ['uv.toml', `index-url = ${deep('[', ']')}`],
    ['bunfig.toml', `[install]\nregistry = ${deep('{b=', '}', '1')}`],
    ['environment.yml', `dependencies: ${deep('[', ']')}`],
    ['environment.yml', `dependencies:\n${'- '.repeat(20_000)}x\n`],
    ['environment.yml', Array.from({ length: 5000 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
    ['environment.yml', bomb],
    ['pnpm-workspace.yaml', `catalog: ${deep('{a: ', '}', '1')}`],
    ['pnpm-workspace.yaml', `packages:\n${'? '.repeat(20_000)}x\n`],
    ['.yarnrc.yml', deep('[', ']')],
    ['approved-packages.yaml', deep('[', ']')],
    ['approved-packages.yaml', `approved:\n  npm: ${deep('{a: ', '}', '1')}`],
    ['approved-packages.yaml', bomb],
    ['.check-importsrc', deep('[', ']')],
    ['.check-importsrc', bomb],
    ['requirements.txt', `x${'['.repeat(100_000)}\n`],
    ['requirements.txt', `-r ${'../'.repeat(50_000)}x\n`],
    ['requirements.txt', '-r requirements.txt\n'],
    ['setup.py', `setup(install_requires=${deep('[', ']')})`],
    ['setup.cfg', `${'['.repeat(100_000)}\n`],
    ['shop/new.py', deep('(', ')')],
    ['shop/new.py', `import evil\n${deep('[', ']')}\n`],
    [
      'shop/new.py',
      `${'if x:\n'.repeat(1)}${Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at + 1)}if x:\n`).join('')}${' '.repeat(3001)}import evil\n`,
    ],
    ['web/new.ts', deep('(', ')')],
    ['web/new.ts', `import 'evil';\n${deep('[', ']')}`],
    ['web/new.ts', `import 'evil';\n${'a'.concat('?a:'.repeat(50_000))}a`],
    ['web/new.ts', `require(${'('.repeat(20_000)}'evil'${')'.repeat(20_000)})`],
    ['web/new.tsx', `import 'evil';\nexport default ${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`],
    ['web/new.html', '<script>'.repeat(50_000)],
    ['web/new.vue', '<template>'.repeat(50_000)],
    ['web/new.mdx', `${'{'.repeat(50_000)}\nimport x from 'evil'\n`],
    ['web/new.astro', `---\n${deep('(', ')')}\n---\n`],
    ['shop/new.ipynb', deep('[', ']')],
    ['shop/new.ipynb', `{"cells":${deep('[', ']')}}`],
  ])('%s', async (name, text) => {
    const scratch = await opened();
    scratch.write({ [name]: text, 'shop/other.py': 'import evil_other\n' });
    await scratch.git('add', '--all');
    const { code, stdout, stderr } = await scratch.check('--staged', '--format', 'concise');
    expect(stderr).not.toMatch(/RangeError|heap|Abort|\bat .*\(.*:\d+:\d+\)/);
    expect([0, 1, 2]).toContain(code);
    expect(stdout).toContain('evil-other');
  });
});

describe('names of files', () => {
  test.each([
    '\u001b[31mred.py',
    'new\nline.py',
    '::error::x.py',
    '$(touch executed).py',
    '`touch executed`.py',
    'quo\'te".py',
    '-rf.py',
    '\u202egnp.py',
    'a|b.py',
    '%0A::error::.py',
  ])('%j is shown without doing anything', async (name) => {
    const scratch = await opened();
    scratch.write({ [name]: 'import evil\n' });
    await scratch.git('add', '--all');
    for (const format of ['pretty', 'concise', 'github', 'markdown', 'json', 'sarif']) {
      const { code, stdout } = await scratch.check('--staged', '--format', format);
      expect(code).toBe(1);
      // eslint-disable-next-line no-control-regex -- what must not reach a terminal
      expect(stdout).not.toMatch(/[\u001b\u202e\0]/);
      expect(stdout.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([]);
    }
    expect(scratch.has('executed')).toBe(false);
  });
});

describe('large and strange files end in a result or a named fault', () => {
  const line = 'const a=1;';
  test.each([
    [
      'a bundle of 5 MB',
      'web/new.js',
      `import x from 'evil';${line.repeat(500_000)}`,
      ['1:1 fault too-large'],
    ],
    ['a settled bundle of 5 MB', 'web/new.js', `import x from 'lodash';${line.repeat(500_000)}`, []],
    [
      'a program of 100,000 lines',
      'shop/new.py',
      `import evil\n${'x = 1\n'.repeat(100_000)}`,
      ['1:8 unapproved-package pypi:evil'],
    ],
    [
      'a line separator within a comment',
      'shop/new.py',
      '# x\rimport evil\n',
      ['2:8 unapproved-package pypi:evil'],
    ],
    [
      'a lone surrogate',
      'web/new.ts',
      "import x from 'evil'; const y = '\\ud800';\n",
      ['1:16 unapproved-package npm:evil'],
    ],
    [
      'UTF-16',
      'web/new.ts',
      Buffer.from("\ufeffimport x from 'evil';\n", 'utf16le'),
      ['1:16 unapproved-package npm:evil'],
    ],
  ])('%s', async (_, name, text, expected) => {
    const scratch = await opened();
    scratch.write({ [name]: text });
    await scratch.git('add', '--all');
    const { stdout } = await scratch.check('--staged', '--format', 'concise');
    expect(findingsIn(stdout)).toEqual(expected.map((found) => `${name}:${found}`));
  });

  test('200 MB are named and never held', async () => {
    const scratch = await opened();
    scratch.write({
      'shop/new.py': Buffer.alloc(200 * 1024 * 1024, 'x = 1\n'),
      'shop/other.py': 'import evil\n',
    });
    await scratch.git('-c', 'core.compression=0', 'add', '--all');
    const env = { NODE_OPTIONS: '--max-old-space-size=128' };
    const { code, stdout } = await scratch.checkWith({ env }, '--staged', '--format', 'concise');
    expect([code, ...findingsIn(stdout)]).toEqual([
      2,
      'shop/other.py:1:8 unapproved-package pypi:evil',
      'shop/new.py:1:1 fault too-large',
    ]);
  });
});
