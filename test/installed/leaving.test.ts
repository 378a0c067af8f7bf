import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { run, Scratch, type Finished } from '../kit/scratch.ts';
import { hasTmux, Terminal } from '../kit/terminal.ts';

/*
 * A team takes the tool up and gives it up again: a bare repository that everybody pushes to, clones, git's own hooks, and
 * npm with a registry on the loopback address. Whatever is printed as a command is typed at a terminal as it stands.
 */

const ignoring = 'import hosttools  # check-imports: ignore[hosttools] the host brings it\n';
const prose = 'We tried vetted-imports.\n';
const leave = 'npm install --global vetted-imports && vetted-imports init --remove';

let office: Scratch;
const terminals = new Map<string, Terminal>();
let typed = 0;

beforeAll(async () => {
  office = new Scratch();
  const globalFolder = path.join(office.home, 'global');
  office.writeHome({ '.npmrc': `registry=${inject('registry')}\nprefix=${globalFolder}\n` });
  office.env['PATH'] = `${globalFolder}/bin:${office.env['PATH'] ?? ''}`;
  office.env['GIT_EDITOR'] = 'echo decided >';
  await office.git('init', '--quiet', '--bare', '--initial-branch', 'main', 'shop.git');
});

afterAll(() => {
  for (const terminal of terminals.values()) terminal.close();
  office.dispose();
});

function runAt(clone: string, program: string, args: readonly string[]): Promise<Finished> {
  return run(program, args, { cwd: path.join(office.root, clone), env: office.env });
}

async function succeeds(clone: string, command: string): Promise<string> {
  const { code, stdout, stderr } = await runAt(clone, 'sh', ['-c', command]);
  expect(code, `${command}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

const write = (clone: string, files: Readonly<Record<string, string>>) => {
  office.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${clone}/${name}`, text])));
};

/** Commits everything as a person does. @returns What was printed, and whether the commit was stopped. */
async function commit(clone: string, files: Readonly<Record<string, string>> = {}) {
  write(clone, files);
  await succeeds(clone, 'git add --all');
  const { code, stdout, stderr } = await runAt(clone, 'git', ['commit', '--quiet', '--message', 'work']);
  return { code, text: stdout + stderr };
}

/** Types a command in a clone, and says yes to what it takes away. @returns What the terminal shows of it. */
async function type(clone: string, command: string): Promise<string> {
  const terminal = terminals.get(clone) ?? new Terminal(office, clone);
  terminals.set(clone, terminal);
  typed += 1;
  const [start, end] = [`began-${String(typed)}=`, `ended-${String(typed)}=`];
  // One line: a second one may be echoed before `clear` has run, and is gone with all else.
  terminal.run(`clear; echo "${start}"; ${command}; echo "${end}$?"`);
  if (!command.startsWith('git ') && !command.includes('uninstall')) {
    await terminal.shows('Take these away?');
    terminal.press('Enter');
  }
  const screen = await terminal.shows(`${end}0`);
  return screen.slice(screen.indexOf(`${start}\n`));
}

/** The commands that a text names, in its order; those for other clones are theirs. */
function commandsIn(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('git clones no hooks'))
    .flatMap(
      (line) => /^(?:Commit it|.*\bTo take (?:it|them|that) away too): (.*\S)/.exec(line)?.slice(1) ?? [],
    );
}

/** Does what is printed, and what is printed then, until nothing is left. @returns All that was printed. */
async function obey(clone: string, command: string): Promise<string> {
  const seen = new Set<string>();
  const waiting = [command];
  let shown = '';
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const text = await type(clone, next);
    shown += text;
    const commands = commandsIn(text);
    waiting.unshift(...commands.filter((one) => one.startsWith('git ')));
    waiting.push(...commands.filter((one) => !one.startsWith('git ')));
  }
  return shown;
}

async function newClone(name: string): Promise<string> {
  await succeeds('.', `git clone --quiet shop.git ${name}`);
  await succeeds(name, 'npm install --no-audit --no-fund');
  await succeeds(name, 'npx --no -- vetted-imports init --yes');
  return name;
}

const checked = '.check-importsrc.yaml';

