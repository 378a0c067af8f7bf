import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function shop(): Promise<Scratch> {
  const scratch = await Scratch.with({
    'package.json': '{ "name": "shop", "private": true }\n',
    'shop/__init__.py': '',
    'shop/pricing.py': 'rate = 1\n',
    'web/button.tsx': 'export default 1;\n',
  });
  open.push(scratch);
  return scratch;
}

const concise = ['--staged', '--offline', '--format', 'concise'];

type Files = Readonly<Record<string, string>>;

/** @returns The lines about missing modules where a change writes files over those of a commit. */
async function newsOf(base: Files, change: Files): Promise<readonly string[]> {
  const scratch = await shop();
  scratch.write(base);
  await scratch.git('add', '--all');
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'base');
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, concise);
  return stdout.split('\n').filter((line) => line.includes('missing-module'));
}

test('a module that nobody has staged is told with the command that stages it, and then is there', async () => {
  const scratch = await shop();
  scratch.write({
    'web/format-price.ts': 'export default 1;\n',
    'web/page.ts': "import format from './format-price';\nformat;\n",
  });
  await scratch.git('add', 'web/page.ts');
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline']);
  expect(code).toBe(0);
  expect(stdout).toContain('web/format-price.ts is in the work tree, but not in this commit');
  const command = /^.*\b(git add \S+)$/m.exec(stdout)?.[1] ?? '';
  expect(command).toBe('git add web/format-price.ts');
  await scratch.git(...command.split(' ').slice(1));
  expect((await runIn(scratch, concise)).stdout).not.toContain('missing-module');
});

test('the rule can be made an error, and be switched off', async () => {
  const scratch = await shop();
  scratch.write({ 'shop/cart.py': 'from shop.prices import rate\n' });
  await scratch.git('add', '--all');
  const told = await runIn(scratch, concise);
  expect(told.stdout).toContain('shop/cart.py:1:6: warn missing-module shop.prices leads to shop/prices');
  for (const [setting, code] of [
    ['error', 1],
    ['off', 0],
  ] as const) {
    scratch.write({ '.check-importsrc': `rules: { missing-module: ${setting} }\n` });
    await scratch.git('add', '--all');
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'config', '--', '.check-importsrc');
    expect((await runIn(scratch, concise)).code).toBe(code);
  }
});

test('what was missing before the change is no news, and what the change takes away is', async () => {
  const scratch = await shop();
  scratch.write({
    'web/old.ts': "import './gone';\n",
    'web/page.ts': "import './button';\n",
    'web/other.ts': "import './button';\n",
  });
  await scratch.git('add', '--all');
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'base');
  scratch.write({ 'web/old.ts': "import './gone';\nimport './button';\n" });
  await scratch.git('add', '--all');
  expect((await runIn(scratch, concise)).stdout).not.toContain('missing-module');
  await scratch.git('mv', 'web/button.tsx', 'web/knob.tsx');
  const { stdout } = await runIn(scratch, concise);
  expect(stdout).toContain('web/old.ts:2:9: warn missing-module ./button leads to web/button');
  expect(stdout).not.toContain('web/page.ts');
});

test('explain says where a module was looked for, of one that is there and of one that is not', async () => {
  const scratch = await shop();
  const missing = await runIn(scratch, ['explain', './format-price', '--from', 'web/page.ts', '--offline']);
  expect(missing.stdout).toContain('web/format-price is not a file of the project');
  const present = await runIn(scratch, ['explain', './button', '--from', 'web/page.ts', '--offline']);
  expect(present.stdout).toContain('no approval is needed');
});

test.each([
  ['nothing but other lines', "import './gone';\nexport const rate = 2;\n", 'web/old.ts', 0],
  ['another name that is not there', "import './gone';\nimport './lost';\n", 'web/old.ts', 1],
  ['more of what is missing', 'from . import gone, lost\n', 'shop/old.py', 1],
  ['the same of another folder', "import './gone';\n", 'web/deep/old.ts', 1],
])('a file whose imports were broken before brings as news: %s', async (_, text, file, count) => {
  const base = { 'web/old.ts': "import './gone';\n", 'shop/old.py': 'from . import gone\n' };
  expect(await newsOf(base, { [file]: text })).toHaveLength(count);
});

