import jsdoc from 'eslint-plugin-jsdoc';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { byFunction, compiler, eslint, namesOf, ruff, type Finding } from './linters.ts';

/*
 * docs/assistant-code.md, held against the tools that it is about: its configurations are run as they stand there, and each
 * cell of its tables names the rules that the tool names.
 */

const page = readFileSync(path.join(projectRoot, 'docs/assistant-code.md'), 'utf8');
const samples = path.join(projectRoot, 'fixtures/assistant-code');

/** @returns The one code block of the page that has a text. */
function blockWith(part: string): string {
  const blocks = [...page.matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  const found = blocks.filter((text) => text.includes(part));
  if (found.length !== 1) throw new Error(`${String(found.length)} blocks of the page have “${part}”`);
  return found[0] ?? '';
}

/** @returns The rows of the one table of the page that begins with a word, as cells. */
function tableOf(heading: string): readonly (readonly string[])[] {
  const table = page.split(/\n\n+/).find((text) => text.startsWith(`| ${heading} `)) ?? '';
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

/** @returns The words in a cell that are set as code, sorted. */
const wordsIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word).sort();

const defaults = v.object({ properties: v.record(v.string(), v.looseObject({ default: v.boolean() })) });
const requireSchema = v.object({
  meta: v.object({ schema: v.looseTuple([v.object({ properties: v.object({ require: defaults }) })]) }),
});

/** A repository with the configurations of the page, where npm has installed their tools. */
async function repository(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.gitignore': 'node_modules\n',
    'eslint.config.js': blockWith('// eslint.config.js'),
    'package.json': JSON.stringify({
      type: 'module',
      ...v.parse(v.looseObject({}), JSON.parse(blockWith('lint-staged"'))),
    }),
    'tsconfig.json': blockWith('compilerOptions'),
    ...files,
  });
  scratch.link({ node_modules: path.join(projectRoot, 'node_modules') });
  return scratch;
}

const settings = blockWith('[tool.ruff]');
const sample = (name: string) => readFileSync(path.join(samples, name), 'utf8');

/** A function in both languages; a change is made of two of them. */
const python = (signature: string, docstring = true, body = 'n / 2') =>
  `def half(${signature}:\n${docstring ? '    """Halve a number.\n\n    Args:\n        n: The number.\n\n    Returns:\n        Its half.\n    """\n' : ''}    return ${body}\n`;
const typescript = (signature: string, docstring = true, body = 'n / 2') =>
  `${docstring ? '/**\n * Halves a number.\n * @param n The number.\n * @returns Its half.\n */\n' : ''}export function half(${signature} {\n  return ${body};\n}\n`;

/** What a change makes of a function, by the title that the page has for it: before and after. */
const changes: Readonly<Record<string, Readonly<Record<'py' | 'ts', readonly [string, string]>>>> = {
  'a new function without docstring': {
    py: ['', python('n: int) -> float', false)],
    ts: ['', typescript('n: number): number', false)],
  },
  'a new argument, on the line of the name': {
    py: [python('n: int) -> float'), python('n: int, m: int) -> float')],
    ts: [typescript('n: number): number'), typescript('n: number, m: number): number')],
  },
  'a new argument, on a line of its own': {
    py: [python('\n    n: int,\n) -> float'), python('\n    n: int,\n    m: int,\n) -> float')],
    ts: [typescript('\n  n: number,\n): number'), typescript('\n  n: number,\n  m: number,\n): number')],
  },
  'a docstring taken away': {
    py: [python('n: int) -> float'), python('n: int) -> float', false)],
    ts: [typescript('n: number): number'), typescript('n: number): number', false)],
  },
  'a return type taken away': {
    py: [python('n: int) -> float'), python('n: int)')],
    ts: [typescript('n: number): number'), typescript('n: number)')],
  },
  'another body of an old function without docstring': {
    py: [python('n: int) -> float', false), python('n: int) -> float', false, 'n * 0.5')],
    ts: [typescript('n: number): number', false), typescript('n: number): number', false, 'n * 0.5')],
  },
};
const changed = Object.entries(changes).flatMap(([title, languages], at) =>
  Object.entries(languages).map(([extension, [before, after]]) => ({
    title,
    file: `src/changes/${String(at)}.${extension}`,
    before,
    after,
  })),
);
const filesOf = (state: 'before' | 'after') =>
  Object.fromEntries(changed.map((change) => [change.file, change[state]]));

