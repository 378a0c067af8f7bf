import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentNames, type AgentName } from '../../src/agents/settings/agent.ts';
import { agents } from '../../src/agents/settings/index.ts';
import { settingsState, withOwnEntries, withoutOwnEntries } from '../../src/agents/settings/settings-text.ts';
import type { ToolStart } from '../../src/agents/settings/tool-start.ts';
import { readJson } from '../../src/documents/jsonc.ts';

/* What `init --agent` makes of the files that assistants read. */

const start: ToolStart = { kind: 'package', folder: '' };

async function put(name: AgentName, text: string | null, from: ToolStart = start): Promise<string> {
  const edited = await withOwnEntries(agents[name], text, from);
  if (edited.kind === 'refused') throw new Error(edited.message);
  return edited.text ?? '';
}

async function take(name: AgentName, text: string): Promise<string | null> {
  const edited = await withoutOwnEntries(agents[name], text);
  if (edited.kind === 'refused') throw new Error(edited.message);
  return edited.text;
}

async function state(name: AgentName, text: string | null, from: ToolStart = start): Promise<string> {
  const answer = await settingsState(agents[name], text, from);
  return answer.kind === 'refused' ? answer.message : answer.state;
}

const program = 'node_modules/vetted-imports/bin/check-imports.js';
const claudeHook = {
  type: 'command',
  command: `node "\${CLAUDE_PROJECT_DIR}/${program}" agent-hook --agent claude`,
  timeout: 10,
};
const codexHook = {
  type: 'command',
  command: `node "$(git rev-parse --show-toplevel)/${program}" agent-hook --agent codex`,
  command_windows: `node ${program} agent-hook --agent codex`,
  timeout: 10,
};
const geminiHook = {
  type: 'command',
  name: 'check-imports',
  command: `node ${program} agent-hook --agent gemini`,
  timeout: 10_000,
};
const copilotHook = (matcher?: string) => ({
  type: 'command',
  ...(matcher === undefined ? {} : { matcher }),
  command: `node ${program} agent-hook --agent copilot`,
  timeoutSec: 10,
});
const cursorHook = (more: object) => ({
  command: `node ${program} agent-hook --agent cursor`,
  timeout: 10,
  ...more,
});
const edits = 'Write|Edit|MultiEdit|NotebookEdit';

/** What stands in a file that this tool alone writes. */
const whole: Readonly<Record<AgentName, object>> = {
  claude: {
    hooks: {
      PreToolUse: [{ matcher: `Bash|PowerShell|${edits}`, hooks: [{ ...claudeHook, onFailure: 'block' }] }],
      PostToolUse: [{ matcher: edits, hooks: [claudeHook] }],
      Stop: [{ hooks: [claudeHook] }],
      SubagentStop: [{ hooks: [claudeHook] }],
    },
  },
  codex: {
    hooks: {
      PreToolUse: [{ matcher: 'Bash|apply_patch', hooks: [codexHook] }],
      PostToolUse: [{ matcher: 'apply_patch', hooks: [codexHook] }],
      Stop: [{ hooks: [codexHook] }],
    },
  },
  gemini: {
    hooks: {
      BeforeTool: [{ matcher: 'write_file|replace|run_shell_command', hooks: [geminiHook] }],
      AfterTool: [{ matcher: 'write_file|replace', hooks: [geminiHook] }],
      AfterAgent: [{ hooks: [geminiHook] }],
    },
  },
  copilot: {
    version: 1,
    hooks: {
      PreToolUse: [copilotHook(`Bash|PowerShell|${edits}`)],
      PostToolUse: [copilotHook(edits)],
      Stop: [copilotHook()],
    },
  },
  opencode: { plugin: ['./node_modules/vetted-imports/dist/opencode.js'] },
  cursor: {
    version: 1,
    hooks: {
      preToolUse: [cursorHook({ matcher: 'Write', failClosed: true })],
      beforeShellExecution: [cursorHook({ failClosed: true })],
      postToolUse: [cursorHook({ matcher: 'Write' })],
      stop: [cursorHook({})],
    },
  },
};

