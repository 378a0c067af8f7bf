import type { AgentEvent, CellEdit, FileEdit, JsonObject, ReadEvent, Replacement } from './event.ts';

/**
 * Reads an event of any agent: what its tool is given is told by its keys, which the agents share with small differences,
 * and which change less than the names of tools. Keys as recorded of Claude Code 2.1, Codex 0.171, Gemini CLI 0.61,
 * Copilot CLI 1.0 and opencode 1.18, and as documented by Cursor (2026-11).
 *
 * @returns `other` for what neither writes nor runs a command.
 */
export function readEvent(event: JsonObject): ReadEvent {
  const name = nameOf(event);
  const folder = textAt(event, ['cwd', 'working_directory']) ?? firstText(event['workspace_roots']) ?? null;
  return { event: eventOf(event, { moment: momentOf(name), folder }), name, folder };
}

function nameOf(event: JsonObject): string {
  return textAt(event, ['hook_event_name', 'hookEventName', 'event']) ?? nameOfCamelCase(event);
}

type Moment = 'before' | 'after' | 'end' | null;

/** By the name of the event, without the differences in spelling. */
const MOMENTS: ReadonlyMap<string, Moment> = new Map([
  ['pretooluse', 'before'],
  ['beforetool', 'before'],
  ['before', 'before'],
  ['beforeshellexecution', 'before'],
  ['posttooluse', 'after'],
  ['aftertool', 'after'],
  ['after', 'after'],
  ['afterfileedit', 'after'],
  ['stop', 'end'],
  ['subagentstop', 'end'],
  ['afteragent', 'end'],
  ['agentstop', 'end'],
  ['end', 'end'],
]);

