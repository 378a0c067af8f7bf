import { array, number, object, parse, string, unknown } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * Configuration that maps imports may be no JSON, or no TOML. What it maps then looks like packages of a registry, and
 * whoever reads that finding has to learn why. A commit whose imports are settled without it never hears of it.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

interface Said {
  readonly code: number;
  readonly findings: readonly string[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
}

async function changed(before: Files, change: Files): Promise<Said> {
  const scratch = await shop({ 'src/cart.ts': 'export {};\n', ...before });
  open.push(scratch);
  scratch.write(change);
  await scratch.git('add', '--all');
  return said(scratch, '--staged');
}

const place = { file: string(), line: number(), column: number() };
const reportShape = object({
  findings: array(object({ rule: string(), specifier: string() })),
  faults: array(object({ kind: string(), ...place, message: string() })),
  notes: array(string()),
});

async function said(scratch: Scratch, ...scope: readonly string[]): Promise<Said> {
  const { code, stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'json']);
  const report = parse(reportShape, JSON.parse(stdout));
  return {
    code,
    findings: report.findings.map(({ rule, specifier }) => `${rule} ${specifier}`),
    faults: report.faults.map(
      ({ kind, file, line, column, message }) =>
        `${kind} ${file}:${String(line)}:${String(column)} ${message}`,
    ),
    notes: report.notes,
  };
}

const good = '{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }\n';
const bad = '{\n  // ours\n  "compilerOptions": { "paths": { "@app/*": ["./src/*" } }\n}\n';
const uses: Files = { 'web/new.ts': "import '@app/cart';\n" };
const found = ['unapproved-package @app/cart'];
const why = 'the file can’t be read: “}” is not expected; what it maps was not followed';
const fault = `unparsable tsconfig.json:3:56 ${why}`;
const note = `tsconfig.json:3:56: the file can’t be read, and could not be read before: “}” is not expected; what it maps was not followed`;

describe('a tsconfig.json that is no JSON', () => {
  test('is a fault beside a finding that it could have settled', async () => {
    expect(await changed({ 'tsconfig.json': good }, { 'tsconfig.json': bad, ...uses })).toEqual({
      code: 2,
      findings: found,
      faults: [fault],
      notes: [],
    });
  });

  test('is a note where the project lived with it before', async () => {
    expect(await changed({ 'tsconfig.json': bad }, uses)).toEqual({
      code: 1,
      findings: found,
      faults: [],
      notes: [note],
    });
  });

  test.each<[what: string, before: Files, change: Files]>([
    ['a package that is approved', {}, { 'tsconfig.json': bad, 'web/new.ts': "import 'lodash';\n" }],
    ['a path', {}, { 'tsconfig.json': bad, 'web/new.ts': "import '../src/cart';\n" }],
    [
      'an import that was there before',
      { 'tsconfig.json': bad, ...uses },
      { 'web/new.ts': `${uses['web/new.ts'] ?? ''}\n` },
    ],
    ['nothing but itself', { 'tsconfig.json': good }, { 'tsconfig.json': bad }],
  ])('is no matter beside %s', async (_, before, change) => {
    expect(await changed(before, change)).toEqual({ code: 0, findings: [], faults: [], notes: [] });
  });

  test.each<[what: string, files: Files, findings: readonly string[]]>([
    [
      'of another folder',
      { 'api/tsconfig.json': bad, 'web/new.ts': "import 'evil';\n" },
      ['unapproved-package evil'],
    ],
    ['beside Python', { 'tsconfig.json': bad, 'shop/new.py': 'import evil\n' }, ['unapproved-package evil']],
    [
      'beside a dependency',
      { 'tsconfig.json': bad, 'requirements.txt': 'flask\nnumpy\nevil\n' },
      ['unapproved-package evil'],
    ],
    [
      'beside an import that says its registry',
      { 'tsconfig.json': bad, 'web/new.ts': "import 'npm:evil';\n" },
      ['unapproved-package npm:evil'],
    ],
    [
      'beside an import that nobody can read',
      { 'tsconfig.json': bad, 'web/new.ts': 'import(name);\n' },
      ['unclear-import name'],
    ],
  ])('is no matter %s, which it could not have settled', async (_, files, findings) => {
    const { faults, notes, ...rest } = await changed({}, files);
    expect([rest.findings, faults, notes]).toEqual([findings, [], []]);
  });

  test('stands once in a report on everything, and in the steps of explain', async () => {
    const scratch = await shop({
      'src/cart.ts': '',
      'tsconfig.json': bad,
      ...uses,
      'web/b.ts': "import '@app/x';",
    });
    open.push(scratch);
    expect((await said(scratch, '--all')).faults).toEqual([fault]);
    const { stdout } = await runIn(scratch, [
      'explain',
      '@app/cart',
      '--ecosystem',
      'npm',
      '--offline',
      '--format',
      'json',
    ]);
    const { steps } = parse(object({ steps: array(unknown()) }), JSON.parse(stdout));
    expect(steps).toContainEqual({ text: why, file: 'tsconfig.json', line: 3 });
  });
});

test.each<[file: string, text: string, specifier: string, where: string]>([
  ['jsconfig.json', '{ "compilerOptions": { "baseUrl" } }', 'cart', '1:34'],
  ['deno.json', '{ "imports": { "cart": } }', 'cart', '1:24'],
  ['pyproject.toml', '[tool.hatch\n', 'cart', '1:12'],
])('%s is named as well', async (file, text, specifier, where) => {
  const source = file.endsWith('.toml') ? `import ${specifier}\n` : `import '${specifier}';\n`;
  const { notes } = await changed(
    { [file]: text },
    { [file.endsWith('.toml') ? 'shop/new.py' : 'web/new.ts']: source },
  );
  expect(notes).toEqual([
    expect.stringContaining(`${file}:${where}: the file can’t be read, and could not be read before`),
  ]);
});

test.each([
  ['a template of one is none', '[project]\nname = {{ name|tojson }}\n', []],
  [
    'a tag in a comment makes no template',
    '# {{ name }}\n[tool.hatch\n',
    [expect.stringContaining('pyproject.toml:2:12: the file can’t be read')],
  ],
])('%s', async (_, text, expected: readonly unknown[]) => {
  const { notes, faults } = await changed({ 'pyproject.toml': text }, { 'shop/new.py': 'import cart\n' });
  expect([...notes, ...faults]).toEqual(expected);
});

test('a manifest that is a fault already is not named twice', async () => {
  const { faults } = await changed({}, { 'package.json': '{ "name": "shop", }}\n', ...uses });
  expect(faults).toEqual([expect.stringMatching(/^manifest package\.json:1:/)]);
});
