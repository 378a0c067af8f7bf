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
});
