import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentIds, dialectOf, dialects } from '../../src/agents/protocols/dialects.ts';
import { isObject, readEvent } from '../../src/agents/protocols/read-event.ts';

describe('an event is told by its keys', () => {
  test.each([
    [{ hook_event_name: 'PreToolUse', tool_input: { file_path: 'a' } }, {}, 'claude'],
    [{ hook_event_name: 'PreToolUse', turn_id: '1', model: 'm' }, {}, 'codex'],
    [{ hook_event_name: 'BeforeTool' }, {}, 'gemini'],
    [{ hook_event_name: 'PreToolUse', tool_input: { path: 'a', file_text: '' } }, {}, 'copilot'],
    [{ hook_event_name: 'PreToolUse' }, { COPILOT_CLI: '1' }, 'copilot'],
    [{ toolName: 'bash', toolArgs: {} }, {}, 'copilot'],
    [{ conversation_id: '1', hook_event_name: 'preToolUse' }, {}, 'cursor'],
    [{ agent: 'opencode', event: 'before' }, {}, 'opencode'],
    [{}, {}, 'claude'],
  ])('%j in %j: %s', (event, env, id) => {
    expect(dialectOf(event, undefined, env).id).toBe(id);
  });

  test('what the command line names counts, but for Copilot, which runs the hooks of Claude Code', () => {
    expect(dialectOf({ hook_event_name: 'BeforeTool' }, 'codex', {}).id).toBe('codex');
    expect(dialectOf({ hook_event_name: 'PreToolUse' }, 'claude', { COPILOT_CLI: '1' }).id).toBe('copilot');
    expect(agentIds).toEqual(['claude', 'codex', 'copilot', 'cursor', 'gemini', 'opencode']);
  });
});

describe('events of Cursor, as its documentation has them', () => {
  test.each([
    [
      { hook_event_name: 'beforeShellExecution', command: 'pip install x', cwd: '/project' },
      { kind: 'command', text: 'pip install x', shell: 'sh', folder: '/project' },
    ],
    [
      {
        hook_event_name: 'preToolUse',
        tool_name: 'Shell',
        tool_input: { command: 'x', working_directory: '/a' },
      },
      { kind: 'command', text: 'x', shell: 'sh', folder: '/a' },
    ],
    [
      { hook_event_name: 'preToolUse', tool_name: 'Write', tool_input: { file_path: '/a.py', content: 'x' } },
      {
        kind: 'edit',
        moment: 'before',
        edit: { kind: 'write', path: '/a.py', text: 'x' },
        original: undefined,
      },
    ],
    [
      { hook_event_name: 'afterFileEdit', file_path: '/a.py', edits: [{ old_string: 'x', new_string: 'y' }] },
      {
        kind: 'edit',
        moment: 'after',
        edit: { kind: 'replace', path: '/a.py', replacements: [{ oldText: 'x', newText: 'y', all: false }] },
        original: undefined,
      },
    ],
    [
      { hook_event_name: 'stop', status: 'completed', loop_count: 0 },
      { kind: 'end', isHeld: false },
    ],
    [
      { hook_event_name: 'stop', status: 'completed', loop_count: 1 },
      { kind: 'end', isHeld: true },
    ],
    [{ hook_event_name: 'beforeReadFile', file_path: '/a.py', content: 'x' }, { kind: 'other' }],
  ])('%j', (event, expected) => {
    expect(readEvent({ conversation_id: '1', ...event }).event).toEqual(expected);
  });

  test('a refusal has all that its schema wants; what it has no words for is silence', () => {
    const cursor = dialectOf({ conversation_id: '1' }, undefined, {});
    const at = (name: string) => readEvent({ hook_event_name: name });
    expect(cursor.answer({ kind: 'refuse', text: 'no' }, at('preToolUse'))).toEqual({
      permission: 'deny',
      user_message: 'no',
      agent_message: 'no',
    });
    expect(cursor.answer({ kind: 'advise', text: 'a' }, at('postToolUse'))).toEqual({
      additional_context: 'a',
    });
    expect(cursor.answer({ kind: 'advise', text: 'a' }, at('afterFileEdit'))).toBeNull();
    expect(cursor.answer({ kind: 'hold', text: 'h' }, at('stop'))).toEqual({ followup_message: 'h' });
  });
});

describe('odd events', () => {
  test.each([
    [
      'a command in words',
      { tool_input: { command: ['bash', '-lc', "pip install 'x'"] } },
      "bash -lc 'pip install '\\''x'\\'''",
    ],
    ['arguments as a text', { tool_input: '{"command": "ls"}' }, 'ls'],
  ])('%s', (_, fields, text) => {
    const { event } = readEvent({ hook_event_name: 'PreToolUse', tool_name: 'Bash', ...fields });
    expect(event).toMatchObject({ kind: 'command', text });
  });

  test('PowerShell is another shell', () => {
    const event = { hook_event_name: 'PreToolUse', tool_name: 'PowerShell', tool_input: { command: 'ls' } };
    expect(readEvent(event).event).toMatchObject({ shell: 'powershell' });
  });

  test.each(['SessionStart', 'UserPromptSubmit', 'PreCompact', ''])('%s is none of its business', (name) => {
    expect(readEvent({ hook_event_name: name, tool_input: { command: 'x' } }).event).toEqual({
      kind: 'other',
    });
  });

  test('any value is read without an error, and answered in one object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom('PreToolUse', 'Stop'),
        (value, name) => {
          const event = { ...value, hook_event_name: name };
          const read = readEvent(event);
          for (const dialect of dialects) {
            const answer = dialect.answer({ kind: 'refuse', text: 'x' }, read);
            expect(answer === null || isObject(answer)).toBe(true);
          }
        },
      ),
    );
  });
});
