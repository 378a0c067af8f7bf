import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { VettedImports } from '../../src/opencode.ts';
import { Scratch } from '../kit/scratch.ts';

/*
 * What opencode’s plugin asks, and what it does with an answer: that of a program which is found under the name of node,
 * then that of the command. The assistant itself is run by test/agents.
 */

const scratch = new Scratch();
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => {
  scratch.dispose();
});

/** Has a shell script start in place of node; what it is started with and what it reads lie in files. */
function answerBy(script: string): void {
  scratch.write({ 'bin/node': `#!/bin/sh\necho "$@" > words\ncat > asked\n${script}\n` });
  chmodSync(path.join(scratch.root, 'bin/node'), 0o755);
  vi.stubEnv('PATH', `${path.join(scratch.root, 'bin')}${path.delimiter}/usr/bin${path.delimiter}/bin`);
}

interface Call {
  readonly tool: string;
  readonly args: unknown;
  readonly options?: object;
  readonly directory?: string;
  /** What the tool does, if it is not refused. */
  readonly act?: () => void;
}

/** Calls the plugin before and after a tool. @returns What the model reads. */
async function call({ tool, args, options, directory = scratch.root, act }: Call): Promise<string> {
  const hooks = await VettedImports({ directory }, options);
  try {
    await hooks['tool.execute.before']({ tool }, { args });
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : ''}`;
  }
  act?.();
  const output = { output: 'Done.' };
  await hooks['tool.execute.after']({ tool, args }, output);
  return output.output;
}

const silent = 'exit 0';
const deny = `printf '{"decision":"deny","reason":"pypi:numpy-utils is denied."}'`;
const context = `printf '{"context":"Nobody approved pypi:numpy-utils."}'`;
const fails = 'echo broken >&2; exit 1';
const garbage = 'echo hello';

describe('what the model reads of', () => {
  test.each<[string, script: string, tool: string, read: string]>([
    ['a clean edit', silent, 'write', 'Done.'],
    ['a clean command', silent, 'bash', 'Done.'],
    ['a refused edit', deny, 'edit', 'refused: pypi:numpy-utils is denied.'],
    ['a refused patch', deny, 'apply_patch', 'refused: pypi:numpy-utils is denied.'],
    ['a refused command', deny, 'bash', 'refused: pypi:numpy-utils is denied.'],
    ['a tool that neither writes nor runs', deny, 'read', 'Done.'],
    ['a remark on an edit', context, 'write', 'Done.\n\nNobody approved pypi:numpy-utils.'],
    ['a remark on a command, which opencode has no place for', context, 'bash', 'Done.'],
    [
      'an edit that could not be judged',
      fails,
      'write',
      'Done.\n\nvetted-imports could not judge this edit: it ended with exit code 1: broken',
    ],
    [
      'a command that could not be judged',
      fails,
      'bash',
      'refused: vetted-imports could not judge this command, so it did not run: it ended with exit code 1: broken',
    ],
    [
      'a command with an answer that is none',
      garbage,
      'bash',
      'refused: vetted-imports could not judge this command, so it did not run: its answer was not understood ("hello\\n").',
    ],
  ])('%s', async (_name, script, tool, read) => {
    answerBy(script);
    expect(await call({ tool, args: {} })).toBe(read);
  });

  test('a command without a node to judge it', async () => {
    vi.stubEnv('PATH', path.join(scratch.root, 'nowhere'));
    expect(await call({ tool: 'bash', args: {} })).toMatch(
      /^refused: vetted-imports could not judge this command, so it did not run: node did not start \(.*ENOENT.*\)\.$/,
    );
    expect(await call({ tool: 'write', args: {} })).toMatch(
      /^Done\.\n\nvetted-imports could not judge this edit: node did not/,
    );
  });
});

describe('opencode.json', () => {
  test('says how strict the command is', async () => {
    answerBy(silent);
    await call({ tool: 'write', args: {}, options: { mode: 'deny', onFault: 'pass' } });
    expect(scratch.read('words')).toMatch(
      /bin\/check-imports\.js agent-hook --agent opencode --mode deny --on-fault pass\n$/,
    );
  });

  test.each([
    [{ onFault: 'pass' }, 'Done.'],
    [{ onFault: 'deny' }, 'refused: vetted-imports could not judge this command'],
  ])('with %j decides about a command that cannot be judged', async (options, read) => {
    answerBy(fails);
    expect(await call({ tool: 'bash', args: {}, options })).toContain(read);
  });
});

test('the command is asked about the call, in the folder of the session', async () => {
  answerBy(silent);
  const hooks = await VettedImports({ directory: scratch.root });
  const args = { filePath: '/project/new.py', content: 'import json\n' };
  await hooks['tool.execute.before']({ tool: 'write' }, { args });
  const asked: unknown = JSON.parse(scratch.read('asked'));
  expect(asked).toEqual({ agent: 'opencode', event: 'before', cwd: scratch.root, tool: 'write', args });
});

test('a message that cannot be shown ends nothing', async () => {
  const showToast = () => Promise.reject(new Error('no terminal'));
  const hooks = await VettedImports({ directory: scratch.root, client: { tui: { showToast } } });
  answerBy(context);
  await expect(hooks.event({ event: { type: 'session.idle' } })).resolves.toBeUndefined();
});

test('what is said at the end of a turn is shown to the person', async () => {
  const shown: unknown[] = [];
  const showToast = (message: unknown) => Promise.resolve(shown.push(message));
  const hooks = await VettedImports({ directory: scratch.root, client: { tui: { showToast } } });
  answerBy(context);
  await hooks.event({ event: { type: 'session.idle' } });
  expect(shown).toEqual([{ body: { message: 'Nobody approved pypi:numpy-utils.', variant: 'warning' } }]);

  await hooks.event({ event: { type: 'session.updated' } });
  answerBy(silent);
  await hooks.event({ event: { type: 'session.idle' } });
  expect(shown).toHaveLength(1);
});

describe('the command says of', () => {
  const project = Scratch.with({
    '.check-importsrc.yaml': 'lookup: off\n',
    'approved-packages.yaml': [
      'covers: [npm, pypi, commands]',
      'packages:',
      '  pypi:lefthook-utils: { denied: was never ours, by: Ada L <ada@example.org>, date: 2026-11-23 }',
      '  pypi:requests: { approved: HTTP, by: Ada L <ada@example.org>, date: 2026-11-23 }',
      '',
    ].join('\n'),
    'app.py': 'import os\n',
  });
  afterAll(async () => {
    (await project).dispose();
  });

  test.each<[string, text: string, read: RegExp]>([
    ['an approved import', 'import requests\n', /^Done\.$/],
    ['an unapproved import', 'import numpy_utils\n', /^Done\.\n\n.*pypi:numpy-utils/s],
    ['a denied import', 'import lefthook_utils\n', /^refused: .*pypi:lefthook-utils/s],
  ])('%s that is written', async (_name, content, read) => {
    const { root } = await project;
    const filePath = path.join(root, 'new.py');
    const act = () => {
      writeFileSync(filePath, content);
    };
    expect(await call({ tool: 'write', args: { filePath, content }, directory: root, act })).toMatch(read);
    rmSync(filePath, { force: true });
  });

  test.each<[string, tool: string, args: object, read: RegExp]>([
    ['an approved install', 'bash', { command: 'pip install requests' }, /^Done\.$/],
    ['an unapproved one', 'bash', { command: 'pip install numpy-utils' }, /^refused: .*pypi:numpy-utils/s],
    ['a denied import in a patch', 'apply_patch', patch('import lefthook_utils'), /^refused: .*lefthook/s],
    ['an approved one', 'apply_patch', patch('import requests'), /^Done\.$/],
  ])('%s', async (_name, tool, args, read) => {
    const { root } = await project;
    expect(await call({ tool, args, directory: root })).toMatch(read);
  });
});

function patch(line: string): object {
  return { patchText: `*** Begin Patch\n*** Add File: other.py\n+${line}\n*** End Patch\n` };
}
