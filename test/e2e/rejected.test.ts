import { afterEach, describe, expect, test } from 'vitest';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * Files that no parser accepts. What looks like an import in them is judged as in any other; what only a parser could
 * tell is a fault, or, where the project lived with a broken file before, an unclear import for each new doubt.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

/** What a change says in a repository with other files: findings and faults by their place, and the start of notes. */
async function said(before: Files, change: Files): Promise<readonly string[]> {
  const scratch = await shop(before);
  open.push(scratch);
  scratch.write(change);
  await scratch.git('add', '--all');
  const formats = ['--format', 'concise', '--format', 'json=report.json'];
  const { code, stdout } = await runIn(scratch, ['check', '--staged', ...formats]);
  const report: unknown = JSON.parse(scratch.read('report.json'));
  const notes = /"notes": \[\s*"([^"]*)"/.exec(JSON.stringify(report, null, 1))?.[1];
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('note: '))
    .map((line) => line.replace(/^(\S+): (error|warn|fault) (\S+) .*?(\[\S+\])?$/, '$1 $2 $3 $4').trimEnd());
  return [...lines, ...(notes === undefined ? [] : [`note ${notes.split(':', 1)[0] ?? ''}`]), `exit ${code}`];
}

const js = (text: string): Files => ({ 'web/new.js': text });
const py = (text: string): Files => ({ 'shop/new.py': text });
const evilAt = (place: string, name: string) => `${place} error unapproved-package/not-asked [${name}]`;

describe('a file that no parser accepts', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'JavaScript: what it imports is judged, and a note says why it was not parsed',
      {},
      js("import x from 'evil';\nlet = = ;\n"),
      [evilAt('web/new.js:1:16', 'npm:evil'), 'note web/new.js', 'exit 1'],
    ],
    ['JavaScript: settled imports say nothing', {}, js("import x from 'lodash';\nlet = = ;\n"), ['exit 0']],
    [
      'JavaScript: strings, comments and templates hold no imports',
      {},
      js(
        "/* import x from 'evil' */\nlet = = ;\n// see from 'evil'\nf(\"import x from 'evil'\", `from 'evil'`, /from 'evil'/);\n",
      ),
      ['note web/new.js', 'exit 0'],
    ],
    [
      'JavaScript: behind a string that nothing closes, nobody knows what is one',
      {},
      js("let = 'it\n/* import x from 'evil' */\n"),
      [evilAt('web/new.js:2:19', 'npm:evil'), 'note web/new.js', 'exit 1'],
    ],
    [
      'JavaScript: a doubt is a fault',
      {},
      js("const r = require;\nr('evil');\nlet = = ;\n"),
      ['web/new.js:3:7 fault unparsable', 'exit 2'],
    ],
    [
      'JavaScript: a doubt in a comment is none',
      {},
      js("// const r = require;\n/* from 'evil' */\nlet = = ;\n"),
      ['note web/new.js', 'exit 0'],
    ],
    [
      'JavaScript, broken before: another name for a loader',
      js('let = = ;\n'),
      js("let = = ;\nconst r = require; r('evil');\n"),
      ['web/new.js:2:1 warn unclear-import', 'exit 0'],
    ],
    [
      'JavaScript, broken before: an escape in a specifier',
      js('let = = ;\n'),
      js("let = = ;\nimport x from '\\x65vil';\n"),
      ['web/new.js:2:1 warn unclear-import', 'exit 0'],
    ],
    [
      'JavaScript, broken before: a doubt that was there before',
      js("let = = ;\nconst r = require; r('evil');\n"),
      js("let = = ;\nconst r = require; r('evil');\nlet y;\n"),
      ['exit 0'],
    ],
    [
      'JavaScript, broken before: a new import',
      js('let = = ;\n'),
      js("let = = ;\nimport x from 'evil';\n"),
      [evilAt('web/new.js:2:16', 'npm:evil'), 'exit 1'],
    ],
    [
      'Flow: a cast is no syntax of JavaScript, and its comments are comments',
      {},
      js("// @flow\n/* import x from 'evil' */\nconst root = (document.body: any);\n"),
      ['note web/new.js', 'exit 0'],
    ],
    [
      'Python: what it imports is judged, and a note says why it was not parsed',
      {},
      py('import evil\ndef f(:\n'),
      [evilAt('shop/new.py:1:8', 'pypi:evil'), 'note shop/new.py', 'exit 1'],
    ],
    [
      'Python: strings and comments hold no imports',
      {},
      py('"""\nimport evil\n"""\ndef f(:\n# import evil\nx = "import evil"\n'),
      ['note shop/new.py', 'exit 0'],
    ],
    [
      'Python: behind a string that nothing closes, nobody knows what is one',
      {},
      py('def f(:\nx = """\nimport evil\n'),
      [evilAt('shop/new.py:3:8', 'pypi:evil'), 'note shop/new.py', 'exit 1'],
    ],
    [
      'Python: a doubt is a fault',
      {},
      py('from importlib import import_module as load\nload(name)\ndef f(:\n'),
      ['shop/new.py:2:6 warn unclear-import', 'shop/new.py:3:7 fault unparsable', 'exit 2'],
    ],
    [
      'Python, broken before: a new doubt',
      py('def f(:\n'),
      py('def f(:\nimport importlib\nimportlib.import_module(name)\n'),
      ['shop/new.py:3:25 warn unclear-import', 'exit 0'],
    ],
    [
      'Python, broken before: a doubt that was there before',
      py('def f(:\n__import__(name)\n'),
      py('def f(:\n__import__(name)\nx = 1\n'),
      ['exit 0'],
    ],
  ])('%s', async (_, before, change, expected) => {
    expect(await said(before, change)).toEqual(expected);
  });
});