/** Files that the configuration for ESLint leaves out. */
const leftOut = ['tests/stock.js', 'tests/stock.ts', 'src/generated/stock.js', 'src/stock.test.js'];
const slips = tableOf('what slips');

let scratch: Scratch;
let linted: ReadonlyMap<string, readonly Finding[]>;
let compiled: ReadonlyMap<string, readonly Finding[]>;
let diff: string;

beforeAll(async () => {
  scratch = await repository(filesOf('before'));
  scratch.write(filesOf('after'));
  const names = ['stock.ts', 'stock.js', 'accepted/stock.ts', 'accepted/stock.js'];
  scratch.write(Object.fromEntries(names.map((name) => [`src/${name}`, sample(name)])));
  scratch.write(Object.fromEntries(leftOut.map((name) => [name, sample(`stock${path.extname(name)}`)])));
  scratch.write(
    Object.fromEntries(slips.map(([, , code = ''], at) => [`src/slips/${String(at)}.ts`, codeIn(code)])),
  );
  scratch.write({
    'src/typed-comment.ts': sample('accepted/stock.js'),
    'src/empty-comment.ts': '/**\n *\n */\nexport function open(): void {}\n',
  });
  linted = await eslint(scratch);
  compiled = compiler(scratch, blockWith('compilerOptions'), ['src/stock.ts', 'src/accepted/stock.ts']);
  diff = await scratch.git('diff', '--unified=0', 'HEAD');
});

afterAll(() => {
  scratch.dispose();
});

const saidOf = (file: string): readonly Finding[] => linted.get(file) ?? [];

/** @returns The text of a cell that is code alone. */
function codeIn(cell: string): string {
  return `${/^`+ ?(.*?) ?`+$/.exec(cell)?.[1] ?? ''}\n`;
}

/** @returns The lines of a file that the change adds, by its diff without context. */
function addedLines(file: string): readonly number[] {
  const part = diff.split(/^diff --git /m).find((text) => text.includes(`\n+++ b/${file}\n`)) ?? '';
  return [...part.matchAll(/^@@ \S+ \+(\d+)(?:,(\d+))? @@/gm)].flatMap(([, first, count = '1']) =>
    Array.from({ length: Number(count) }, (_, at) => Number(first) + at),
  );
}

describe('what the tools say', () => {
  const tools = {
    Python: [() => byFunction(sample('stock.py'), ruff(sample('stock.py'), settings))],
    'TypeScript and JavaScript': [
      () => byFunction(sample('stock.ts'), saidOf('src/stock.ts')),
      () => byFunction(sample('stock.ts'), compiled.get('src/stock.ts') ?? []),
      () => byFunction(sample('stock.js'), saidOf('src/stock.js')),
    ],
  };

  test.each(Object.entries(tools))('%s', (heading, columns) => {
    const said = columns.map((column) => column());
    const titles = [...(said[0]?.keys() ?? [])];
    expect(titles).toHaveLength(13);
    expect(
      tableOf(heading).map(([title, ...cells]) => [title, ...cells.map((cell) => wordsIn(cell).join())]),
    ).toEqual(
      titles.map((title) => [title, ...said.map((column) => namesOf(column.get(title) ?? []).join())]),
    );
  });

  test('nothing, where nothing is missing', () => {
    expect(ruff(sample('accepted/stock.py'), settings)).toEqual([]);
    expect(['ts', 'js'].map((extension) => saidOf(`src/accepted/stock.${extension}`))).toEqual([[], []]);
    expect(compiled.get('src/accepted/stock.ts')).toEqual([]);
  });

  test('nothing of tests and generated files', () => {
    expect(linted.get('tests/stock.js')).toEqual([]);
    expect(leftOut.flatMap(saidOf)).toEqual([]);
  });

  test('there are examples of what slips through', () => {
    expect(slips.length).toBeGreaterThan(5);
  });

  test.each(slips)('%s: %s, %s', (_, language, code = '', said) => {
    const at = slips.findIndex((row) => row.includes(code));
    const found = language === 'Python' ? ruff(codeIn(code), settings) : saidOf(`src/slips/${String(at)}.ts`);
    expect(namesOf(found)).toEqual(wordsIn(said));
  });

  test('types in comments are for JavaScript', () => {
    expect(namesOf(saidOf('src/typed-comment.ts'))).toContain('no-types');
  });

  test('only one rule is against an empty comment, as `--fix` writes it', () => {
    expect(namesOf(saidOf('src/empty-comment.ts'))).toEqual(['require-description']);
  });

  test('without `require`, the plugin asks for comments of function declarations alone', () => {
    const { properties } = v.parse(requireSchema, jsdoc.rules?.['require-jsdoc']).meta.schema[0].properties
      .require;
    const asked = Object.entries(properties).filter(([, option]) => option.default);
    expect(asked.map(([name]) => name)).toEqual(['FunctionDeclaration']);
  });

  test('codes behind the names of ruff, as far as they are not in preview', () => {
    const toml = settings.replace(/^preview = true$/m, 'preview = false');
    const names = ruff(sample('stock.py'), settings).filter(({ rule }) => !rule.startsWith('docstring-'));
    const pairs = ruff(sample('stock.py'), toml).map(
      ({ rule }, at) => `\`${names[at]?.rule ?? ''}\` is ${rule}`,
    );
    const listed = tableOf('ruff prints').map(([name = '', code = '']) => `${name} is ${code}`);
    expect(listed.filter((line) => !line.includes('docstring-')).sort()).toEqual([...new Set(pairs)].sort());
  });
});

