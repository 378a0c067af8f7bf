import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { AgentName } from '../../src/agents/settings/agent.ts';
import { agents } from '../../src/agents/settings/index.ts';
import { findProgram } from '../kit/find-program.ts';
import { leave, installIn, vettedImports } from '../kit/packed.ts';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

/*
 * The tool is installed from its tarball, `init --agent` writes its lines, and they are started as each assistant starts them:
 * by a shell, in the folder and with the variables that it has (test/agents runs the assistants themselves).
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) {
    leave(scratch);
    scratch.dispose();
  }
});

async function project(names: string): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.gitignore': 'node_modules/\n',
    '.check-importsrc': 'lookup: off\n',
    'approved-packages.yaml': whitelistText({ 'pypi:flask': { approved: 'pages', ...byAda } }),
    'app.py': 'import flask\n',
    'package.json': '{ "devDependencies": { "vetted-imports": "^0.1.0" } }\n',
    'deep/er/x.txt': '',
  });
  open.push(scratch);
  installIn(scratch);
  const { code, stderr } = await vettedImports(scratch, ['init', '--agent', names, '--yes']);
  expect([code, stderr]).toEqual([0, '']);
  await scratch.commitAll('hooks of assistants');
  return scratch;
}

const group = v.looseObject({ hooks: v.array(v.looseObject({ command: v.string() })) });
const settings = v.looseObject({
  hooks: v.record(v.string(), v.array(v.union([group, v.looseObject({ command: v.string() })]))),
});

/** The command that an assistant's file has for an event. */
function lineOf(scratch: Scratch, name: AgentName, event: string): string {
  const { hooks } = v.parse(settings, JSON.parse(scratch.read(agents[name].files[0])));
  const [item] = hooks[event] ?? [];
  return v.is(group, item)
    ? (item.hooks[0]?.command ?? '')
    : v.parse(v.looseObject({ command: v.string() }), item).command;
}

/** A text with some words in it. */
const saying = (words: string): unknown => expect.stringContaining(words);

interface Caller {
  readonly name: AgentName;
  readonly event: string;
  /** What the event says besides, for a command. */
  readonly input: (command: string) => object;
  /** Where it starts hooks. */
  readonly cwd?: string;
  readonly env?: (root: string) => Readonly<Record<string, string>>;
  readonly denies: object;
}

const claudeDenial = {
  hookSpecificOutput: {
    hookEventName: 'PreToolUse',
    permissionDecision: 'deny',
    permissionDecisionReason: saying('pypi:numpy-utils'),
  },
};
const bash = (command: string) => ({
  hook_event_name: 'PreToolUse',
  tool_name: 'Bash',
  tool_input: { command },
});
const ofClaude = (root: string) => ({ CLAUDECODE: '1', CLAUDE_PROJECT_DIR: root });

const callers: Readonly<Record<string, Caller>> = {
  'Claude Code': { name: 'claude', event: 'PreToolUse', input: bash, env: ofClaude, denies: claudeDenial },
  'Claude Code, after cd': {
    name: 'claude',
    event: 'PreToolUse',
    input: bash,
    cwd: 'deep/er',
    env: ofClaude,
    denies: claudeDenial,
  },
  'Copilot, by the file of Claude Code': {
    name: 'claude',
    event: 'PreToolUse',
    input: bash,
    env: (root) => ({ COPILOT_CLI: '1', CLAUDE_PROJECT_DIR: root }),
    denies: claudeDenial,
  },
  'Codex, started below the root': {
    name: 'codex',
    event: 'PreToolUse',
    input: (command) => ({ ...bash(command), turn_id: '1', model: 'm' }),
    cwd: 'deep',
    denies: claudeDenial,
  },
  'Gemini CLI': {
    name: 'gemini',
    event: 'BeforeTool',
    input: (command) => ({
      hook_event_name: 'BeforeTool',
      tool_name: 'run_shell_command',
      tool_input: { command },
    }),
    denies: { decision: 'deny', reason: saying('pypi:numpy-utils') },
  },
  Cursor: {
    name: 'cursor',
    event: 'beforeShellExecution',
    input: (command) => ({ hook_event_name: 'beforeShellExecution', conversation_id: '1', command }),
    denies: { permission: 'deny', agent_message: saying('pypi:numpy-utils') },
  },
};