describe('a file that is too long to be parsed', () => {
  const filler = 'const a=1;'.repeat(220_000);
  const cell = (source: string, output: number) => ({
    cell_type: 'code',
    source,
    metadata: {},
    outputs: ['x'.repeat(output)],
  });
  const notebook = (source: string, output = 2_200_000) =>
    JSON.stringify({ cells: [cell(source, output)], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'is a fault that names what a quick look newly sees',
      js(`import x from 'lodash';${filler}`),
      js(`import x from 'lodash';${filler}import 'evil';`),
      ['web/new.js:1:1 fault too-large', 'exit 2'],
    ],
    [
      'is none where the version before had it all',
      js(`import x from 'evil';${filler}`),
      js(`import x from 'evil';${filler}let b;`),
      ['exit 0'],
    ],
    [
      'is one where only a parser can tell, and the version before had no such doubt',
      js(filler),
      js(`${filler}\nconst r = require; r('evil');`),
      ['web/new.js:1:1 fault too-large', 'exit 2'],
    ],
    [
      'a notebook is as long as its code',
      {},
      { 'shop/new.ipynb': notebook('import evil') },
      [evilAt('shop/new.ipynb#cell1:1:8', 'pypi:evil'), 'exit 1'],
    ],
    [
      'a notebook of 30 MB of pictures is read as any other',
      { 'shop/new.ipynb': notebook('import evil\n# teh', 30_000_000) },
      { 'shop/new.ipynb': notebook('import evil\n# the', 30_000_000) },
      ['exit 0'],
    ],
  ])('%s', async (_, before, change, expected) => {
    expect(await said(before, change)).toEqual(expected);
  });

  test.each<[string, Files, Files, string]>([
    [
      'the file',
      js(`import x from 'lodash';${filler}`),
      js(`import x from 'lodash';${filler}import 'evil';`),
      'the file is over 2 MB, too long to be parsed, and a quick scan finds packages that are not approved: “evil” next: Split the file',
    ],
    [
      'the cell',
      {},
      { 'shop/new.ipynb': notebook(`import evil\n${'x = 1\n'.repeat(360_000)}`) },
      'the code of cell 1 is over 2 MB, too long to be parsed, and a quick scan finds packages that are not approved: “evil” next: Split the cell',
    ],
  ])('names %s and what is new in it, and switches nothing off', async (_, before, change, expected) => {
    const scratch = await shop(before);
    open.push(scratch);
    scratch.write(change);
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(expected);
    expect(stdout).not.toContain('ignorePaths');
  });
});

