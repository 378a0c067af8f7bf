import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { isLong, rounds } from '../kit/length.ts';
import { bin, run, type Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { TrappedShop } from '../kit/traps.ts';
import { runIn } from '../kit/world.ts';

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

describe('nothing of the repository is executed', () => {
  const js = "require('node:fs').appendFileSync(`${process.env.HOME}/executed`, 'code');\n";
  const py = 'import os\nopen(os.environ["HOME"] + "/executed", "a").write("code")\n';
  const packages = ['yaml', 'typescript', 'web-tree-sitter', 'vetted-imports'];
  const code: Record<string, string> = {
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
    ...Object.fromEntries(
      packages.flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
        [`node_modules/${name}/index.js`, js],
      ]),
    ),
    '.env': 'NODE_OPTIONS=--require=./check-imports.config.js\n',
    '.npmrc': 'node-options=--require=./check-imports.config.js\n',
  };

  let trapped: TrappedShop;
  beforeAll(async () => {
    trapped = await TrappedShop.open(code);
  });
  afterAll(() => {
    trapped.dispose();
  });

  const marksOf = ({ scratch }: TrappedShop) => [
    ...trapped.marks(),
    ...(scratch.hasAtHome('executed') ? ['code'] : []),
  ];

  test.each([
    '--staged',
    'check',
    '--since HEAD~1',
    'shop',
    'list',
    'explain pypi:evil',
    'prune --dry-run',
    'ci --since HEAD~1',
  ])('%s', async (words) => {
    const done = await trapped.scratch.check(...words.split(' '));
    expect([0, 1, 2]).toContain(done.code);
    expect(`${done.stdout}${done.stderr}`).not.toMatch(/\bat .*\(.*:\d+:\d+\)/);
    expect(marksOf(trapped)).toEqual([]);
  });

  // https://strace.io: every program that is started, by whichever process.
  test
    .skipIf(spawnSync('strace', ['-V']).status !== 0)
    .each(['hook pre-commit', '--all', 'init --yes', 'approve pypi:evil --reason x --offline --stage'])(
    '%s starts node and git, and nothing else',
    async (words) => {
      const { root: cwd, home, env } = trapped.scratch;
      const log = path.join(home, 'strace');
      const tracing = ['-f', '--seccomp-bpf', '--trace=execve', '--signal=none', `--output=${log}`];
      await run('strace', [...tracing, process.execPath, bin, ...words.split(' ')], { cwd, env });
      const started = [...readFileSync(log, 'utf8').matchAll(/execve\("([^"]+)".* = 0$/gm)].map(
        ([, file = '']) => file,
      );
      expect([...new Set(started.map((file) => path.basename(file)))]).toEqual(['node', 'git']);
      expect(started.filter((file) => file.startsWith(cwd))).toEqual([]);
      expect(marksOf(trapped)).toEqual([]);
    },
  );

  test('code that is executed is seen', async () => {
    const { root: cwd, env } = trapped.scratch;
    await run(process.execPath, ['check-imports.config.js'], { cwd, env });
    expect(marksOf(trapped)).toEqual(['code']);
  });

  test('a git that the repository brings along is not the git that is run', async () => {
    const scratch = await opened();
    const mark = path.join(scratch.home, 'executed');
    const inside = path.join(scratch.root, 'node_modules/.bin');
    const linked = path.join(scratch.home, 'linked');
    const folder = path.join(scratch.home, 'folder');
    mkdirSync(inside, { recursive: true });
    mkdirSync(linked);
    const trap = path.join(inside, 'git');
    // Says by which path it was found.
    writeFileSync(trap, `#!/bin/sh\necho "$0" >>'${mark}'\n`);
    chmodSync(trap, 0o755);
    for (const place of [linked, scratch.root]) symlinkSync(trap, path.join(place, 'git'));
    symlinkSync(inside, folder);
    scratch.write({ 'shop/new.py': 'import evil\n' });
    await scratch.git('add', 'shop/new.py');
    const places = [inside, linked, folder, 'node_modules/.bin', '.', '', scratch.env['PATH'] ?? ''];
    const { code } = await scratch.checkWith({ env: { PATH: places.join(path.delimiter) } }, '--staged');
    const executed = scratch.hasAtHome('executed') ? readFileSync(mark, 'utf8') : '';
    expect([code, executed]).toEqual([1, '']);
  });
});

