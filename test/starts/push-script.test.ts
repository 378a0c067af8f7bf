import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockOf, withBlock } from '../../src/starts/block.ts';
import { pushScriptLines } from '../../src/starts/script.ts';

/* The script of a push reads what git says of it, and leaves it to those behind: git-lfs, and whatever people wrote. */

const calls = {
  folder: '',
  plugAndPlay: false,
  environments: [],
  install: 'npm install',
  add: null,
  outside: 'npm install --global vetted-imports',
  runner: 'npx --no --',
  command: 'npx --no -- vetted-imports',
  named: true,
};
const lines = `refs/heads/x ${'1'.repeat(40)} refs/heads/x ${'0'.repeat(40)}\nrefs/heads/$(y) "\`z\`" 'a' \\b\n`;

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-push-')));
  for (const name of ['tools', 'repository']) mkdirSync(path.join(folder, name));
  for (const [name, text] of Object.entries({
    node: '',
    'vetted-imports': 'echo "tool: $*"; sed "s/^/tool: /"; exit "$CODE"',
  })) {
    writeFileSync(path.join(folder, 'tools', name), `#!/bin/sh\n${text}\n`);
    chmodSync(path.join(folder, 'tools', name), 0o755);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function push(shell: readonly string[], stdin: string, code: number) {
  const script = path.join(folder, 'script');
  const others = 'while read -r line; do printf "other: %s\\n" "$line"; done\nexit 0\n';
  writeFileSync(script, withBlock(`#!/bin/sh\n${others}`, blockOf(pushScriptLines(calls)), true));
  const [name = '', ...flags] = shell;
  const { status, stdout, stderr } = spawnSync(name, [...flags, script, 'origin', 'https://git.example/x'], {
    cwd: path.join(folder, 'repository'),
    env: { PATH: `${path.join(folder, 'tools')}:${process.env['PATH'] ?? ''}`, CODE: String(code) },
    input: stdin,
    encoding: 'utf8',
  });
  return [status, stdout, stderr];
}

const shells = [
  ['sh'],
  ['dash', '-eu'],
  ['bash', '--posix', '-eu', '-o', 'pipefail'],
  ['busybox', 'sh', '-e'],
  ['zsh', '-eu'],
  ['ksh', '-eu'],
].filter(([name = '']) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0);

describe.each(shells.map((shell) => ({ shell, name: shell.join(' ') })))('in $name', ({ shell }) => {
  const told = 'tool: hook pre-push origin https://git.example/x\n';
  const both = (by: string) => lines.replaceAll(/^/gm, `${by}: `).slice(0, -`${by}: `.length);

  test('the tool reads what is pushed, and so does what stands behind it', () => {
    expect(push(shell, lines, 0)).toEqual([0, `${told}${both('tool')}${both('other')}`, '']);
  });

  test('a push that is stopped goes no further', () => {
    expect(push(shell, lines, 1)).toEqual([1, `${told}${both('tool')}`, '']);
  });

  test('nothing to push is nothing behind it either', () => {
    expect(push(shell, '', 0)).toEqual([0, `${told}tool: \n`, '']);
  });
});
