import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { oneLine, scriptLines, type ToolCalls } from '../../../src/cli/hooks/shell.ts';

/*
 * The lines in the shells that hooks run in. A stand-in for the tool says how it was called.
 */

const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-shell-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const calls: ToolCalls = {
  bin: "it's here/.bin/vetted-imports",
  plugAndPlay: false,
  install: 'npm install',
  runner: 'npx',
  command: 'npx vetted-imports',
  named: true,
};
const plainCalls = { ...calls, bin: 'node_modules/.bin/vetted-imports' };

/** A folder with these programs: each prints its name and its arguments and ends with a code. */
function programs(name: string, scripts: Readonly<Record<string, number>>): string {
  const bin = path.join(folder, name);
  for (const [file, code] of Object.entries(scripts)) {
    const target = path.join(bin, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `#!/bin/sh\necho "called $(basename "$0") $*"\nexit ${String(code)}\n`);
    chmodSync(target, 0o755);
  }
  return bin;
}

function isThere(shell: readonly string[]): boolean {
  const [program = '', ...args] = shell;
  return spawnSync(program, [...args, '-c', 'true']).status === 0;
}

const shells = [
  ['sh'],
  ['sh', '-e'],
  ['sh', '-eu'],
  ['dash'],
  ['bash'],
  ['bash', '-eu', '-o', 'pipefail'],
  ['busybox', 'sh', '-e'],
  ['zsh'],
].filter(isThere);

/** Runs a script in a project. Its last line tells whether it came there. */
function runLines(
  shell: readonly string[],
  lines: string,
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Record<'code' | 'stdout' | 'stderr', unknown> {
  const script = path.join(folder, 'script');
  writeFileSync(script, `${lines}\necho went on\n`);
  const [program = '', ...args] = shell;
  const done = spawnSync(pathOf(program), [...args, script], { cwd, env, encoding: 'utf8' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

function pathOf(program: string): string {
  return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
}

const system = programs('system', {});
mkdirSync(system, { recursive: true });
for (const tool of ['sh', 'basename', 'env']) symlinkSync(pathOf(tool), path.join(system, tool));
const withNode = programs('with-node', { node: 0 });
const withTool = programs('with-tool', { 'vetted-imports': 0 });
const installed = programs('installed', {
  "it's here/.bin/vetted-imports": 0,
  'node_modules/.bin/vetted-imports': 0,
});
const failing = programs('failing', {
  "it's here/.bin/vetted-imports": 1,
  'node_modules/.bin/vetted-imports': 1,
});
const missing = programs('missing', {});
mkdirSync(missing, { recursive: true });

const called = 'called vetted-imports hook pre-commit\n';
const PATH = [system, withNode].join(':');

interface Case {
  readonly title: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly code: number;
  readonly stdout: string;
  /** A part of it; '' for nothing at all. */
  readonly stderr: string;
}

const inScripts: readonly Case[] = [
  {
    title: 'what is installed is called',
    cwd: installed,
    env: { PATH },
    code: 0,
    stdout: `${called}went on\n`,
    stderr: '',
  },
  { title: 'a failure ends the script', cwd: failing, env: { PATH }, code: 1, stdout: called, stderr: '' },
  {
    title: 'else what is on PATH is called',
    cwd: missing,
    env: { PATH: `${PATH}:${withTool}` },
    code: 0,
    stdout: `${called}went on\n`,
    stderr: '',
  },
  {
    title: 'else it says what to run',
    cwd: missing,
    env: { PATH },
    code: 1,
    stdout: '',
    stderr: 'Run: npm install\n',
  },
  {
    title: 'without node it says so',
    cwd: installed,
    env: { PATH: system },
    code: 1,
    stdout: '',
    stderr: 'finds no node on its PATH',
  },
  {
    title: 'switched off, it says so',
    cwd: missing,
    env: { PATH: system, CHECK_IMPORTS: '0' },
    code: 0,
    stdout: 'went on\n',
    stderr: 'switched off by CHECK_IMPORTS=0',
  },
];

const onOneLine: readonly Case[] = [
  { title: 'called', cwd: installed, env: { PATH }, code: 0, stdout: `${called}went on\n`, stderr: '' },
  { title: 'failing', cwd: failing, env: { PATH }, code: 1, stdout: called, stderr: '' },
  { title: 'missing', cwd: missing, env: { PATH }, code: 1, stdout: '', stderr: 'Run: npm install\n' },
];

function expectCase(done: ReturnType<typeof runLines>, { code, stdout, stderr }: Case): void {
  expect(done).toMatchObject({ code, stdout });
  if (stderr === '') expect(done.stderr).toBe('');
  else expect(done.stderr).toContain(stderr);
}

describe.each(shells.map((shell) => ({ shell, name: shell.join(' ') })))('in $name', ({ shell }) => {
  test.each(inScripts)('$title', (row) => {
    expectCase(runLines(shell, scriptLines(calls).join('\n'), row), row);
  });

  test.each(onOneLine)('on one line: $title', (row) => {
    const line = oneLine(plainCalls, { arguments: '', quotes: "'" });
    expectCase(runLines(shell, `${line}; true`, row), row);
  });
});
