import { afterAll, afterEach, describe, expect, test } from 'vitest';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { ParseThread } from '../../src/languages/shared/parse-thread.ts';
import type { Parsed } from '../../src/model/language.ts';
import { findingsIn } from '../kit/findings.ts';
import { rounds } from '../kit/length.ts';
import { bin, projectRoot, run, Scratch } from '../kit/scratch.ts';
import { FORMS, programOf, type Form } from '../languages/javascript/nesting.ts';

/*
 * Long and deep programs. The answer hangs on the text alone: not on what else is parsed, on the stack that is left, or on
 * whether oxc's machine code is there.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** Each program with an import before it that nobody approved. */
async function projectOf(programs: readonly (readonly [name: string, text: string])[]): Promise<Scratch> {
  const scratch = await Scratch.with({ 'package.json': '{ "name": "a" }\n' });
  open.push(scratch);
  for (const [name, text] of programs)
    scratch.write({ [name]: `import evil from 'evil-${path.parse(name).name}';\n${text}` });
  await scratch.git('add', '--all');
  return scratch;
}

/** What a run says about the named files, or about all. `flags` are those of Node. */
async function said(
  scratch: Scratch,
  flags: readonly string[],
  ...files: readonly string[]
): Promise<readonly string[]> {
  const args = [
    ...flags,
    bin,
    ...(files.length > 0 ? files : ['--staged']),
    '--offline',
    '--format',
    'concise',
  ];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: scratch.root, env: scratch.env });
  expect(stderr).toBe('');
  return findingsIn(stdout).sort();
}

const unapproved = (name: string) => `${name}:1:19 unapproved-package npm:evil-${path.parse(name).name}`;
const machineCode = [] as const;
const webAssembly = ['--no-addons'] as const;

const LONG: readonly (readonly [string, string])[] = [
  [
    'sum.js',
    `export const text = ${Array.from({ length: 1_000 }, (_, at) => `'line ${at}\\n'`).join(' +\n')};`,
  ],
  ['calls.js', `export const chain = build()${'\n  .step(1)'.repeat(1_000)};`],
  ['else.js', `if (a) { b(); }${' else if (a) { b(); }'.repeat(5_000)}`],
  [
    'or.ts',
    `export const is = (n: number): boolean => ${Array.from({ length: 1_200 }, (_, at) => `n === ${at}`).join(' || ')};`,
  ],
  ['names.js', `var a0 = x;${Array.from({ length: 4_000 }, (_, at) => `var a${at + 1} = a${at};`).join('')}`],
  // What only TypeScript's parser accepts.
  ['flow.js', `// @flow\nopaque type A = {| x: B |};\nexport const text = ${"'a' +\n".repeat(1_000)} 'b';`],
];
const OTHERS = Array.from(
  { length: rounds(6, 40) },
  (_, at) =>
    [
      `other${at}.js`,
      Array.from({ length: 200 }, (__, line) => `f${line}(a + b, c.d().e(), x ? y : z);`).join('\n'),
    ] as const,
);

describe('long programs are read', () => {
  test('alone and among others, by machine code and by WebAssembly', { timeout: 120_000 }, async () => {
    const scratch = await projectOf([...LONG, ...OTHERS]);
    const expected = [...LONG, ...OTHERS].map(([name]) => unapproved(name)).sort();
    expect(await said(scratch, machineCode)).toEqual(expected);
    expect(await said(scratch, webAssembly)).toEqual(expected);
    for (const [name] of LONG.slice(0, rounds(1, LONG.length)))
      expect(await said(scratch, machineCode, name)).toEqual([unapproved(name)]);
  });
});

describe('generated programs', () => {
  const form = fc.constantFrom(...FORMS);
  // Around what a main thread parses itself, what needs a larger stack, and what is too deep.
  const levels = fc.oneof(fc.integer({ min: 100, max: 2_000 }), fc.integer({ min: 2_000, max: 20_000 }));
  const program = fc.array(fc.tuple(form, levels), { minLength: 1, maxLength: 3 });
  const textOf = (parts: readonly (readonly [Form, number])[]) =>
    parts.map(([each, count]) => programOf(each, count)).join('');

  test('get the same answer alone and among others', { timeout: 300_000 }, async () => {
    const generated = fc.sample(program, { seed: 18, numRuns: rounds(8, 16) });
    const programs = generated.map((parts, at) => [`p${at}.tsx`, textOf(parts)] as const);
    const scratch = await projectOf(programs);
    const together = await said(scratch, machineCode);
    expect(await said(scratch, webAssembly)).toEqual(together);
    for (const [name] of programs.slice(0, rounds(1, 4))) {
      const itself = together.filter((line) => line.startsWith(`${name}:`));
      expect(await said(scratch, machineCode, name)).toEqual(itself);
    }
    const refused = programs.filter(([name]) => together.includes(`${name}:1:1 fault unparsable`));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(programs.length);
  });
});

describe('a thread with a large stack', () => {
  const thread = new ParseThread(pathToFileURL(path.join(projectRoot, 'dist/worker.cjs')), 'uses code');
  afterAll(() => {
    thread.close();
  });
  const parse = (text: string, dialect = 'tsx'): Promise<Parsed> =>
    thread.parse('javascript', { text, dialect });

  test('reads every form that goes on for 1,000 levels', async () => {
    const rejected: string[] = [];
    for (const form of FORMS)
      if ((await parse(programOf(form, 1_000))).broken !== null) rejected.push(form.name);
    expect(rejected).toEqual([]);
  });

  test('has an answer to every form that goes on for 30,000 levels', async () => {
    for (const form of FORMS.filter((_, at) => at % rounds(9, 1) === 0)) {
      const { imports, broken } = await parse(`import 'a';\n${programOf(form, 30_000)}`);
      expect(imports[0]?.target, form.name).toMatchObject({ specifier: 'a' });
      expect(broken?.message ?? 'nested too deeply', form.name).toMatch(/^nested too deeply|^too long for/);
    }
  });

  const each = (count: number, write: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => write(at)).join('');
  // A second at most; followed by recursion, or anew from each link, they end the thread or take minutes.
  test.each<[string, (length: number) => string]>([
    ['names', (length) => `var a0 = require;${each(length, (at) => `var a${at + 1} = a${at};a${at}('a');`)}`],
    [
      'names backwards',
      (length) => `${each(length, (at) => `a${at}('a');var a${at} = a${at + 1};`)}var a${length} = require;`,
    ],
    ['assignments', (length) => `${each(length, () => 'a = ')}require; a('a');`],
    ['mocks', (length) => `jest${each(length, () => "\n.mock('a')")}`],
    ['comments', (length) => `${each(length, () => "/** @type {import('a')} */\n")}x;`],
    ['operands', (length) => `require('a' ${each(length, () => "+ 'b'")})`],
    ['loaders', (length) => `require${each(length, () => '.bind(x)')}('a')`],
  ])('follows a chain of 8,000 %s once', async (_, text) => {
    const start = performance.now();
    const { imports, broken } = await parse(text(8_000), 'js');
    expect(broken).toBeNull();
    expect(imports.length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