function call(
  scratch: Scratch,
  { name, event, input, cwd = '.', env }: Caller,
  command: string,
): Promise<Finished> {
  const folder = path.join(scratch.root, cwd);
  return run('/bin/sh', ['-c', lineOf(scratch, name, event)], {
    cwd: folder,
    env: { ...scratch.env, ...env?.(scratch.root) },
    stdin: JSON.stringify({ session_id: '1', cwd: folder, ...input(command) }),
  });
}

describe('a hook as init wrote it', () => {
  test.each(Object.entries(callers))('%s', async (_, caller) => {
    const scratch = await project(caller.name);
    const refused = await call(scratch, caller, 'pip install numpy-utils');
    expect([refused.code, refused.stderr]).toEqual([0, '']);
    expect(JSON.parse(refused.stdout)).toMatchObject(caller.denies);
    const clean = await call(scratch, caller, 'pip install flask');
    expect([clean.code, clean.stderr]).toEqual([0, '']);
    expect(clean.stdout).not.toContain('deny');
  });

  test('starts what stands in Yarn’s archives', async ({ skip }) => {
    const yarn = findProgram('yarn');
    if (yarn === null) skip('yarn is not on PATH');
    const scratch = await Scratch.with({
      '.gitignore': '.pnp.*\n.yarn/\n',
      '.check-importsrc': 'lookup: off\n',
      'approved-packages.yaml': whitelistText({ 'pypi:flask': { approved: 'pages', ...byAda } }),
      'package.json': '{ "name": "shop", "private": true }\n',
    });
    open.push(scratch);
    Object.assign(scratch.env, {
      YARN_NPM_REGISTRY_SERVER: inject('registry').replace(/\/$/, ''),
      YARN_NPM_MINIMAL_AGE_GATE: '0',
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_ENABLE_TELEMETRY: '0',
    });
    for (const command of [
      'yarn add --dev vetted-imports',
      'yarn vetted-imports init --agent claude,gemini --yes',
    ]) {
      const { code, stdout, stderr } = await run('sh', ['-c', command], {
        cwd: scratch.root,
        env: scratch.env,
      });
      expect([command, code], stdout + stderr).toEqual([command, 0]);
    }
    expect([scratch.has('.pnp.cjs'), scratch.has('node_modules')]).toEqual([true, false]);
    for (const title of ['Claude Code', 'Gemini CLI']) {
      const caller = callers[title];
      const refused = caller && (await call(scratch, { ...caller, cwd: '.' }, 'pip install numpy-utils'));
      expect([refused?.code, refused?.stderr]).toEqual([0, '']);
      expect(JSON.parse(refused?.stdout ?? '')).toMatchObject(caller?.denies ?? {});
    }
  });

  test('fails where the package is not installed, which Claude Code takes for a refusal', async () => {
    const scratch = await project('claude');
    leave(scratch);
    const caller = callers['Claude Code'];
    const outcome = caller && (await call(scratch, caller, 'pip install flask'));
    expect([outcome?.code, outcome?.stdout]).toEqual([1, '']);
    expect(outcome?.stderr).toContain('node_modules/vetted-imports/bin/check-imports.js');
    expect(scratch.read('.claude/settings.json')).toContain('"onFailure": "block"');
  });
});