describe('the program of a nested Yarn, which is over 2 MB', () => {
  const release = 'web/.yarn/releases/yarn-4.9.0.cjs';
  const bundle: Files = { [release]: `require('evil');${'//\n'.repeat(750_000)}` };
  const settings = (line: string): Files => ({ 'web/.yarnrc.yml': `nodeLinker: node-modules\n\n${line}\n` });
  const isFault = 'fault too-large';
  const isNote = `note: ${release} was not parsed: it is over 2 MB, and it is the Yarn that web/.yarnrc.yml names`;
  test.each<[string, Files, Files, string]>([
    ['is a note', { ...bundle, ...settings('yarnPath: .yarn/releases/yarn-4.9.0.cjs') }, {}, isNote],
    [
      'so is one in quotes',
      { ...bundle, ...settings('yarnPath: "./.yarn/releases/yarn-4.9.0.cjs"') },
      {},
      isNote,
    ],
    [
      'another is a fault',
      { ...bundle, ...settings('yarnPath: .yarn/releases/yarn-4.9.1.cjs') },
      {},
      isFault,
    ],
    ['without settings, too', bundle, {}, isFault],
    ['the last commit decides', bundle, settings('yarnPath: .yarn/releases/yarn-4.9.0.cjs'), isFault],
  ])('%s', async (_, before, change, expected) => {
    const scratch = await shop(before);
    open.push(scratch);
    scratch.write(change);
    const { stdout } = await runIn(scratch, ['--all', '--format', 'concise']);
    const lines = stdout.split('\n').filter((line) => line.includes(release));
    expect(lines).toEqual([expect.stringContaining(expected)]);
  });
});

describe('a program over 2 MB that .gitattributes calls vendored, where everything is judged', () => {
  const bundle: Files = { 'web/compiled/kit.js': `import x from 'evil';${'//\n'.repeat(750_000)}` };
  const marks = (line: string): Files => ({ '.gitattributes': `${line}\n` });
  const isFault = 'fault too-large';
  const isNote = 'note: web/compiled/kit.js was not parsed: it is over 2 MB';
  test.each<[string, Files, Files, readonly string[], string]>([
    ['is a note', { ...bundle, ...marks('**/compiled/** linguist-vendored') }, {}, ['--all'], isNote],
    [
      'so is a generated one',
      { ...bundle, ...marks('kit.js linguist-generated=true') },
      {},
      ['--all'],
      isNote,
    ],
    ['another one is a fault', { ...bundle, ...marks('kits.js linguist-vendored') }, {}, ['--all'], isFault],
    [
      'one that is not any more, too',
      { ...bundle, ...marks('*.js linguist-vendored\nkit.js -linguist-vendored') },
      {},
      ['--all'],
      isFault,
    ],
    ['the last commit decides', bundle, marks('kit.js linguist-vendored'), ['--all'], isFault],
    [
      'a change of it is a fault',
      marks('kit.js linguist-vendored'),
      { 'web/compiled/kit.js': `${bundle['web/compiled/kit.js'] ?? ''}import 'worse';` },
      ['--staged'],
      isFault,
    ],
  ])('%s', async (_, before, change, scope, expected) => {
    const scratch = await shop(before);
    open.push(scratch);
    scratch.write(change);
    if (scope.includes('--staged')) await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, [...scope, '--format', 'concise']);
    const lines = stdout.split('\n').filter((line) => line.includes('web/compiled/kit.js'));
    expect(lines).toEqual([expect.stringContaining(expected)]);
  });
});

test.each([
  ['mends what is no program', js("const r = require;\nr('evil');\nlet = = ;\n"), 'Fix the syntax, or add'],
  [
    'splits what is too deep for the parsers',
    js(`import 'evil';\n${'['.repeat(30_000)}${']'.repeat(30_000)};\n`),
    'Split the file, or add',
  ],
  [
    'splits what takes the parser too many steps',
    py(`import evil\nand print ${'::=+'.repeat(20_000)}\n`),
    'Split the file, or add',
  ],
])('who meets the fault %s', async (_, change, next) => {
  const scratch = await shop({});
  open.push(scratch);
  scratch.write(change);
  await scratch.git('add', '--all');
  const { code, stdout } = await scratch.check('--staged', '--format', 'concise');
  expect(stdout).toContain(`. ${next} the file to \`ignorePaths\` in the config.`);
  expect(code).toBe(2);
});
