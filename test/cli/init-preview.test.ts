import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* What `init` shows before it writes: each file, and of the lines of a hook how many there are. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const declared = { '.check-importsrc': 'lookup: off\n', 'requirements.txt': 'flask\n' };

const managers: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['git', {}, ['.git/hooks/pre-commit', '.git/hooks/pre-merge-commit', '.git/hooks/pre-push']],
  [
    'husky',
    { '.husky/pre-commit': 'npm test\n', 'package.json': '{"devDependencies":{"husky":"9"}}' },
    ['.husky/pre-commit', '.husky/pre-merge-commit', '.husky/pre-push'],
  ],
  [
    'lefthook',
    { 'lefthook.yml': 'pre-commit:\n  commands:\n    lint:\n      run: npm test\n' },
    ['lefthook.yml'],
  ],
  [
    'simple-git-hooks',
    { 'package.json': '{ "simple-git-hooks": { "pre-commit": "npm test" } }\n' },
    ['package.json'],
  ],
];

/** What stands for the lines of one script. */
const summary = /… (\d+) lines that start vetted-imports/g;

const namesIn = (text: string) => [...text.matchAll(/^(?:---|\+\+\+) [ab]\/(.*)$/gm)].map(([, name]) => name);

test.each(managers)('%s: the lines of hooks are counted, and each file is named', async (_, files, hooks) => {
  const scratch = await Scratch.with({ ...declared, ...files });
  open.push(scratch);
  const [short, whole] = [
    await runIn(scratch, ['init', '--pre-push', '--dry-run']),
    await runIn(scratch, ['init', '--pre-push', '--dry-run', '--verbose']),
  ];
  const counts = [...short.stdout.matchAll(summary)].map(([, count]) => Number(count));
  expect(counts).toHaveLength(3);
  for (const count of counts) expect(count).toBeGreaterThan(40);
  expect(short.stdout).not.toContain('is_set_up');
  expect(short.stdout.split('\n').length).toBeLessThan(75);
  expect(whole.stdout).toContain('is_set_up');
  expect(whole.stdout).not.toMatch(summary);
  expect(namesIn(short.stdout)).toEqual(namesIn(whole.stdout));

  const done = await runIn(scratch, ['init', '--pre-push', '--yes']);
  const written = [...done.stdout.matchAll(/^Wrote (.*)$/gm)].map(([, name]) => name);
  expect(namesIn(short.stdout)).toEqual(expect.arrayContaining(written));
  expect(written).toEqual(expect.arrayContaining([...hooks]));

  const removal = await runIn(scratch, ['init', '--remove', '--dry-run']);
  expect([...removal.stdout.matchAll(summary)]).toHaveLength(3);
  expect(new Set(namesIn(removal.stdout))).toEqual(new Set(hooks));
});

test('the counted lines are those that are written', async () => {
  const scratch = await Scratch.with(declared);
  open.push(scratch);
  const { stdout } = await runIn(scratch, ['init', '--yes']);
  const count = Number(new RegExp(summary).exec(stdout)?.[1]);
  // Around them stand the name of the shell, two marks, and the parentheses.
  expect(scratch.read('.git/hooks/pre-commit').split('\n')).toHaveLength(count + 5 + 1);
});

test('lines that are replaced are told from the new ones', async () => {
  const scratch = await Scratch.with(declared);
  open.push(scratch);
  await runIn(scratch, ['init', '--yes']);
  const hook = '.git/hooks/pre-commit';
  scratch.write({ [hook]: scratch.read(hook).replace('not installed', 'missing') });
  const { stdout } = await runIn(scratch, ['init', '--dry-run']);
  expect(stdout).toMatch(/^-.* lines that start vetted-imports .*, of an older version\n\+.* --verbose\)$/m);
});
