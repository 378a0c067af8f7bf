import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { projectRoot, type Scratch } from '../kit/scratch.ts';
import { startServer } from '../kit/server.ts';
import { shop } from '../kit/shop.ts';

/*
 * Events as agents sent them, with other texts in them, and what each agent does with the answer. Both were recorded
 * with the agents themselves (test/agents/recorded; test/agents runs them again). The shop approves flask, numpy and
 * lodash, denies npm:request, and has heard of no pandas_toolbelt.
 */

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const folder = path.join(projectRoot, 'test/agents/recorded');
const agents = readdirSync(folder);

/** The text that stands for a reason in the recorded answers. */
const REASON = 'REASON-OF-THE-HOOK';

type Values = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonOf(text: string): Values {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error(`no object: ${text}`);
  return value;
}

/** What an agent was seen to do with an answer of some form: a part of `answers.json`. */
function seen(agent: string, ...keys: readonly string[]): Values {
  let value: unknown = jsonOf(readFileSync(path.join(folder, agent, 'answers.json'), 'utf8'));
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  if (!isObject(value)) throw new Error(`nothing was recorded of ${agent}: ${keys.join(', ')}`);
  return value;
}

/** What the recorded answers call the form of one. */
function formOf(answer: Values): string {
  const specific = answer['hookSpecificOutput'];
  if (typeof answer['additionalContext'] === 'string') return 'additionalContext';
  if (isObject(specific))
    return 'additionalContext' in specific
      ? 'hookSpecificOutput additionalContext'
      : `hookSpecificOutput ${String(specific['permissionDecision'])}`;
  return typeof answer['context'] === 'string' ? 'context' : `decision ${String(answer['decision'])}`;
}

/** The text that the model reads. */
function textOf(answer: Values): string {
  const specific = isObject(answer['hookSpecificOutput']) ? answer['hookSpecificOutput'] : {};
  const texts = [
    answer['reason'],
    answer['context'],
    answer['additionalContext'],
    specific['permissionDecisionReason'],
    specific['additionalContext'],
  ];
  return texts.find((text) => typeof text === 'string') ?? '';
}

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await shop({
    'old.py': 'import os\n',
    'moved.py': 'import os\n',
    'gone.py': '',
    'book.ipynb': notebook('import os\n'),
    ...files,
  });
  closing.push(() => {
    scratch.dispose();
  });
  return scratch;
}