describe('added lines', () => {
  test.each(tableOf('change'))('%s', (title = '', ...cells) => {
    const verdicts = changed
      .filter((change) => change.title === title)
      .map(({ file, after }) => {
        const [found, added] = [
          file.endsWith('.py') ? ruff(after, settings) : saidOf(file),
          addedLines(file),
        ];
        expect(found).not.toEqual([]);
        return found.some(({ line }) => added.includes(line)) ? 'reported' : 'left out';
      });
    expect(verdicts).toEqual(cells);
  });

  test('the table has every change', () => {
    expect(tableOf('change').map(([title]) => title)).toEqual(Object.keys(changes));
  });
});

describe('lint-staged', () => {
  const documented = sample('accepted/stock.js');
  const undocumented = 'export function old(a) {\n  return a;\n}\n';

  /** Commits what is staged, with the hook of the page. */
  async function commit(one: Scratch) {
    const hook = path.join(one.root, '.git/hooks/pre-commit');
    one.write({ '.git/hooks/pre-commit': `#!/bin/sh\n${blockWith('npx --no -- lint-staged')}` });
    chmodSync(hook, 0o755);
    // In a new home npx asks the registry for a newer npm.
    one.env['NPM_CONFIG_UPDATE_NOTIFIER'] = 'false';
    const { code, stdout, stderr } = await one.tryGit('commit', '--message', 'Change');
    return { code, output: stripVTControlCharacters(stdout + stderr) };
  }

  test('reads whole files: an old function stops a change beside it', async () => {
    using one = await repository({ 'src/old.js': undocumented });
    one.write({ 'src/old.js': `${undocumented}\n${documented}` });
    await one.git('add', '--all');
    const { code, output } = await commit(one);
    expect([code, /1:8 .*jsdoc\/require-jsdoc/.test(output)], output).toEqual([1, true]);
  });

  test('hides what is not staged, and passes what the configuration leaves out', async () => {
    using one = await repository({});
    one.write({
      'src/new.js': documented,
      'src/generated/api.js': undocumented,
      'tests/api.ts': undocumented,
    });
    await one.git('add', '--all');
    one.write({ 'src/new.js': `${documented}\n${undocumented}` });
    const { code, output } = await commit(one);
    expect(code, output).toBe(0);
    expect(await one.git('show', 'HEAD:src/new.js')).toBe(documented);
    expect(one.read('src/new.js')).toBe(`${documented}\n${undocumented}`);
  });
});

test('what is not run is at least YAML', () => {
  for (const part of ['ruff-pre-commit', 'reviewdog/action-setup'])
    expect(parseYaml(blockWith(part))).toBeTypeOf('object');
});