describe('text that is made to break its reader', () => {
  // No stack is as deep as the shorter one; the longer one also shows what takes time that is not linear.
  const deep = (opening: string, closing: string, middle = '', depth = rounds(20_000, 100_000)) =>
    opening.repeat(depth) + middle + closing.repeat(depth);
  const alias = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 0; at < 12; at += 1) {
    const before = String.fromCharCode(97 + at);
    const letter = String.fromCharCode(98 + at);
    alias.push(`${letter}: &${letter} [${`*${before}, `.repeat(9)}*${before}]`);
  }
  const bomb = `${alias.join('\n')}\ndependencies: *m\n`;

  // One repository for all of them: its index and the file are put back as they were.
  let repository: Scratch;
  let index: Buffer;
  let before: readonly [name: string, text: string | null] | null = null;
  const indexFile = () => path.join(repository.root, '.git/index');
  beforeAll(async () => {
    repository = await shop();
    repository.write({ 'shop/other.py': 'import evil_other\n' });
    await repository.git('add', 'shop/other.py');
    index = readFileSync(indexFile());
  });
  afterEach(() => {
    if (before === null) return;
    const [name, text] = before;
    if (text === null) repository.remove(name);
    else repository.write({ [name]: text });
    writeFileSync(indexFile(), index);
    before = null;
  });
  afterAll(() => {
    repository.dispose();
  });

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
    ['approved-packages.yaml', `packages: ${deep('{a: ', '}', '1')}`],
    ['approved-packages.yaml', `packages:\n  npm:x: ${deep('{approved: ', '}', '1')}`],
    ['approved-packages.yaml', `approved:\n  npm: ${deep('{a: ', '}', '1')}`],
    ['approved-packages.yaml', bomb],
    ['.check-importsrc', deep('[', ']')],
    ['.check-importsrc', bomb],
    ['requirements.txt', `x${'['.repeat(100_000)}\n`],
    ['requirements.txt', `-r ${'../'.repeat(rounds(10_000, 50_000))}x\n`],
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
    ['web/new.ts', `import 'evil';\n${deep('[', ']', '', 100_000)}`],
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
    const scratch = repository;
    before = [name, scratch.has(name) ? scratch.read(name) : null];
    scratch.write({ [name]: text });
    await scratch.git('add', name);
    const { code, stdout, stderr } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(stderr).not.toMatch(/RangeError|heap|Abort|\bat .*\(.*:\d+:\d+\)/);
    expect([0, 1, 2]).toContain(code);
    expect(stdout).toContain('evil-other');
  });
});

describe('names of files', () => {
  const names = [
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
  ];
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await shop();
    scratch.write(Object.fromEntries(names.map((name) => [name, 'import evil\n'])));
    await scratch.git('add', '--all');
  });
  afterAll(() => {
    scratch.dispose();
  });

  test.each(['pretty', 'concise', 'github', 'markdown', 'json', 'sarif'])(
    'are shown in %s without doing anything',
    async (format) => {
      const { code, stdout } = await runIn(scratch, [
        '--staged',
        '--offline',
        '--verbose',
        '--format',
        format,
      ]);
      expect(code).toBe(1);
      // eslint-disable-next-line no-control-regex -- what must not reach a terminal
      expect(stdout).not.toMatch(/[\u001b\u202e\0]/);
      expect(stdout.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([]);
      expect(stdout).toMatch(/pypi[:/]evil/);
      expect(stdout.match(/\.py\b/g)?.length).toBeGreaterThanOrEqual(names.length);
      expect(scratch.has('executed')).toBe(false);
    },
  );
});

test('an argument, a path and what git says reach no terminal as they are', async () => {
  const name = 'a\u001b]0;title\u0007\u202e\nFORGED\u200b';
  const scratch = await opened({ [`${name}/x.py`]: '' });
  scratch.write({ [`.git/${name}`]: '', [`${name}/.git`]: `gitdir: ../.git/${name}\n` });
  const processOf = (args: readonly string[], cwd: string) => scratch.checkWith({ cwd }, ...args);
  const runOf = (args: readonly string[], cwd: string) => runIn(scratch, args, { cwd });
  // What ends a run is shown by its process: what a person got wrong, and what git says.
  for (const [start, args, cwd] of [
    [runOf, ['list', `../${name}`], '.'],
    [processOf, [`--${name}`], '.'],
    [runOf, ['--since', name], '.'],
    [runOf, ['--format', name], '.'],
    [runOf, ['--format', `json=${name}/${name}/x`], '.'],
    [processOf, ['init', '--check'], name],
    [runOf, ['approve', `pypi:${name}`], '.'],
  ] as const) {
    const { code, stdout, stderr } = await start(args, cwd);
    expect([args, code]).toEqual([args, 2]);
    expect(stdout + stderr).not.toMatch(/[^\P{C}\n]|^FORGED/mu);
    expect(stdout + stderr).toContain('title');
  }
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
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(findingsIn(stdout)).toEqual(expected.map((found) => `${name}:${found}`));
  });

  test('a file that is larger than the memory is named and never held', async () => {
    const [megabytes, memory] = isLong ? [200, 128] : [72, 64];
    const scratch = await opened();
    scratch.write({
      'shop/new.py': Buffer.alloc(megabytes * 1024 * 1024, 'x = 1\n'),
      'shop/other.py': 'import evil\n',
    });
    await scratch.git('-c', 'core.compression=0', 'add', '--all');
    const env = { NODE_OPTIONS: `--max-old-space-size=${String(memory)}` };
    const { code, stdout } = await scratch.checkWith({ env }, '--staged', '--format', 'concise');
    expect([code, ...findingsIn(stdout)]).toEqual([
      2,
      'shop/other.py:1:8 unapproved-package pypi:evil',
      'shop/new.py:1:1 fault too-large',
    ]);
    await scratch.git('-c', 'core.compression=0', 'commit', '--quiet', '--no-verify', '-m', 'large');
    await scratch.git('mv', 'shop/new.py', 'shop/moved.py');
    expect((await scratch.checkWith({ env }, '--staged')).code, 'moved as it is').toBe(0);
  });
});