function momentOf(name: string): Moment {
  return MOMENTS.get(plainName(name)) ?? null;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

/** Copilot’s own spelling names no event: results are told of what has happened, and a tool of what is about to. */
function nameOfCamelCase(event: JsonObject): string {
  if (!('sessionId' in event) && !('toolName' in event)) return '';
  if ('toolResult' in event) return 'postToolUse';
  if ('toolName' in event) return 'preToolUse';
  return 'stopReason' in event || 'transcriptPath' in event ? 'agentStop' : '';
}

function eventOf(
  event: JsonObject,
  { moment, folder }: { readonly moment: Moment; readonly folder: string | null },
): AgentEvent {
  if (moment === null) return { kind: 'other' };
  if (moment === 'end') return { kind: 'end', isHeld: isHeld(event) };
  const input = inputOf(event);
  const tool = textAt(event, ['tool_name', 'toolName', 'tool']) ?? '';
  const isShell = SHELL_TOOL.test(tool) || plainName(nameOf(event)) === 'beforeshellexecution';
  const edit = isShell ? null : editOf(input);
  if (edit !== null) return { kind: 'edit', moment, edit, original: originalOf(event) };
  const command = commandOf(input, isShell ? [...COMMANDS, ...SHELL_INPUTS] : COMMANDS);
  if (command === null || moment === 'after') return { kind: 'other' };
  return {
    kind: 'command',
    text: command,
    shell: /powershell|pwsh/i.test(tool) ? 'powershell' : 'sh',
    folder: textAt(input, ['cwd', 'working_directory', 'workdir', 'directory', 'dir_path']) ?? folder ?? '',
  };
}

/** Names of the tools that run commands, or write to a shell that runs. What else they are given makes them no editor. */
const SHELL_TOOL =
  /(?:^|_)(?:bash|powershell|pwsh|shell|terminal|stdin)(?:_|$)|^(?:exec_command|run_command|local_shell)$/i;

/** A turn that a hook has held is not held once more. Cursor counts. */
function isHeld(event: JsonObject): boolean {
  if (event['stop_hook_active'] === true || event['stopHookActive'] === true) return true;
  // Cursor also tells of turns that a person has ended.
  if (event['status'] === 'aborted' || event['status'] === 'error') return true;
  return typeof event['loop_count'] === 'number' && event['loop_count'] > 0;
}

/** What the tool is given. Copilot may write it as a text; Cursor’s own events have it at the top. */
function inputOf(event: JsonObject): JsonObject {
  for (const key of ['tool_input', 'toolArgs', 'args', 'toolInput']) {
    const value = event[key];
    if (isObject(value)) return value;
    if (typeof value === 'string') return objectIn(value) ?? { command: value };
  }
  return event;
}

/** @returns The object that a text of JSON is; null where it is none. */
export function objectIn(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const PATHS = ['file_path', 'path', 'filePath', 'notebook_path', 'target_file', 'filename'] as const;
const TEXTS = ['content', 'file_text', 'contents', 'text'] as const;
const OLD_TEXTS = ['old_string', 'old_str', 'oldString'] as const;
const NEW_TEXTS = ['new_string', 'new_str', 'newString'] as const;
const PATCHES = ['command', 'input', 'patch', 'patchText', 'diff'] as const;

function editOf(input: JsonObject): FileEdit | null {
  for (const key of PATCHES) {
    const patch = Array.isArray(input[key]) ? input[key].join('\n') : input[key];
    if (typeof patch === 'string' && patch.trimStart().startsWith('*** Begin Patch'))
      return { kind: 'patch', patch };
  }
  const path = textAt(input, PATHS);
  if (path === undefined) return null;
  if (typeof input['new_source'] === 'string') return { kind: 'cell', path, cell: cellOf(input) };
  const replacements = replacementsOf(input);
  if (replacements.length > 0) return { kind: 'replace', path, replacements };
  const line = input['insert_line'];
  const inserted = textAt(input, ['insert_text', ...NEW_TEXTS]);
  if (typeof line === 'number' && inserted !== undefined)
    return { kind: 'insert', path, line, text: inserted };
  const text = textAt(input, TEXTS);
  return text === undefined ? null : { kind: 'write', path, text };
}

function replacementsOf(input: JsonObject): readonly Replacement[] {
  const edits = Array.isArray(input['edits']) ? input['edits'].filter(isObject) : [];
  return [input, ...edits].flatMap((edit) => {
    const oldText = textAt(edit, OLD_TEXTS);
    const newText = textAt(edit, NEW_TEXTS);
    if (oldText === undefined || newText === undefined) return [];
    return [{ oldText, newText, all: edit['replace_all'] === true || edit['replaceAll'] === true }];
  });
}

function cellOf(input: JsonObject): CellEdit {
  const mode = input['edit_mode'];
  const type = input['cell_type'];
  const number = input['cell_number'];
  return {
    id: textAt(input, ['cell_id']) ?? (typeof number === 'number' ? `cell-${String(number)}` : null),
    mode: mode === 'insert' || mode === 'delete' ? mode : 'replace',
    type: type === 'code' || type === 'markdown' ? type : null,
    source: textAt(input, ['new_source']) ?? '',
  };
}

const COMMANDS = ['command', 'cmd', 'script'] as const;

/** What is written to a shell that runs. */
const SHELL_INPUTS = ['input', 'chars'] as const;

/** A command is a text, or the words of one. */
function commandOf(input: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = input[key];
    if (typeof value === 'string') return value;
    if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return quotedWords(value);
  }
  return null;
}

/** `["bash", "-lc", "pip install x"]` as a shell would read it. */
function quotedWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}

/** Claude Code and Gemini CLI tell what a file held before. */
function originalOf(event: JsonObject): string | null | undefined {
  const response = event['tool_response'];
  if (!isObject(response)) return undefined;
  const display = response['returnDisplay'];
  for (const place of [response, ...(isObject(display) ? [display] : [])]) {
    if (place['isNewFile'] === true || place['type'] === 'create') return null;
    for (const key of ['originalFile', 'originalContent'])
      if (typeof place[key] === 'string') return place[key];
  }
  return undefined;
}

/** @returns The first of some keys that holds a text. */
function textAt(object: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = object[key];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return typeof first === 'string' ? first : undefined;
}

/** @returns Whether a value of JSON is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
