import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExecuteCommandRequest, HoverRequest, ShowMessageRequest } from 'vscode-languageserver/node';
import { check, explain, list, type CheckScope } from '../../src/index.ts';
import { commands } from '../../src/lsp/commands.ts';
import { Editor, uri } from '../kit/editor.ts';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { projectRoot } from '../kit/scratch.ts';
import { traps, TrappedShop } from '../kit/traps.ts';
import { runIn } from '../kit/world.ts';

/*
 * One repository in which git would start a program of each kind, and everything that reads it or writes in it, in this
 * order. The last tests have git itself start each program: a trap that can't close would prove nothing.
 */

let trapped: TrappedShop;
beforeAll(async () => {
  trapped = await TrappedShop.open();
});
afterAll(() => {
  trapped.dispose();
});

/** A command line, its exit code, and what it says on standard error. */
type Row = readonly [args: string, code: number, said: string];

const reading: readonly Row[] = [
  ['--staged', 1, ''],
  ['check', 1, ''],
  ['--all', 1, ''],
  ['--since HEAD~1', 0, ''],
  ['--since HEAD~1 --policy-from base', 0, ''],
  ['shop', 1, ''],
  ['--stdin --stdin-filename shop/new.py --new-only', 0, ''],
  ['hook pre-commit', 1, ''],
  ['hook pre-commit shop/new.py', 1, ''],
  ['list', 0, ''],
  ['list shop', 0, ''],
  ['explain pypi:evil', 0, ''],
  ['ci --since HEAD~1', 0, ''],
  ['ci --since HEAD~1 --policy-from base', 0, ''],
  ['init --check', 1, ''],
  ['init --dry-run', 0, ''],
  ['prune --dry-run', 0, ''],
];

const writing: readonly Row[] = [
  ['approve pypi:evil --reason x --offline --stage', 0, 'Staged approved-packages.yaml.'],
  ['approve pypi:other --reason x --offline', 0, 'git add approved-packages.yaml'],
  ['deny npm:evil --reason x --no-stage', 0, 'git add approved-packages.yaml'],
  ['request npm:x --reason x --stage', 2, 'other changes that are not staged'],
  ['init --yes', 0, ''],
  ['init --remove --yes', 0, ''],
  ['prune --yes', 0, 'git add approved-packages.yaml'],
];

function expectNothing({ code, stderr }: { code: number; stderr: string }, row: Row): void {
  const [, expected, said] = row;
  expect({ code, stderr: said === '' ? stderr : said, marks: trapped.marks() }).toEqual({
    code: expected,
    stderr: said,
    marks: [],
  });
  expect(stderr).toContain(said);
}

describe('no program that git could start is started by', () => {
  const run = async (...row: Row) => {
    expectNothing(await runIn(trapped.scratch, row[0].split(' ')), row);
  };

  test.each(reading)('%s', run);

  test('review, which approves and stages', async () => {
    const steps: Step[] = [
      [' quit', 'a'],
      ['Why is it approved?', 'x\r'],
      [' quit', 'q'],
      ['Stage approved-packages.yaml?', '\r'],
    ];
    const { screen } = await runWithKeys(trapped.scratch, ['review', '--offline'], steps);
    expect([screen.includes('Staged approved-packages.yaml.'), trapped.marks()]).toEqual([true, []]);
  });

  test.each(writing)('%s', run);

  test('the language server', async () => {
    const { scratch } = trapped;
    const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env });
    editor.connection.onRequest(ShowMessageRequest.type, () => ({ title: 'Approve' }));
    const app = uri(scratch.root, 'shop/app.py');
    await editor.open(app, 'import flask\nimport fast_sums\n');
    await editor.diagnostics(app, ({ diagnostics }) => diagnostics.length === 1);
    await editor.save(app);
    const position = { line: 1, character: 9 };
    await editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri: app }, position });
    for (const command of [commands.request, commands.approve])
      await editor.connection.sendRequest(ExecuteCommandRequest.type, {
        command,
        arguments: [{ uri: app, package: 'pypi:fast-sums', reason: 'x' }],
      });
    editor.dispose();
    expect(scratch.read('approved-packages.yaml')).toMatch(/^ {2}pypi:fast-sums: \{ approved: .*date/m);
    expect(trapped.marks()).toEqual([]);
  });

  test('the library', async () => {
    const { root: cwd, env } = trapped.scratch;
    const options = { cwd, env, offline: true };
    const scopes: CheckScope[] = [
      { kind: 'staged' },
      { kind: 'worktree' },
      { kind: 'all' },
      { kind: 'since', from: 'HEAD~1' },
      { kind: 'paths', paths: ['shop'] },
      { kind: 'text', path: 'shop/app.py', text: 'import evil\n', newOnly: true },
    ];
    for (const scope of scopes) expect((await check({ ...options, scope })).faults).toEqual([]);
    expect((await list(options)).faults).toEqual([]);
    expect((await explain({ ...options, name: 'pypi:evil' })).package).toContain('evil');
    expect(trapped.marks()).toEqual([]);
  });
});

describe('git itself starts', () => {
  const controls = traps.flatMap(({ program, controls }) =>
    Object.entries(controls).flatMap(([name, args]) => (args ? [{ program, name, args }] : [])),
  );
  test.each(controls)('the $program ($name)', async ({ name, args }) => {
    expect(await trapped.springs(name, args)).toBe(true);
  });
});

test('SECURITY.md says of each program what keeps it from being started', () => {
  const text = readFileSync(path.join(projectRoot, 'SECURITY.md'), 'utf8');
  const rows = traps.map(({ program, named, prevented }) => [program, named, prevented]);
  const shown = text.split('\n').flatMap((line) => {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | *\|$/g, '').trim());
    return line.startsWith('| ') && cells.length === 3 ? [cells] : [];
  });
  expect(shown.filter(([first]) => rows.some(([program]) => program === first))).toEqual(rows);
});
