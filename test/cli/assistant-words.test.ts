import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grades } from '../../rules/grades.ts';
import { rules } from '../../rules/index.ts';
import { reporters } from '../../src/reporters/index.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* An assistant does what it reads: nothing that is printed in its environment names a way past a check. */

const waysRound = [
  'ignore[',
  'CHECK_IMPORTS',
  '--no-verify',
  'assistants: trusted',
  'rules:',
  'ignorePaths',
  '--offline',
];
const assistant = { CLAUDECODE: '1' };

const helpOf =
  'check init list explain approve deny request prune review lsp mcp ci hook completion version'.split(' ');
const commands: readonly (readonly string[])[] = [
  ['--help'],
  ...helpOf.map((name) => [name, '--help']),
  ...[...reporters.keys()].map((format) => ['--staged', '--format', format]),
  ['--all'],
  ['check', '--verbose'],
  ['broken.py'],
  ['--since', 'HEAD'],
  ['--nonsense'],
  ['hook', 'pre-commit'],
  ['list'],
  ['list', '--format', 'json'],
  ['explain', 'stranger'],
  ['explain', 'pypi:stranger', '--format', 'json'],
  ['explain', 'banned'],
  ...rules.map(({ id }) => ['explain', id]),
  ...grades.map(({ id }) => ['explain', `unapproved-package/${id}`]),
  ['explain', 'unapproved-packages'],
  ['approve', 'pypi:stranger', '--reason', 'x'],
  ['approve', 'pypi:banned', '--despite', '--reason', 'x'],
  ['deny', 'pypi:stranger', '--reason', 'x'],
  ['request', 'cv2', '--reason', 'x'],
  ['request', 'pypi:stranger'],
  ['request', 'pypi:stranger', '--reason', 'x'],
  ['review'],
  ['review', '--expiring'],
  ['approve', '--all-requested', '--yes', '--reason', 'x'],
  ['prune', '--dry-run'],
  ['init', '--yes'],
  ['init', '--check'],
  ['init', '--update'],
  ['init', '--remove'],
  ['ci'],
];

let scratch: Scratch;

beforeAll(async () => {
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({
      'pypi:banned': { denied: 'no longer kept', use: 'pypi:flask' },
      'pypi:flask': { approved: 'the API' },
      'pypi:over': { approved: 'once', expires: '2026-01-01' },
    }),
    '.check-importsrc': 'lookup: off\n',
    'requirements.txt': 'flask\nundecided\n',
    'app.py': 'import flask\n',
  });
  scratch.write({
    'requirements.txt':
      'flask\nundecided\n--extra-index-url https://registry.example/simple\nx @ https://files.example/x.whl\n',
    'app.py':
      'import flask, stranger, banned, over, undecided # check-imports: ignore\nimport_module = __import__(flask.name)\n',
    'broken.py': 'import flask\ndef (:\n  import stranger2 as\n',
    'setup.cfg.toml': '',
    'pyproject.toml': '[project\nname = 1\n',
  });
  await scratch.git('add', '--all');
});

afterAll(() => {
  scratch.dispose();
});

/** All that a command prints. */
async function printed(words: readonly string[], env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await runIn(scratch, words, { env });
  return stdout + stderr;
}

test.each(commands.map((words) => [words.join(' '), words] as const))(
  'in an assistant’s environment: %s',
  async (_, words) => {
    const text = await printed(words, assistant);
    expect(waysRound.filter((way) => text.toLowerCase().includes(way.toLowerCase()))).toEqual([]);
  },
);

describe('people read of them', () => {
  test.each([
    ['--offline', ['check', '--help']],
    ['--offline', ['approve', '--help']],
    ['rules:', ['explain', 'unapproved-package']],
    ['assistants: trusted', ['explain', 'policy-change']],
    ['ignorePaths', ['list']],
    ['ignorePaths', ['--staged']],
  ])('%s in %j', async (way, words) => {
    expect(await printed(words, {})).toContain(way);
  });

  test('and of all others in docs/', () => {
    const folder = path.join(projectRoot, 'docs');
    const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('\n');
    expect(waysRound.filter((way) => !text.includes(way))).toEqual([]);
  });
});

test('the page of a rule loses nothing else', async () => {
  for (const { id } of rules) {
    const [whole, part] = [await printed(['explain', id], {}), await printed(['explain', id], assistant)];
    expect(whole.startsWith(part.trimEnd())).toBe(true);
    expect(part).toContain('## What to do');
    expect(whole.slice(part.trimEnd().length).trimStart()).toMatch(/^## Config\n/);
  }
});

const managers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['git', {}],
  ['husky', { '.husky/pre-commit': 'npm test\n', 'package.json': '{"devDependencies":{"husky":"9"}}' }],
  ['lefthook', { 'lefthook.yml': 'pre-commit:\n  commands:\n    lint:\n      run: npm test\n' }],
  ['simple-git-hooks', { 'package.json': '{"simple-git-hooks":{"pre-commit":"npm test"}}' }],
  [
    'pre-commit',
    {
      '.pre-commit-config.yaml':
        'repos:\n  - repo: https://git.example/x\n    rev: v1\n    hooks:\n      - id: x\n',
      'package.json': '{}',
    },
  ],
];
test.each(managers)('what the first `init` shows of hooks names none: %s', async (_, files) => {
  using fresh = await Scratch.with({ ...files, 'requirements.txt': 'flask\n' });
  const shown = async (env: Record<string, string>, ...flags: readonly string[]) =>
    (await runIn(fresh, ['init', '--dry-run', '--pre-push', ...flags], { env })).stdout;
  const whole = await shown({}, '--verbose');
  expect(whole).toContain('CHECK_IMPORTS');
  const count = (shownText: string) => shownText.split(' || exit $?').length;
  for (const flags of [[], ['--verbose']]) {
    const text = await shown(assistant, ...flags);
    expect(text).toContain('pypi:flask: { baseline');
    expect([...waysRound, '--verbose'].filter((way) => text.includes(way))).toEqual([]);
    // The end of each script is shown, so that nothing behind it is left out.
    expect(count(text)).toBe(count(whole));
  }
});