describe('the plugin of Claude Code', () => {
  const start = path.join(projectRoot, 'plugins/claude-code/scripts/start.mjs');
  const event = (scratch: Scratch) =>
    JSON.stringify({ session_id: '1', cwd: scratch.root, ...bash('pip install numpy-utils') });

  const plugin = (scratch: Scratch, purpose = 'hook', env: Readonly<Record<string, string>> = {}) =>
    run(process.execPath, [start, purpose], {
      cwd: scratch.root,
      env: { ...scratch.env, ...ofClaude(scratch.root), ...env },
      stdin: event(scratch),
    });

  async function adopted(): Promise<Scratch> {
    const scratch = await project('codex');
    const { code, stderr } = await run('git', ['rm', '--quiet', '-r', '.codex'], {
      cwd: scratch.root,
      env: scratch.env,
    });
    expect([code, stderr]).toEqual([0, '']);
    return scratch;
  }

  const silent = { code: 0, stdout: '', stderr: '' };

  test('asks the tool of the project', async () => {
    const scratch = await adopted();
    const { code, stdout, stderr } = await plugin(scratch);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject(claudeDenial);
    expect(await plugin(scratch, 'session')).toEqual(silent);
  });

  test('asks once, where init has written hooks, too', async () => {
    expect(await plugin(await project('claude'))).toEqual(silent);
  });

  test('is silent in a project whose people do not decide about packages', async () => {
    const scratch = await adopted();
    rmSync(path.join(scratch.root, '.check-importsrc'));
    rmSync(path.join(scratch.root, 'approved-packages.yaml'));
    await scratch.commitAll('no decisions');
    expect(await plugin(scratch)).toEqual(silent);
    leave(scratch);
    expect([await plugin(scratch), await plugin(scratch, 'session')]).toEqual([silent, silent]);
  });

  test('says that nothing is asked where the tool is not installed', async () => {
    const scratch = await adopted();
    leave(scratch);
    expect(await plugin(scratch)).toEqual(silent);
    const { stdout } = await plugin(scratch, 'session');
    expect(JSON.parse(stdout)).toMatchObject({
      systemMessage: saying('checks nothing in this session: it is neither in node_modules'),
      hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: saying('Tell the user') },
    });
    const server = await plugin(scratch, 'mcp');
    expect([server.code, server.stdout, server.stderr]).toEqual([
      1,
      '',
      expect.stringContaining('neither in node_modules of this project nor on PATH'),
    ]);
  });

  test('asks what is on PATH, outside of the project', async () => {
    const scratch = await adopted();
    const outside = path.join(scratch.home, 'outside');
    mkdirSync(outside);
    installIn(scratch, '../home/outside');
    leave(scratch);
    const inside = path.join(scratch.root, 'bin');
    scratch.write({ 'bin/vetted-imports': '#!/bin/sh\necho {}\n' });
    const list = (...folders: string[]) => ({ PATH: [...folders, scratch.env['PATH']].join(path.delimiter) });
    await run('chmod', ['+x', 'bin/vetted-imports'], { cwd: scratch.root, env: scratch.env });
    expect(await plugin(scratch, 'hook', list(inside))).toEqual(silent);
    const { stdout } = await plugin(scratch, 'hook', list(inside, path.join(outside, 'node_modules/.bin')));
    expect(JSON.parse(stdout)).toMatchObject(claudeDenial);
    leave(scratch, '../home/outside');
  });

  test.each(['node_modules/vetted-imports/bin/check-imports.js', 'node_modules/other/index.js'])(
    'starts nothing where git tracks %s',
    async (file) => {
      const scratch = await adopted();
      leave(scratch);
      const program = 'node_modules/vetted-imports/bin/check-imports.js';
      scratch.write({ [program]: 'console.log("ran")', [file]: 'console.log("ran")' });
      await scratch.git('add', '--force', file);
      expect(await plugin(scratch)).toEqual(silent);
      expect((await plugin(scratch, 'session')).stdout).toContain('what git tracks is not run');
      // Staged or committed, it is the same.
      await scratch.commitAll('a program');
      await scratch.git('rm', '--quiet', '--cached', file);
      expect(await plugin(scratch)).toEqual(silent);
      rmSync(path.join(scratch.root, 'node_modules'), { recursive: true });
    },
  );

  test('starts nothing outside of a repository', async () => {
    const scratch = await adopted();
    rmSync(path.join(scratch.root, '.git'), { recursive: true });
    expect([await plugin(scratch), await plugin(scratch, 'session')]).toEqual([silent, silent]);
  });
});
