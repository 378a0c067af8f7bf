import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function scratch(): Promise<Scratch> {
  const made = await Scratch.with({ 'app.py': '', 'lst/a.py': '' });
  open.push(made);
  return made;
}

const misspelled: [args: string[], meant: string][] = [
  [['chek'], 'check'],
  [['aprove', 'pypi:numpy', '--reason', 'x'], 'approve'],
  [['Review', '--offline'], 'review'],
  [['explian', 'numpy'], 'explain'],
];

test.each(misspelled)('%j: did you mean %s?', async ([word = '', ...rest], meant) => {
  const { code, stdout, stderr } = await runIn(await scratch(), [word, ...rest]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `there is no command, file or folder called ${word}\nDid you mean ${meant}? --help lists the commands.\n`,
  });
});

test.each([
  ['staged', '--staged'],
  ['all', '--all'],
  ['Since', '--since'],
])('%s: did you mean %s?', async (word, flag) => {
  const { code, stdout, stderr } = await runIn(await scratch(), [word]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `there is no command, file or folder called ${word}\nDid you mean ${flag}? --help lists the commands.\n`,
  });
});

test('innocent: a folder that is called like a flag is checked', async () => {
  const made = await scratch();
  made.write({ 'staged/a.py': '' });
  expect((await runIn(made, ['staged'])).code).toBe(0);
});

test('-v is --version', async () => {
  const made = await scratch();
  const long = await runIn(made, ['--version']);
  expect([long.code, await runIn(made, ['-v'])]).toEqual([0, long]);
});

test('what follows a path that leads nowhere is a step', async () => {
  const { stdout } = await runIn(await scratch(), ['nowhere']);
  expect(stdout).toContain('next: Write a path that is there, without wildcards.');
});

test('ci elsewhere prints what is run instead', async () => {
  const made = await scratch();
  const { code, stderr } = await runIn(made, ['ci']);
  const [, words = ''] = /: vetted-imports (check --since REF .*)$/m.exec(stderr) ?? [];
  expect([code, words]).toEqual([2, 'check --since REF --policy-from base']);
  expect((await runIn(made, words.replace('REF', 'main').split(' '))).code).toBe(0);
});

test('a folder whose name is near that of a command is checked', async () => {
  const { code, stderr } = await runIn(await scratch(), ['lst']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test.each(['nowhere', 'chek.py', './chek'])('%s is a path that leads nowhere', async (path) => {
  const { code, stdout } = await runIn(await scratch(), [path]);
  expect(code).toBe(2);
  expect(stdout).toContain('no such file or folder');
});

test.each(['npm:nanoid', 'pkg:pypi/numpy'])('list %s leads to explain', async (label) => {
  const made = await scratch();
  const { code, stdout, stderr } = await runIn(made, ['list', label]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `list takes files and folders, and ${label} is a package\nRun: vetted-imports explain ${label}\n`,
  });
  // As it is printed.
  expect((await runIn(made, ['explain', label, '--offline'])).code).toBe(0);
});

test('innocent: list takes a file that is called like a package', async () => {
  const made = await scratch();
  made.write({ 'npm:nanoid': '' });
  expect((await runIn(made, ['list', 'npm:nanoid'])).code).toBe(0);
});

test('a misspelled flag names the flag that was meant', async () => {
  const { code, stderr } = await runIn(await scratch(), ['--stagd']);
  expect(code).toBe(2);
  expect(stderr).toContain('Did you mean --staged?');
});