/** A tool that is taken up, with what people write around it. */
async function adopt(): Promise<void> {
  await succeeds('.', 'git clone --quiet shop.git ada');
  write('ada', {
    '.gitignore': 'node_modules/\n',
    'package.json': '{ "name": "shop", "private": true }\n',
    'pricing/app.py': ignoring,
    'README.md': prose,
    [checked]: 'lookup: off\n',
  });
  await succeeds('ada', 'npm install --no-audit --no-fund --save-dev vetted-imports');
  await succeeds('ada', 'npx --no -- vetted-imports init --yes');
  await succeeds('ada', 'npx --no -- vetted-imports init --ci github --policy-from head --yes');
  expect(await commit('ada')).toMatchObject({ code: 0 });
  expect((await commit('ada', { 'fake.py': 'import numpy_utils\n' })).code).toBe(1);
  await succeeds('ada', 'git reset --quiet --hard && git push --quiet origin HEAD:main');
}

describe.runIf(hasTmux)('a team that gives the tool up', () => {
  test('takes it up, in two clones', async () => {
    await adopt();
    await newClone('ben');
    await newClone('cy');
  });

  test('the dependency alone goes first: the commit is stopped, and what it says to run leads on', async () => {
    await succeeds('cy', 'npm uninstall --no-audit --no-fund vetted-imports');
    const stopped = await commit('cy');
    expect(stopped).toEqual({
      code: 1,
      text: `vetted-imports: not installed, so the commit is stopped. Run: npm install\nTo remove it for good, a person runs: ${leave}\n`,
    });
    const assistant = await run('sh', ['-c', leave], {
      cwd: path.join(office.root, 'cy'),
      env: { ...office.env, CLAUDECODE: '1' },
    });
    expect([assistant.code, assistant.stderr]).toEqual([2, expect.stringContaining('can’t remove the hook')]);
    await succeeds('cy', 'npm uninstall --global vetted-imports');
    expect(await commit('cy')).toEqual(stopped);

    await obey('cy', leave);
    await succeeds('cy', `git rm --quiet ${checked}`);
    expect(await runAt('cy', 'git', ['commit', '--quiet', '--all', '--message', 'gone'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    await succeeds('cy', 'npm uninstall --global vetted-imports');
    expect(await succeeds('cy', 'git status --porcelain')).toBe('');
    expect(await commit('cy', { 'later.py': 'import numpy_utils\n' })).toEqual({ code: 0, text: '' });
  });

  test('every printed line is followed, and a colleague who pulls works on', async () => {
    const shown = await obey('ada', 'npx --no -- vetted-imports init --remove');
    expect(shown).toContain(
      'Comments that ignore a line stay. Without the tool they do nothing:\n  pricing/app.py:1\n',
    );
    expect(shown).not.toContain('These lines set the tool up');
    const [, there = ''] = /^git clones no hooks.*: (.* init --remove)$/m.exec(shown) ?? [];
    await succeeds('ada', `git rm --quiet ${checked}`);
    expect(await commit('ada')).toMatchObject({ code: 0 });
    await succeeds('ada', 'git push --quiet origin HEAD:main');
    expect(await succeeds('ada', 'git ls-files')).toBe(
      ['.gitignore', 'README.md', 'package-lock.json', 'package.json', 'pricing/app.py', ''].join('\n'),
    );

    await newestClone(there);
    await succeeds('ben', 'git pull --quiet origin main && npm install --no-audit --no-fund');
    expect(await commit('ben', { 'later.py': 'import numpy_utils\n' })).toEqual({
      code: 0,
      text: `vetted-imports: nothing in this branch sets it up, so nothing was checked.\nIf it was removed for good, a person runs: ${leave}\n`,
    });
    await obey('ben', leave);
    expect(await commit('ben', { 'more.py': 'import numpy_utils\n' })).toEqual({ code: 0, text: '' });
  });

  /** A clone in which the hook is taken away before its packages are installed again. */
  async function newestClone(command: string): Promise<void> {
    await succeeds(
      '.',
      'git clone --quiet --branch main shop.git di && cp -R ben/node_modules ben/.git/hooks di',
    );
    await succeeds('di', 'cp hooks/* .git/hooks && rm -r hooks');
    await type('di', command);
    await succeeds('di', 'rm -r node_modules');
    expect(await commit('di', { 'later.py': 'import numpy_utils\n' })).toEqual({ code: 0, text: '' });
  }
});
