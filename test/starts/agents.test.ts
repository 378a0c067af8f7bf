import { describe, expect, test } from 'vitest';
import { agentNames, type AgentName } from '../../src/agents/settings/agent.ts';
import { agents } from '../../src/agents/settings/index.ts';
import { withOwnEntries, withoutOwnEntries } from '../../src/agents/settings/settings-text.ts';
import { loosenedStarts, oncePerFile } from '../../src/starts/compare.ts';
import { placeOf } from '../../src/starts/places.ts';
import { startsIn } from '../../src/starts/read.ts';

/* What `init --agent` writes starts this tool: whoever takes it out, or lets it do less, loosens the policy. */

async function written(name: AgentName, text: string | null = null): Promise<string> {
  const edited = await withOwnEntries(agents[name], text, { kind: 'package', folder: '' });
  if (edited.kind === 'refused' || edited.text === null) throw new Error('nothing is written');
  return edited.text;
}

async function startsOf(file: string, text: string | null) {
  const place = placeOf(file);
  if (place === undefined) throw new Error(`${file} is no place`);
  return [{ file, starts: text === null ? [] : await startsIn(text, place) }];
}

/** @returns What a change of an assistant's file loosens, without the beginning that names the file. */
async function loosened(name: AgentName, before: string, after: string | null): Promise<string[]> {
  const [file] = agents[name].files;
  const changes = loosenedStarts(await startsOf(file, before), await startsOf(file, after));
  return oncePerFile(changes).map(({ what }) => what);
}

const starts: Readonly<Record<AgentName, number>> = {
  claude: 4,
  codex: 6,
  gemini: 3,
  copilot: 3,
  opencode: 1,
  cursor: 4,
};

describe.each(agentNames)('%s', (name) => {
  const [file] = agents[name].files;

  test('each entry is a start', async () => {
    const [{ starts: list } = { starts: [] }] = await startsOf(file, await written(name));
    expect(list).toHaveLength(starts[name]);
  });

  test('the file goes, or what is written in it', async () => {
    const text = await written(name);
    expect((await loosened(name, text, null)).length).toBeGreaterThan(0);
    const theirs = await written(name, `// x\n{ "version": 1, "a": 1 }\n`);
    const removed = await withoutOwnEntries(agents[name], theirs);
    if (removed.kind === 'refused') throw new Error(removed.message);
    for (const what of await loosened(name, theirs, removed.text)) expect(what).toContain('no longer starts');
    expect((await loosened(name, theirs, removed.text)).length).toBeGreaterThan(0);
  });

  test('silent: it comes, it stands in another style, others stand beside it', async () => {
    const text = await written(name);
    const settings: unknown = JSON.parse(text);
    expect(await loosened(name, '{}', text)).toEqual([]);
    expect(await loosened(name, text, JSON.stringify(settings))).toEqual([]);
    const theirs =
      name === 'opencode'
        ? '{ "version": 1, "plugin": ["other-plugin"], "model": "x" }'
        : '{ "version": 1, "hooks": { "Stop": [{ "matcher": "x", "hooks": [{ "type": "command", "command": "say done", "timeout": 1 }] }] }, "model": "x" }';
    expect(await loosened(name, text, await written(name, theirs))).toEqual([]);
    expect(await loosened(name, await written(name, theirs), text)).toEqual([]);
    expect(await loosened(name, text, `// ours\n${text}`)).toEqual([]);
  });
});

const decides = (key: string) => `changed ${key}, which decides how vetted-imports is started`;
const gone = (command: string): unknown =>
  expect.stringContaining(`no longer starts vetted-imports as before: ${command}`);

describe('loosened', () => {
  test.each<[string, AgentName, (text: string) => string, readonly unknown[]]>([
    [
      'it may fail',
      'claude',
      (text) => text.replaceAll(/,\s*"onFailure": "block"/g, ''),
      [decides('onFailure')],
    ],
    [
      'it may fail, in words',
      'claude',
      (text) => text.replace('"block"', '"continue"'),
      [decides('onFailure')],
    ],
    [
      'it may fail',
      'cursor',
      (text) => text.replace('"failClosed": true', '"failClosed": false'),
      [decides('failClosed')],
    ],
    ['fewer tools', 'claude', (text) => text.replace('Bash|PowerShell|', ''), [decides('matcher')]],
    ['another event', 'claude', (text) => text.replace('"PreToolUse"', '"SessionEnd"'), [decides('place')]],
    ['another event', 'copilot', (text) => text.replace('"PreToolUse"', '"SessionEnd"'), [decides('place')]],
    [
      'under a key that says nothing',
      'gemini',
      (text) => text.replace('"hooks"', '"noHooks"'),
      [decides('place')],
    ],
    [
      'under a key that says nothing',
      'opencode',
      (text) => text.replace('plugin', 'noPlugin'),
      [decides('place')],
    ],
    ['no time', 'codex', (text) => text.replace('"timeout": 10', '"timeout": 0.001'), [decides('timeout')]],
    [
      'in the background',
      'claude',
      (text) => text.replace('"timeout": 10', '"timeout": 10, "async": true'),
      [decides('async')],
    ],
    [
      'for some commands',
      'claude',
      (text) => text.replace('"timeout": 10', '"timeout": 10, "if": "Bash(pip *)"'),
      [decides('if')],
    ],
    [
      'off',
      'claude',
      (text) => text.replace('{', '{ "disableAllHooks": true,'),
      [decides('disableAllHooks')],
    ],
    [
      'off',
      'gemini',
      (text) => text.replace('{', '{ "hooksConfig": { "enabled": false },'),
      [decides('hooksConfig')],
    ],
    [
      'it only remarks',
      'gemini',
      (text) => text.replace('gemini"', 'gemini --mode advise"'),
      [gone('node node_modules/')],
    ],
    [
      'another program',
      'codex',
      (text) => text.replaceAll('/bin/', '/lib/'),
      [gone('node "$(git'), gone('node node_modules/')],
    ],
    [
      'its failure is none',
      'cursor',
      (text) => text.replace('cursor"', 'cursor || true"'),
      [gone('node node_modules/')],
    ],
    [
      'another plugin',
      'opencode',
      (text) => text.replace('vetted-imports', 'other'),
      [gone('./node_modules/vetted-imports')],
    ],
  ])('%s: %s', async (_, name, edit, expected) => {
    const text = await written(name);
    expect(edit(text)).not.toBe(text);
    expect(await loosened(name, text, edit(text))).toEqual(expected);
  });

  test('words that no shell reads', async () => {
    const hook = (command: string, ...args: string[]) =>
      JSON.stringify({
        hooks: { Stop: [{ hooks: [{ command, args: ['bin/check-imports.js', ...args] }] }] },
      });
    const old = hook('node', 'agent-hook');
    expect(await loosened('claude', old, hook('true', 'agent-hook'))).toEqual([decides('command')]);
    expect(await loosened('claude', old, hook('node', 'agent-hook', '--mode', 'advise'))).toEqual([
      decides('args'),
    ]);
    expect(await loosened('claude', old, old)).toEqual([]);
  });

  test('silent: a failure counts from now on', async () => {
    const text = await written('claude');
    expect(await loosened('claude', text.replaceAll(/,\s*"onFailure": "block"/g, ''), text)).toEqual([]);
    const closed = await written('cursor');
    expect(
      await loosened('cursor', closed.replaceAll('"failClosed": true', '"failClosed": false'), closed),
    ).toEqual([]);
  });
});