describe.each(agentNames)('%s', (name) => {
  const isList = name === 'opencode';
  const frame = name === 'copilot' || name === 'cursor' ? '"version": 1' : '';
  const others = isList
    ? '"plugin": ["their-plugin"]'
    : '"hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }], "theirs": [] }';
  const members = (more: string) => [frame, more].filter((text) => text !== '').join(', ');

  test('a file of its own', async () => {
    const text = await put(name, null);
    expect(JSON.parse(text)).toEqual(whole[name]);
    expect(text.endsWith('}\n')).toBe(true);
    expect(await state(name, null)).toBe('absent');
    expect(await state(name, text)).toBe('current');
    expect(await put(name, text)).toBe(text);
    expect(await take(name, text)).toBeNull();
  });

  /** Each text stays byte for byte around what is added, and comes back. */
  test.each([
    ['an empty file', ''],
    ['blanks', ' \n\n'],
    ['a byte-order mark alone', '\uFEFF'],
    ['an empty map', `{${frame}}`],
    ['an empty map and a line break', `{${frame}}\n`],
    ['an empty map with blanks', `{ ${frame} }\n`],
    ['an empty map on two lines', `{\n${frame}\n}\n`],
    ['settings', `{\n  ${members('"model": "x"')}\n}\n`],
    ['tabs, and no line break at the end', `{\n\t${members('"model": "x"')}\n}`],
    ['Windows line ends', `{\r\n    ${members('"model": "x"')}\r\n}\r\n`],
    ['a byte-order mark', `\uFEFF{\n  ${members('"model": "x"')}\n}\n`],
    ['one line', `{ ${members('"model": "x"')} }`],
    ['no blanks', `{${members('"model":"x"').replaceAll(' ', '')}}`],
    ['hooks of others', `{\n  ${members(others)}\n}\n`],
    ['hooks of others on one line', `{ ${members(others)} }`],
    ['an empty map of hooks', `{\n  ${members(isList ? '"plugin": []' : '"hooks": {}')}\n}\n`],
    ['an empty list of hooks', `{\n  ${members(isList ? '"plugin": [ ]' : '"hooks": { "Stop": [] }')}\n}\n`],
    ['comments', `// ours\n{\n  ${members('"model": "x"')} // the best\n  /* end */\n}\n// end\n`],
    ['a comma at the end', `{\n  ${members('"model": "x"')},\n}\n`],
    ['a comma at the end, and hooks', `{\n  ${members(others)},\n}\n`],
  ])('%s', async (_, before) => {
    expect(await state(name, before)).toBe('absent');
    const after = await put(name, before);
    expect(await state(name, after)).toBe('current');
    expect(await put(name, after)).toBe(after);
    if (before.trim() !== '') expect(withoutAdded(before, after)).toBe(true);
    expect(after.includes('\r\n')).toBe(before.includes('\r\n'));
    expect(/(?<!\r)\n/.test(after)).toBe(
      /(?<!\r)\n/.test(before) || (after.includes('\n') && !after.includes('\r')),
    );
    expect(await take(name, after)).toBe(before);
  });

  test('what others add to it later stays', async () => {
    const after = await put(name, null);
    const text = JSON.stringify(Object.assign(JSON.parse(after), { model: 'x' }), null, 4);
    expect(await state(name, text)).toBe('current');
    expect(readJson((await take(name, text)) ?? '')).toEqual(
      frame === '' ? { model: 'x' } : { version: 1, model: 'x' },
    );
  });

  const refusals: readonly (readonly [string, string, string])[] = [
    ['no JSON', '{ "a": ', 'is not JSON: '],
    ['a list', '[]', 'holds a list, and not a map'],
    ['a text', '"x"', 'holds a text, and not a map'],
  ];
  const ofLists: typeof refusals = [
    ['no list of plugins', '{ "plugin": {} }', 'has a map under “plugin”, where opencode has a list'],
    ['two lists', '{ "plugin": [], "plugin": [] }', 'has the key “plugin” twice'],
  ];
  const inHooks = (hooks: string) => `{ ${members(`"hooks": ${hooks}`)} }`;
  const ofMaps: typeof refusals = [
    ['no map of hooks', inHooks('[]'), 'has a list under “hooks”, where '],
    ['two maps of hooks', inHooks('{}, "hooks": {}'), 'has the key “hooks” twice'],
    ['no list of an event', inHooks('{ "Stop": {} }'), 'has a map under “Stop”, where '],
    ['an event twice', inHooks('{ "Stop": [], "Stop": [] }'), 'has the key “Stop” twice'],
  ];
  const ofFrames: typeof refusals = [['no version', '{}', 'does not say "version": 1, so ']];

  test.each([...refusals, ...(isList ? ofLists : ofMaps), ...(frame === '' ? [] : ofFrames)])(
    'refuses %s',
    async (_, text, message) => {
      const outcomes = [
        await withOwnEntries(agents[name], text, start),
        await withoutOwnEntries(agents[name], text),
      ];
      const messages = outcomes.map((edited) => (edited.kind === 'refused' ? edited.message : ''));
      expect(messages).toEqual([expect.stringContaining(message), messages[0]]);
      expect(outcomes.every((edited) => edited.kind === 'refused' && edited.next !== '')).toBe(true);
      expect(await state(name, text)).toContain(message);
    },
  );
});