test.each([
  ['out of a comment', 'web/old.ts', "/*\nimport './gone';\n*/\n", "import './gone';\n", 1],
  ['out of a template', 'web/old.ts', "f(`\nimport './gone';\n`);\n", "import './gone';\n", 1],
  ['out of a docstring', 'shop/old.py', '"""\nfrom . import gone\n"""\n', 'from . import gone\n', 1],
  [
    'besides a comment',
    'web/old.ts',
    "/* import './gone'; */\n",
    "/* import './gone'; */\nimport './gone';\n",
    1,
  ],
  ['out of code', 'web/old.ts', "import './gone';\n", "/* Kept. */\nimport './gone';\n", 0],
  ['within a comment', 'web/old.ts', "/* import './gone'; */\n", "/* import './gone'; */\nf();\n", 0],
  ['into a comment', 'web/old.ts', "import './gone';\n", "/* import './gone'; */\n", 0],
  [
    'within a docstring',
    'shop/old.py',
    '"""\nfrom . import gone\n"""\n',
    '"""\nfrom . import gone\n"""\nx = 1\n',
    0,
  ],
])('an import that is missing, %s: news or none', async (_, file, before, text, count) => {
  expect(await newsOf({ [file]: before }, { [file]: text })).toHaveLength(count);
});

const handled = 'try:\n    from . import gone\nexcept ImportError:\n    gone = None\n';

test.each([
  ['no more than before, handled', handled, `${handled}x = 1\n`, 0],
  ['what was handled, plainly', handled, `from . import gone\n${handled}`, 1],
  ['what was handled, in place of that', handled, 'from . import gone\n', 1],
  ['what was handled, in a function', handled, 'def f():\n    from . import gone\n', 1],
  ['what was handled, in another way', handled, handled.replace('ImportError', 'ModuleNotFoundError'), 0],
  [
    'what was handled on one line',
    'try: from . import gone\nexcept ImportError: pass\n',
    'from . import gone\n',
    1,
  ],
  ['what a string held', 'x = """\nfrom . import gone\n"""\n', 'from . import gone\n', 1],
  [
    'what a loader took, handled',
    'try:\n    import_module("shop.gone")\nexcept ImportError: ...\n',
    'import shop.gone\n',
    1,
  ],
  ['what stands in a function, at the top', 'def f():\n    from . import gone\n', 'from . import gone\n', 0],
  ['what was plain, handled', 'from . import gone\n', handled, 0],
  ['one of two names, plainly', `from . import lost\n${handled}`, 'from . import lost, gone\n', 1],
])('imports of Python bring as news: %s', async (_, before, after, count) => {
  expect(await newsOf({ 'shop/old.py': before }, { 'shop/old.py': after })).toHaveLength(count);
});

test('a file that the change takes away is no output, whatever a recipe or .gitignore says of it', async () => {
  const scratch = await shop();
  scratch.write({
    '.gitignore': 'pricing.py\nknob.*\n',
    'meson.build': "py.install_sources(['shop/pricing.py'])\n",
    'web/knob.ts': 'export default 1;\n',
  });
  await scratch.git('add', '--all', '--force');
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'base');
  await scratch.git('rm', '--quiet', '--cached', 'shop/pricing.py', 'web/knob.ts');
  scratch.write({ 'shop/cart.py': 'from shop.pricing import rate\n', 'web/page.ts': "import './knob';\n" });
  await scratch.git('add', 'shop/cart.py', 'web/page.ts');
  const { stdout } = await runIn(scratch, concise);
  expect(stdout).toContain('shop/cart.py:1:6: warn missing-module');
  expect(stdout).toContain('web/page.ts:1:9: warn missing-module');
});
