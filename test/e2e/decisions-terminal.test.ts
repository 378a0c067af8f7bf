import { afterEach, describe, expect, test } from 'vitest';
import { bin, Scratch } from '../kit/scratch.ts';
import { hasTmux, Terminal } from '../kit/terminal.ts';

/* A person at a real pseudo-terminal: prompts, keys and Ctrl-C cannot be had through a pipe. */

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const whitelist = `approved:
  pypi:
    flask: { reason: the API, by: Ada L <ada@example.org>, date: 2026-01-02 }
    numpy: { reason: arrays, by: Ada L <ada@example.org>, date: 2026-01-02 }
`;
const command = `'${process.execPath}' '${bin}'`;

async function service(): Promise<{ scratch: Scratch; terminal: Terminal }> {
  const scratch = await Scratch.with({
    'approved-packages.yaml': whitelist,
    'requirements.txt': 'flask\nnumpy\n',
    'app.py': 'import flask\n',
    '.check-importsrc': 'lookup: off\n',
  });
  scratch.installHooks();
  scratch.write({ 'app.py': 'import flask\nimport numpy_utils\n' });
  await scratch.git('add', 'app.py');
  const terminal = new Terminal(scratch);
  open.push({
    close: () => {
      terminal.close();
      scratch.dispose();
    },
  });
  return { scratch, terminal };
}

describe.skipIf(!hasTmux)('at a terminal', () => {
  test('a commit is stopped, review approves and stages, and the same commit passes', async () => {
    const { scratch, terminal } = await service();
    terminal.run('git commit -m one; echo code=$?');
    const stopped = await terminal.shows('code=1');
    expect(stopped).toContain('pypi:numpy-utils');

    terminal.run(`${command} review; echo review=$?`);
    const card = await terminal.shows('What about pypi:numpy-utils?');
    expect(card).toContain('app.py:2:8');
    expect(card).toContain('import numpy_utils');
    terminal.press('a');
    await terminal.shows('Why is it approved?');
    terminal.type('safe sums');
    terminal.press('Enter');
    await terminal.shows('Stage approved-packages.yaml?');
    terminal.press('y');
    await terminal.shows('review=0');

    const diff = await scratch.git('diff', '--cached', '--unified=0', '--', 'approved-packages.yaml');
    const today = new Date().toISOString().slice(0, 10);
    expect(diff.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toEqual([
      `+    numpy-utils: { reason: safe sums, by: Ada L <ada@example.org>, date: ${today}, unverified: true }`,
    ]);
    expect(await scratch.git('diff', '--', 'approved-packages.yaml')).toBe('');

    terminal.run('clear; git commit -m one; echo code=$?');
    await terminal.shows('code=0');
    expect(await scratch.git('log', '-1', '--format=%s')).toBe('one\n');
  });

  /** How to get to each prompt: the command, then pairs of what is awaited and what is typed. */
  const prompts: [string, string, [awaited: string, keys: string[]][], string][] = [
    ['review', 'review', [], 'What about pypi:numpy-utils?'],
    ['the reason in review', 'review', [['What about', ['a']]], 'Why is it approved?'],
    ['the reason of a denial', 'review', [['What about', ['d']]], 'Why is it denied?'],
    ['the reason of a request', 'review', [['What about', ['r']]], 'What is it for?'],
    ['the diff of a replacement', 'review', [['What about', ['1']]], 'Edit like that?'],
    [
      'staging in review',
      'review',
      [
        ['What about', ['a']],
        ['Why is it', ['sums', 'Enter']],
      ],
      'Stage approved-packages.yaml?',
    ],
    ['the reason of approve', 'approve pypi:scipy', [], 'Why?'],
    ['the reason of deny', 'deny pypi:scipy', [], 'Why?'],
    ['staging in approve', 'approve pypi:scipy --reason sums', [], 'Stage approved-packages.yaml?'],
    ['prune', 'prune', [], 'Edit the whitelist like that?'],
  ];
  test.each(prompts)('Ctrl-C at the prompt: %s', async (_, words, steps, prompt) => {
    const { scratch, terminal } = await service();
    scratch.write({ 'requirements.txt': 'flask\n' });
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'less', '--', 'requirements.txt');
    terminal.run(`${command} ${words}; echo "end""ed=$?"`);
    for (const [awaited, keys] of steps) {
      await terminal.shows(awaited);
      for (const key of keys) terminal.press(key);
    }
    await terminal.shows(prompt);
    const files = ['approved-packages.yaml', 'app.py'];
    const before = [...files.map((file) => scratch.read(file)), await scratch.git('ls-files', '--stage')];
    terminal.press('C-c');
    await terminal.shows('ended=');
    expect([...files.map((file) => scratch.read(file)), await scratch.git('ls-files', '--stage')]).toEqual(
      before,
    );
    expect(
      await scratch.git('status', '--short', '--untracked-files=all', '--', '.', ':!*.tmp'),
    ).not.toContain('??');
  });

  test('a suggestion replaces the import and the line of the manifest, which loses a line that it had already', async () => {
    const { scratch, terminal } = await service();
    scratch.write({
      'requirements.txt': 'flask\nnumpy\nnumpy-utils>=1\n',
      'lib.py': 'from numpy_utils import safe_sum\n',
    });
    await scratch.git('add', '--all');
    terminal.run(`${command} review; echo review=$?`);
    await terminal.shows('What about pypi:numpy-utils?');
    terminal.press('1');
    const shown = await terminal.shows('Edit like that?');
    expect(shown).toContain('- import numpy_utils');
    expect(shown).toContain('+ import numpy');
    expect(shown).toContain('- numpy-utils>=1');
    terminal.press('y');
    await terminal.shows('Stage ');
    terminal.press('y');
    await terminal.shows('review=0');
    expect(await scratch.git('show', ':app.py', ':lib.py', ':requirements.txt')).toBe(
      'import flask\nimport numpy\nfrom numpy import safe_sum\nflask\nnumpy\n',
    );
    expect((await scratch.check('--staged')).code).toBe(0);
  });

  test('a request is on a card of its own, with who asked and where it is used', async () => {
    const { scratch, terminal } = await service();
    await scratch.git('reset', '--hard', '--quiet');
    scratch.write({ 'lib.py': 'import httpx\n' });
    await scratch.commitAll('goes past the hook');
    await scratch.check('request', 'pypi:httpx', '--reason', 'retries');
    terminal.run(`${command} review; echo review=$?`);
    const card = await terminal.shows('What about pypi:httpx?');
    expect(card).toContain('Requested by Ada L <ada@example.org>');
    expect(card).toContain('retries');
    expect(card).toContain('lib.py:1:8');
    terminal.press('s');
    await terminal.shows('review=1');
    expect(await scratch.git('diff', '--', 'approved-packages.yaml')).toContain('+    httpx: {');
  });

  test('in the environment of an assistant nobody reviews', async () => {
    const { terminal } = await service();
    terminal.run(`CLAUDECODE=1 ${command} review; echo review=$?`);
    expect(await terminal.shows('review=2')).toContain('request');
  });
});

test('without a terminal review says what to do instead', async () => {
  const scratch = await Scratch.with({ 'app.py': '' });
  open.push({
    close: () => {
      scratch.dispose();
    },
  });
  const { code, stderr } = await scratch.check('review');
  expect([code, stderr.includes('approve')]).toEqual([2, true]);
});