/** Is the second text the first one with something in between? */
function withoutAdded(before: string, after: string): boolean {
  let at = 0;
  for (const character of after) if (character === before.charAt(at)) at += 1;
  return at === before.length;
}

/** The command word by word. */
function withArguments(text: string): string {
  const args = [`\${CLAUDE_PROJECT_DIR}/${program}`, 'agent-hook', '--agent', 'claude'];
  return text.replaceAll(/"command": ".*"/g, `"command": "node", "args": ${JSON.stringify(args)}`);
}

describe('older entries', () => {
  test.each<[string, AgentName, (text: string) => string]>([
    ['another time', 'claude', (text) => text.replaceAll('"timeout": 10', '"timeout": 60')],
    ['another matcher', 'claude', (text) => text.replace('Bash|PowerShell|', 'Bash|')],
    ['words for no shell', 'claude', withArguments],
    ['another folder', 'claude', (text) => text.replaceAll('/node_modules', '/web/node_modules')],
    ['no answer to failures', 'claude', (text) => text.replaceAll(/,\s*"onFailure": "block"/g, '')],
    ['a missing event', 'gemini', (text) => text.replace('AfterAgent', 'BeforeAgent')],
    [
      'an entry twice',
      'codex',
      (text) => text.replace('"Stop": [', `"Stop": [${JSON.stringify({ hooks: [codexHook] })}, `),
    ],
    ['another command', 'cursor', (text) => text.replaceAll(`node ${program}`, 'npx --no -- vetted-imports')],
    ['the old name', 'codex', (text) => text.replaceAll(/node [^,]*?check-imports\.js/g, 'check-imports')],
    [
      'a file of the package',
      'opencode',
      (text) => text.replace(/"\.\/node_modules.*"/, '"vetted-imports/opencode"'),
    ],
    ['a version', 'opencode', (text) => text.replace(/"\.\/node_modules.*"/, '"vetted-imports@0.1.0"')],
  ])('%s', async (_, name, edit) => {
    const current = await put(name, null);
    const old = edit(current);
    expect(old).not.toBe(current);
    expect(await state(name, old)).toBe('outdated');
    const updated = await put(name, old);
    expect(JSON.parse(updated)).toEqual(JSON.parse(current));
    expect(await take(name, old)).toBeNull();
  });

  test('flags that a person has added stay', async () => {
    const text = (await put('claude', null)).replaceAll('--agent claude', '--agent claude --mode advise');
    expect(await state('claude', text)).toBe('current');
    const old = text.replaceAll('"timeout": 10', '"timeout": 60');
    expect(JSON.parse(await put('claude', old))).toEqual(JSON.parse(text));
    const withOptions = '{ "plugin": [["./vetted-imports/dist/opencode.js", { "mode": "deny" }], "x"] }';
    expect(JSON.parse(await put('opencode', withOptions))).toEqual({
      plugin: ['x', ['./node_modules/vetted-imports/dist/opencode.js', { mode: 'deny' }]],
    });
    const command = (await put('codex', null)).replace('codex"', 'codex --on-fault pass --mode=deny"');
    const updated = await put('codex', command);
    expect(updated).toContain('--agent codex --on-fault pass --mode deny"');
    expect(await put('codex', updated)).toBe(updated);
  });

  test('a hook of others in the same group stays', async () => {
    const theirs = { type: 'command', command: 'say done' };
    const group = { matcher: 'Bash', hooks: [theirs, claudeHook] };
    const text = JSON.stringify({ hooks: { PreToolUse: [group] } }, null, 2);
    expect(await state('claude', text)).toBe('outdated');
    const updated: unknown = JSON.parse(await put('claude', text));
    expect(updated).toMatchObject({
      hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [theirs] }, { hooks: [{ onFailure: 'block' }] }] },
    });
    expect(readJson((await take('claude', text)) ?? '')).toEqual({
      hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [theirs] }] },
    });
  });

  test.each([
    'echo check-imports agent-hooks',
    'node tools/my-check-imports.js agent-hook',
    'run other-vetted-imports agent-hook',
    'vetted-imports check',
  ])('is none: %s', async (command) => {
    const text = JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: 'command', command }] }] } }, null, 2);
    expect(await state('claude', text)).toBe('absent');
    expect(await take('claude', text)).toBe(text);
  });
});