function notebook(source: string): string {
  const cell = { cell_type: 'code', id: 'a', metadata: {}, outputs: [], execution_count: null, source };
  return JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

/** A recorded event in a project, with other texts in the place of those that were recorded. */
function eventIn(scratch: Scratch, file: string, texts: Readonly<Record<string, string>> = {}): string {
  let text = readFileSync(path.join(folder, `${file}.json`), 'utf8').replaceAll('/project', scratch.root);
  for (const [recorded, replacement] of Object.entries(texts))
    text = text.replaceAll(recorded, JSON.stringify(replacement).slice(1, -1));
  return text;
}

/** @returns The answer; null for silence. Whatever happens, the exit code is 0. */
async function answer(scratch: Scratch, agent: string, event: string, ...flags: readonly string[]) {
  const words = ['agent-hook', '--agent', agent, ...flags];
  const { code, stdout, stderr } = await scratch.checkWith({ stdin: event }, ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout === '' ? null : jsonOf(stdout);
}

/** Recorded edits, by what they write; each agent has some of them. */
const edits: readonly { readonly name: string; readonly recorded: string; readonly after: string }[] = [
  { name: 'write', recorded: 'import json', after: 'new.py' },
  { name: 'edit', recorded: 'import sys', after: 'old.py' },
  { name: 'patch', recorded: 'import re', after: 'third.py' },
  { name: 'notebook', recorded: 'import sys', after: 'book.ipynb' },
  { name: 'camel-before-write', recorded: 'import json', after: 'new.py' },
  { name: 'camel-before-edit', recorded: 'import sys', after: 'old.py' },
  { name: 'camel-before-patch', recorded: 'import re', after: 'third.py' },
];

function fileOf(name: string, moment: 'before' | 'after'): string {
  return name.startsWith('camel-') ? name.replace('before', moment) : `${moment}-${name}`;
}

const cases = agents.flatMap((agent) =>
  edits
    .filter(({ name }) => readdirSync(path.join(folder, agent)).includes(`${fileOf(name, 'before')}.json`))
    .map((edit) => ({ agent, ...edit })),
);

test('every agent has recorded writes, edits, commands and ends', () => {
  expect(agents).toEqual(['claude', 'codex', 'copilot', 'gemini', 'opencode']);
  expect(cases.length).toBeGreaterThan(12);
});

describe.each(cases)('$agent: $name', ({ agent, name, recorded, after }) => {
  const before = `${agent}/${fileOf(name, 'before')}`;

  test('of an approved package: silent, before and after', async () => {
    const scratch = await project();
    const texts = { [recorded]: 'import flask' };
    expect(await answer(scratch, agent, eventIn(scratch, before, texts))).toBeNull();
    scratch.write({ [after]: after.endsWith('.ipynb') ? notebook('import flask\n') : 'import flask\n' });
    const done = eventIn(scratch, `${agent}/${fileOf(name, 'after')}`, texts);
    expect(await answer(scratch, agent, done)).toBeNull();
  });

  test('of a package that nobody approved: written, and told afterwards', async () => {
    const scratch = await project();
    const texts = { [recorded]: 'import pandas_toolbelt' };
    expect(await answer(scratch, agent, eventIn(scratch, before, texts))).toBeNull();
    const text = 'import pandas_toolbelt\n';
    scratch.write({ [after]: after.endsWith('.ipynb') ? notebook(text) : text });
    const advice = await answer(scratch, agent, eventIn(scratch, `${agent}/${fileOf(name, 'after')}`, texts));
    expect(textOf(advice ?? {})).toMatch(/pypi:pandas-toolbelt \(.+:1\): nobody approved/);
    if (agent !== 'opencode') expect(seen(agent, 'after', formOf(advice ?? {}))['read']).toContain(REASON);
  });

  test('of a denied package: refused before it is written', async () => {
    const denied = '  pypi:leftpad: { denied: gone, by: Ada L <ada@example.org>, date: 2026-01-01 }\n';
    const scratch = await project();
    scratch.write({ 'approved-packages.yaml': `${scratch.read('approved-packages.yaml')}${denied}` });
    await scratch.commitAll('deny');
    const refusal = await answer(scratch, agent, eventIn(scratch, before, { [recorded]: 'import leftpad' }));
    expect(textOf(refusal ?? {})).toContain('pypi:leftpad is denied');
    expect(seen(agent, 'before', formOf(refusal ?? {}), 'write')['happened']).toBe(false);
  });

  test('with --mode deny: refused before it is written, and the approved one passes', async () => {
    const scratch = await project();
    const event = eventIn(scratch, before, { [recorded]: 'import pandas_toolbelt' });
    const refusal = await answer(scratch, agent, event, '--mode', 'deny');
    expect(seen(agent, 'before', formOf(refusal ?? {}), 'write')).toMatchObject({ happened: false });
    const innocent = eventIn(scratch, before, { [recorded]: 'import numpy' });
    expect(await answer(scratch, agent, innocent, '--mode', 'deny')).toBeNull();
  });
});

describe.each(agents)('%s: a command', (agent) => {
  const command = (scratch: Scratch, text: string) =>
    eventIn(scratch, `${agent}/before-command`, { 'echo hello': text });

  test.each([
    'echo hello',
    'pip install numpy',
    'npm install lodash',
    'python -m pytest -x && git commit -m "add tests"',
  ])('%s: silent', async (text) => {
    const scratch = await project();
    expect(await answer(scratch, agent, command(scratch, text))).toBeNull();
  });

  test.each([
    ['pip install pandas_toolbelt', 'pypi:pandas-toolbelt'],
    ['cd web && npm i lodahs --save-dev', 'npm:lodahs'],
    ['bash -c "uvx pandas-toolbelt"', 'pypi:pandas-toolbelt'],
    ['npm install request', 'npm:request is denied'],
  ])('%s: it does not run, and the model reads why', async (text, reason) => {
    const scratch = await project();
    const refusal = await answer(scratch, agent, command(scratch, text));
    expect(textOf(refusal ?? {})).toContain(reason);
    const effect = seen(agent, 'before', formOf(refusal ?? {}), 'command');
    expect(effect['happened']).toBe(false);
    expect(effect['read']).toContain(REASON);
    // At most ten lines.
    expect(textOf(refusal ?? {}).split('\n').length).toBeLessThanOrEqual(10);
  });

  test('with --mode advise: it runs', async () => {
    const scratch = await project();
    const event = command(scratch, 'pip install pandas_toolbelt');
    const advice = await answer(scratch, agent, event, '--mode', 'advise');
    if (advice !== null && agent !== 'opencode')
      expect(seen(agent, 'before', formOf(advice), 'command')['happened']).toBe(true);
  });

  test('an event that is cut off: refused, and passed on with --on-fault pass', async () => {
    const scratch = await project();
    const event = command(scratch, 'pip install pandas_toolbelt').slice(0, -20);
    const refusal = await answer(scratch, agent, event);
    expect(textOf(refusal ?? {})).toContain('The event on standard input is not an object of JSON.');
    expect(seen(agent, 'before', formOf(refusal ?? {}), 'command')['happened']).toBe(false);
    const passed = await answer(scratch, agent, event, '--on-fault', 'pass');
    if (passed !== null && agent !== 'opencode')
      expect(seen(agent, 'before', formOf(passed), 'command')['happened']).toBe(true);
  });

  test('an event of nine megabytes: refused', async () => {
    const scratch = await project();
    const refusal = await answer(scratch, agent, command(scratch, `echo ${'x'.repeat(9 * 1024 * 1024)}`));
    expect(textOf(refusal ?? {})).toContain('larger than 8 MB');
  });

  test('while the registry is silent: refused within five seconds', async () => {
    const server = await startServer(() => new Promise(() => undefined));
    closing.push(() => server.close());
    const scratch = await project({ '.check-importsrc': 'youngDays: 90\n' });
    const env = { PIP_INDEX_URL: `${server.url}/simple` };
    const started = performance.now();
    const { stdout } = await scratch.checkWith(
      { env, stdin: command(scratch, 'pip install pandas_toolbelt') },
      'agent-hook',
      '--agent',
      agent,
    );
    expect(performance.now() - started).toBeLessThan(5000);
    expect(textOf(jsonOf(stdout))).toContain('pypi:pandas-toolbelt');
  });
});

describe.each(agents)('%s: the end of a turn', (agent) => {
  test('with nothing to say: silent', async () => {
    const scratch = await project();
    scratch.write({ 'new.py': 'import numpy\n' });
    expect(await answer(scratch, agent, eventIn(scratch, `${agent}/end`))).toBeNull();
  });

  test('with an import that nobody approved, whatever wrote it: held once', async () => {
    const scratch = await project();
    scratch.write({ 'new.py': 'import pandas_toolbelt\n' });
    const hold = await answer(scratch, agent, eventIn(scratch, `${agent}/end`));
    expect(textOf(hold ?? {})).toContain('pypi:pandas-toolbelt (new.py:1)');
    if (agent === 'opencode') return;
    expect(seen(agent, 'end', formOf(hold ?? {}))).toMatchObject({ goesOn: 1 });
    expect(await answer(scratch, agent, eventIn(scratch, `${agent}/end-again`))).toBeNull();
  });
});
