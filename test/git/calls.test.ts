import { appendFileSync, chmodSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { calls, commandLine, environment, type CallName } from '../../src/git/calls.ts';
import { workTreeChanges } from '../../src/git/changes.ts';
import { findGit, runGit } from '../../src/git/git.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const names = Object.keys(calls).filter((name): name is CallName => name in calls);
const reaching = (reach: string) => names.filter((name) => calls[name].reach === reach);

test('one module starts processes, and git is what it starts', () => {
  const starts = /^(?!import type\b).*(?:child_process|node:cluster|process\.(?:binding|execve|dlopen))/m;
  const sources = ['src', 'rules', 'bin'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]s$/.test(name))
      .map((name) => path.join(folder, name)),
  );
  expect(sources.length).toBeGreaterThan(200);
  const found = sources.filter((file) => starts.test(readFileSync(path.join(projectRoot, file), 'utf8')));
  // One of the others lists the modules that Node has; the last one runs in opencode and starts this tool.
  expect(found.sort()).toEqual(['src/git/git.ts', 'src/languages/javascript/builtins.ts', 'src/opencode.ts']);
});

describe('every call', () => {
  test.each(names)('%s has its settings in front of its own words', (name) => {
    const line = commandLine([name, 'x'], ['filter.y.clean']);
    const words = line.slice(line.indexOf(calls[name].words[0]));
    const settings = line.slice(0, line.length - words.length).filter((word) => word !== '-c');
    expect(words).toEqual([...calls[name].words, 'x']);
    expect(settings).toEqual([
      '--no-pager',
      'core.fsmonitor=false',
      'core.untrackedCache=false',
      'submodule.recurse=false',
      ...(calls[name].reach === 'hooks' ? [] : ['core.hooksPath=/dev/null']),
      'filter.y.clean=',
    ]);
  });

  test('that reaches contents is known', () => {
    expect(reaching('contents')).toEqual(['blobId', 'stage', 'workTreeChanges']);
    expect(reaching('hooks')).toEqual(['hooksFolder', 'setting']);
  });

  test('that compares shows no contents and enters no submodule', () => {
    for (const name of names) {
      const [subcommand, ...options] = calls[name].words;
      if (!subcommand.startsWith('diff-')) continue;
      const isSafe = ['--raw', '--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'];
      expect([
        name,
        name === 'differs' || isSafe.every((option) => options.some((one) => one === option)),
      ]).toEqual([name, true]);
    }
  });
});

test('the environment keeps what a hook says, and takes away what shows something else', () => {
  const given = {
    PATH: '/usr/bin',
    GIT_DIR: '.git',
    GIT_INDEX_FILE: '.git/index.lock',
    GIT_CONFIG: 'elsewhere',
    GIT_CONFIG_COUNT: '1',
    GIT_EXTERNAL_DIFF: 'program',
    GIT_GLOB_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: undefined,
    GIT_NO_LAZY_FETCH: '0',
    GIT_ALLOW_PROTOCOL: 'ext',
    GIT_GRAFT_FILE: 'grafts',
    LC_ALL: 'de_DE',
  };
  expect(environment(given)).toEqual({
    PATH: '/usr/bin',
    GIT_DIR: '.git',
    GIT_INDEX_FILE: '.git/index.lock',
    GIT_CONFIG_COUNT: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null/none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '/',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  });
});

describe('a filter is switched off, whatever it is called:', () => {
  /** A repository whose only file goes through a filter, with a date that makes git compare its contents. */
  async function filtered(name: Buffer, more = ''): Promise<Scratch> {
    const scratch = await Scratch.with({ 'app.py': 'import os\n' });
    open.push(scratch);
    const attribute = Buffer.concat([Buffer.from('*.py filter='), name, Buffer.from('\n')]);
    scratch.write({ '.git/info/attributes': attribute });
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(path.join(scratch.root, 'app.py'), later, later);
    await scratch.git('update-index', 'app.py');
    const quoted = name.toString('latin1').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    const mark = path.join(scratch.home, 'executed');
    const section = `[filter "${quoted}"]\n\tclean = : >>'${mark}'; cat\n\trequired = true\n${more}`;
    appendFileSync(path.join(scratch.root, '.git/config'), Buffer.from(section, 'latin1'));
    return scratch;
  }

  test.each([
    'lfs',
    'a.b',
    'a.clean',
    'Ä',
    'a"b',
    "a'b",
    'a\\b',
    '-c',
    'set',
    'unset',
    'unspecified',
    '$(x)',
    '%f',
  ])('%s', async (name) => {
    const scratch = await filtered(Buffer.from(name));
    await workTreeChanges(findGit(scratch.root, scratch.env), 'HEAD');
    expect(scratch.hasAtHome('executed')).toBe(false);
    await scratch.git('diff-index', 'HEAD');
    const isFilter = !['set', 'unset', 'unspecified'].includes(name);
    expect(scratch.hasAtHome('executed') || !isFilter).toBe(true);
  });

  test.each([
    ['a=b', Buffer.from('a=b')],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff])],
  ])('a name that can’t be switched off is a fault (%s)', async (_, name) => {
    const scratch = await filtered(name);
    const { code, stdout } = await runIn(scratch, ['--offline', '--format', 'concise']);
    expect([code, scratch.hasAtHome('executed')]).toEqual([2, false]);
    expect(stdout).toContain('can’t be switched off under this name');
    expect((await runIn(scratch, ['--staged'])).code).toBe(0);
  });

  test('nor does config that the caller hands over bring it back', async () => {
    const scratch = await filtered(Buffer.from('lfs'));
    const program = `: >>'${path.join(scratch.home, 'executed')}'; cat`;
    const env = {
      ...scratch.env,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'filter.lfs.clean',
      GIT_CONFIG_VALUE_0: program,
      GIT_CONFIG_PARAMETERS: `'filter.lfs.clean=${program.replaceAll("'", "'\\''")}'`,
    };
    await workTreeChanges(findGit(scratch.root, env), 'HEAD');
    expect(scratch.hasAtHome('executed')).toBe(false);
  });
});

test('the events of hooks in the config are emptied when the index is written', async () => {
  const scratch = await Scratch.with({ 'app.py': '' });
  open.push(scratch);
  const log = path.join(scratch.home, 'log');
  scratch.writeHome({
    git: `#!/bin/sh\nfor word; do echo "$word" >>'${log}'; done\nPATH=\${PATH#*:} exec git "$@"\n`,
  });
  chmodSync(path.join(scratch.home, 'git'), 0o755);
  appendFileSync(
    path.join(scratch.root, '.git/config'),
    '[hook "a b"]\n\tevent = post-index-change\n\tcommand = x\n',
  );
  const env = { ...scratch.env, PATH: `${scratch.home}:${scratch.env['PATH'] ?? ''}` };
  await runGit(findGit(scratch.root, env), ['stage', 'app.py']);
  const words = readFileSync(log, 'utf8').split('\n');
  expect(words.slice(words.indexOf('hook.a b.event='))).toEqual([
    'hook.a b.event=',
    'add',
    '--',
    'app.py',
    '',
  ]);
});