/** JSON as people write it: any blanks between its parts, commas at ends, comments. */
const blank = fc.stringMatching(/^[ \t]{0,3}\n?[ \t]{0,3}$/);
const scalar = fc.constantFrom('1', '"a, b"', 'null', '"{ \\"x\\": [] }"', 'true');
const gap = fc.oneof(
  { weight: 6, arbitrary: blank },
  { weight: 1, arbitrary: blank.map((text) => `${text}/* , } */${text}`) },
  { weight: 1, arbitrary: blank.map((text) => `${text}// ] "\n`) },
);

const { value: anyValue } = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('list'), tie('map')),
  list: joined('[', ']', tie('value')),
  map: joined(
    '{',
    '}',
    fc
      .tuple(fc.constantFrom('"a"', '"b"'), gap, tie('value'))
      .map(([key, space, value]) => `${key}${space}:${value}`),
  ),
}));

function joined(open: string, close: string, item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.tuple(gap, item, gap), { maxLength: 3 }), gap, fc.boolean())
    .map(([items, inner, comma]) =>
      items.length === 0
        ? `${open}${inner}${close}`
        : `${open}${items.map((parts) => parts.join('')).join(',')}${comma ? `,${inner}` : ''}${close}`,
    );
}

const hooksMap = fc
  .tuple(
    fc.subarray(['Stop', 'PreToolUse', 'Other']),
    fc.array(joined('[', ']', anyValue), { minLength: 3, maxLength: 3 }),
    gap,
    gap,
  )
  .map(
    ([events, lists, lead, tail]) =>
      `{${lead}${events.map((event, at) => `"${event}":${lists[at] ?? '[]'}`).join(`,${lead}`)}${tail}}`,
  );
const settings = fc
  .tuple(gap, fc.option(hooksMap), fc.option(anyValue), gap, gap)
  .map(([lead, hooks, more, middle, tail]) => {
    const entries = [
      hooks === null ? null : `"hooks":${middle}${hooks}`,
      more === null ? null : `"more":${more}`,
    ];
    return `{${lead}${entries.filter((entry) => entry !== null).join(`,${middle}`)}${tail}}`;
  });

test('whatever stands in a file comes back', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (before) => {
      const after = await put('claude', before);
      expect(await state('claude', after)).toBe('current');
      expect(withoutAdded(before, after)).toBe(true);
      expect(await take('claude', after)).toBe(before);
    }),
    { numRuns: 300 },
  );
});
