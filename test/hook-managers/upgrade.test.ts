import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What version 0.1.0 wrote, each in a file of fixtures/hooks/0.1.0, is replaced by what this version writes. */

interface Row {
  readonly title: string;
  readonly fixture: string;
  readonly manager: string;
  /** Where that version wrote it. */
  readonly file: string;
  /** The file without it; null: there was none. */
  readonly before: string | null;
  /** What makes git call the manager. `$hook` is what the fixture holds for pre-commit. */
  readonly setUp: Readonly<Record<string, string>>;
  readonly config?: readonly [key: string, value: string];
}

const manifest = '{\n  "name": "shop"\n}\n';
const simple = '{\n  "name": "shop",\n  "simple-git-hooks": {\n    "pre-commit": "npm test"\n  }\n}\n';

const rows: readonly Row[] = [
  {
    title: 'git’s own folder',
    fixture: 'git',
    manager: 'git',
    file: '.git/hooks/pre-commit',
    before: null,
    setUp: { 'package.json': manifest },
  },
  {
    title: 'husky',
    fixture: 'husky',
    manager: 'husky',
    file: '.husky/pre-commit',
    before: 'npm test\n',
    setUp: { 'package.json': manifest, '.husky/_/pre-commit': '. "$(dirname "$0")/h"\n', '.husky/_/h': '' },
    config: ['core.hooksPath', '.husky/_'],
  },
  {
    title: 'lefthook',
    fixture: 'lefthook',
    manager: 'lefthook',
    file: 'lefthook.yml',
    before: 'pre-commit:\n  parallel: true\n',
    setUp: { 'package.json': manifest, '.git/hooks/pre-commit': 'call_lefthook run "pre-commit" "$@"\n' },
  },
  {
    title: 'the pre-commit framework',
    fixture: 'pre-commit',
    manager: 'pre-commit',
    file: '.pre-commit-config.yaml',
    before: 'repos:\n  - repo: local\n    hooks: []\n',
    setUp: {
      'package.json': manifest,
      '.git/hooks/pre-commit': '# https://pre-commit.com\n',
      '.git/hooks/pre-merge-commit': '# https://pre-commit.com\n',
    },
  },
  ...['simple-git-hooks', 'simple-git-hooks-yarn'].map((fixture) => ({
    title: fixture,
    fixture,
    manager: 'simple-git-hooks',
    file: 'package.json',
    before: simple,
    setUp: { '.git/hooks/pre-commit': '# SKIP_SIMPLE_GIT_HOOKS\n$hook\n' },
  })),
];

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function repository({ file, setUp, config }: Row, text: string | null): Promise<Scratch> {
  const scratch = await Scratch.with({ 'approved-packages.yaml': whitelistText({}) });
  open.push(scratch);
  const hook = text === null ? '' : commandOf(text);
  const files = { ...setUp, ...(text === null ? {} : { [file]: text }) };
  for (const [name, content] of Object.entries(files)) {
    scratch.write({ [name]: content.replace('$hook', () => hook) });
    chmodSync(path.join(scratch.root, name), 0o755);
  }
  if (config) await scratch.git('config', ...config);
  return scratch;
}

/** What simple-git-hooks puts into git's hook. */
function commandOf(text: string): string {
  const found = /"pre-commit": ("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  return found === undefined ? '' : String(JSON.parse(found));
}

describe.each(rows)('$title', (row) => {
  const old = readFileSync(path.join(projectRoot, 'fixtures/hooks/0.1.0', `${row.fixture}.txt`), 'utf8');

  test('--check says that the lines are old, init replaces them, and a second init changes nothing', async () => {
    const scratch = await repository(row, old);
    const check = await runIn(scratch, ['init', '--check']);
    expect(check).toEqual({
      code: 1,
      stdout: `Commits are checked by lines of an older version, which start programs that git tracks: ${row.file} calls vetted-imports (${row.manager}).\nRun: vetted-imports init\n`,
      stderr: '',
    });
    await runIn(scratch, ['init', '--yes']);
    const fresh = await repository(row, row.before);
    await runIn(fresh, ['init', '--yes']);
    expect(scratch.read(row.file)).toBe(fresh.read(row.file));
    const again = await runIn(scratch, ['init', '--yes']);
    expect(again.stdout).not.toContain('Wrote');
    const text = scratch.read(row.file);
    expect(text).not.toMatch(/\.bin\/vetted-imports|yarn vetted-imports/);
  });

  test('--remove takes them out', async () => {
    const scratch = await repository(row, old);
    await runIn(scratch, ['init', '--remove', '--yes']);
    expect(scratch.has(row.file) ? scratch.read(row.file) : null).toBe(row.before);
  });

  test('--check is content with the new lines, once git calls them', async () => {
    const scratch = await repository(row, row.before);
    await runIn(scratch, ['init', '--yes']);
    if (row.manager === 'simple-git-hooks') {
      const stale = await runIn(scratch, ['init', '--check']);
      expect([stale.code, stale.stdout.endsWith('Run: npx --no -- simple-git-hooks\n')]).toEqual([1, true]);
      scratch.write({ '.git/hooks/pre-commit': commandOf(scratch.read(row.file)) });
    }
    const { code, stdout } = await runIn(scratch, ['init', '--check']);
    expect([code, stdout]).toEqual([
      0,
      `Commits are checked: ${row.file} calls vetted-imports (${row.manager}).\n`,
    ]);
  });
});

test('after init, the old line that simple-git-hooks has written for git is told', async () => {
  const row = rows.find(({ fixture }) => fixture === 'simple-git-hooks');
  if (!row) throw new Error('the row is gone');
  const old = readFileSync(path.join(projectRoot, 'fixtures/hooks/0.1.0/simple-git-hooks.txt'), 'utf8');
  const scratch = await repository(row, old);
  await runIn(scratch, ['init', '--yes']);
  const check = await runIn(scratch, ['init', '--check']);
  expect(check.code).toBe(1);
  expect(check.stdout).toContain('which start programs that git tracks: .git/hooks/pre-commit calls');
  expect(check.stdout).toContain('Run: npx --no -- simple-git-hooks\n');
});
