import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { findProgram } from '../kit/find-program.ts';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';
import { hasTmux, Terminal } from '../kit/terminal.ts';

/*
 * The section “Start” of README.md: each row of its table for JavaScript is run as it stands, at a terminal, by the package
 * manager itself, which asks a registry on the loopback address. A package manager that is not on PATH is skipped.
 */

const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
const [, section = ''] = /^## Start\n([^]*?)^## /m.exec(readme) ?? [];
const rows = [...section.matchAll(/^\| (.+?) +\| `(.+?)` +\| `(.+?)` +\|$/gm)].map(
  ([, title = '', install = '', setUp = '']) => ({
    title,
    install,
    setUp,
    program: install.split(' ')[0] ?? '',
  }),
);
const programs = ['npm', 'pnpm', 'yarn', 'bun', 'npm', 'uv', 'poetry', 'pdm', 'python', 'pipx'];
/** Those of Python are run by test/installed/start-python.test.ts. */
const npmRows = rows.slice(0, 5);

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0).toReversed()) close();
});

async function project(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with({ '.gitignore': 'node_modules/\n.pnp.*\n.yarn/\n', ...files });
  open.push(() => {
    scratch.dispose();
  });
  const registry = inject('registry');
  const globalFolder = path.join(scratch.home, 'global');
  scratch.writeHome({ '.npmrc': `registry=${registry}\nprefix=${globalFolder}\n` });
  Object.assign(scratch.env, {
    PATH: `${globalFolder}/bin:${scratch.env['PATH'] ?? ''}`,
    // Yarn 4 has settings of its own. It takes no version of the last days, and no registry without TLS.
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_ENABLE_TELEMETRY: '0',
  });
  return scratch;
}

/** Runs the command that sets the tool up, and takes what it proposes. @returns What the terminal shows. */
async function setUpAtTerminal(scratch: Scratch, command: string): Promise<string> {
  const terminal = new Terminal(scratch);
  try {
    terminal.run(`${command}; echo code=$?`);
    await terminal.shows('Also check what is pushed?');
    terminal.press('Enter');
    await terminal.shows('Write these files?');
    terminal.press('Enter');
    return await terminal.shows('code=0');
  } finally {
    terminal.close();
  }
}

/** Commits an invented import. @returns The command that the hook, which has to stop it, prints to go on with. */
async function nextOfStoppedCommit(scratch: Scratch): Promise<string | undefined> {
  scratch.write({ '.check-importsrc': 'lookup: off\n' });
  await scratch.commitAll('the linter');
  scratch.write({ 'app.py': 'import numpy_utils\n', 'app.ts': "import pad from 'left-padder';\n" });
  await scratch.git('add', '--all');
  const { code, stdout, stderr } = await scratch.tryGit('commit', '--message', 'fake');
  expect([code, stderr]).toEqual([1, expect.stringContaining('nobody approved pypi:numpy-utils')]);
  expect(stderr).toContain('nobody approved npm:left-padder');
  return /^next: (.*)$/m.exec(stdout + stderr)?.[1];
}

test('the tables have a row for each package manager', () => {
  expect(rows.map(({ program }) => program)).toEqual(programs);
});

describe.runIf(hasTmux)('as README.md says', () => {
  test.for(npmRows)('$title: $install', async ({ program, title, install, setUp }, { skip }) => {
    skip(findProgram(program) === null, `${program} is not on PATH`);
    const isPython = title === 'none of them';
    const scratch = await project(
      isPython
        ? { 'requirements.txt': 'flask\n' }
        : { 'package.json': '{ "name": "shop", "private": true, "dependencies": {} }\n' },
    );
    const installed = await run('sh', ['-c', install], { cwd: scratch.root, env: scratch.env });
    expect(installed, installed.stdout + installed.stderr).toMatchObject({ code: 0 });
    expect(await setUpAtTerminal(scratch, setUp)).toContain('Commit it:');
    expect(await nextOfStoppedCommit(scratch)).toBe(setUp.replace(/init$/, 'review'));
  });
});
