import { entriesAt, select, valueKind, type Entry, type Node } from '../../documents/document.ts';
import { readJson } from '../../documents/json.ts';
import {
  isSameJson,
  jsonFile,
  jsonOf,
  withListValue,
  withoutValue,
  type Json,
  type JsonPath,
} from '../../documents/json-lists.ts';
import { escapeControls } from '../../text/escape.ts';
import { LineIndex } from '../../text/lines.ts';
import type { AgentEntry, AgentSettings, EntryOptions } from './agent.ts';
import { HOOKS } from './nested-hooks.ts';

/** A text after an edit; null: the file is taken away. Or why nobody may edit it, and what a person can do. */
export type EditedText =
  | { readonly kind: 'text'; readonly text: string | null }
  | { readonly kind: 'refused'; readonly message: string; readonly next: string };

/** Whether an assistant's settings start this tool: as this version writes it, otherwise, or not at all. */
export type SettingsState = 'absent' | 'current' | 'outdated';

/** An entry of this tool in a file. */
interface OwnEntry {
  readonly place: JsonPath;
  readonly value: Json;
}

/**
 * Puts this tool's entries into an assistant's settings, in the place of older ones. What others wrote stays byte for byte.
 *
 * @param text Of the file; null where there is none.
 * @param start How this tool is started. What a person has added to its command stays.
 */
export async function withOwnEntries(
  agent: AgentSettings,
  text: string | null,
  start: EntryOptions['start'],
): Promise<EditedText> {
  const file = await readSettings(agent, text);
  if (file.kind === 'refused') return file;
  if (file.kind === 'read' && stateOf(agent, file.root, start) === 'current') return { kind: 'text', text };
  const entries = entriesFor(agent, start, file.kind === 'read' ? file.root : null);
  const cleanText = file.kind === 'read' ? await withoutOwn(agent, file) : null;
  if (cleanText === null || cleanText.trim() === '') {
    const created = jsonFile(wholeFile(agent, entries));
    const lead = file.kind === 'read' ? cleanText : text;
    return { kind: 'text', text: lead === null ? `${created}\n` : `${lead}${created}` };
  }
  let newText = cleanText;
  for (const { path, value } of entries) {
    const { root } = await readJson(newText);
    const edited = root && withListValue({ text: newText, root }, path, value);
    if (edited === undefined || edited === null) throw new Error(`no list at ${path.join('.')}`);
    newText = edited;
  }
  return { kind: 'text', text: newText };
}

/** Takes this tool's entries out of an assistant's settings. What others wrote stays byte for byte. */
export async function withoutOwnEntries(agent: AgentSettings, text: string): Promise<EditedText> {
  const file = await readSettings(agent, text);
  if (file.kind === 'refused') return file;
  return { kind: 'text', text: file.kind === 'read' ? await withoutOwn(agent, file) : text };
}

/** @returns The state of an assistant's settings, or why they can't be read. */
export async function settingsState(
  agent: AgentSettings,
  text: string | null,
  start: EntryOptions['start'],
): Promise<
  { readonly kind: 'state'; readonly state: SettingsState } | Extract<EditedText, { kind: 'refused' }>
> {
  const file = await readSettings(agent, text);
  if (file.kind === 'refused') return file;
  return { kind: 'state', state: file.kind === 'read' ? stateOf(agent, file.root, start) : 'absent' };
}

type SettingsFile =
  | { readonly kind: 'empty' }
  | { readonly kind: 'read'; readonly text: string; readonly root: Node }
  | Extract<EditedText, { kind: 'refused' }>;

async function readSettings(agent: AgentSettings, text: string | null): Promise<SettingsFile> {
  if (text === null || text.replace(/^\uFEFF/, '').trim() === '') return { kind: 'empty' };
  const { root, broken } = await readJson(text);
  const [error] = broken;
  if (error !== undefined || root === undefined) {
    const { line, column } = new LineIndex(text).locate(error?.offset ?? 0);
    return {
      kind: 'refused',
      message: `is not JSON: ${error?.message ?? 'it holds no value'} (line ${String(line)}, column ${String(column)})`,
      next: 'Correct it, and run the command again.',
    };
  }
  const flaw = flawOf(agent, root);
  return flaw === null ? { kind: 'read', text, root } : { kind: 'refused', ...flaw };
}

/** What is wrong with a file, after its name, and what a person can do. */
interface Flaw {
  readonly message: string;
  readonly next: string;
}

/** What keeps entries from being added, which the assistant would not read either. */
function flawOf(agent: AgentSettings, root: Node): Flaw | null {
  const message =
    root.kind === 'table'
      ? (doubleKey(agent, root) ?? wrongKind(agent, root))
      : `holds ${valueKind(root)}, and not a map`;
  return message === null
    ? missingFrame(agent, root)
    : { message, next: 'Correct it, and run the command again.' };
}

/** The entries on the way to the lists, one step of it after another. */
function entriesOnWay(lists: AgentSettings['lists'], root: Node): readonly (readonly Entry[])[] {
  return lists.map((step, depth) =>
    entriesAt(root, ...lists.slice(0, depth)).filter(({ key }) => step === '*' || key.value === step),
  );
}

function doubleKey({ lists }: AgentSettings, root: Node): string | null {
  for (const entries of entriesOnWay(lists, root)) {
    const keys = entries.map(({ key }) => key.value);
    const double = keys.find((key, at) => keys.indexOf(key) !== at);
    if (double !== undefined) return `has the key ${shown(double)} twice`;
  }
  return null;
}

function wrongKind({ lists, title }: AgentSettings, root: Node): string | null {
  for (const [depth, entries] of entriesOnWay(lists, root).entries()) {
    const [kind, word] = depth === lists.length - 1 ? ['list', 'a list'] : ['table', 'a map'];
    const entry = entries.find(({ value }) => value.kind !== kind);
    if (entry)
      return `has ${valueKind(entry.value)} under ${shown(entry.key.value)}, where ${title} has ${word}`;
  }
  return null;
}

function missingFrame({ frame, title }: AgentSettings, root: Node): Flaw | null {
  const missing = Object.entries(frame).find(([key, value]) => {
    const node = select(root, key).at(-1);
    return node === undefined || !isSameJson(jsonOf(node), value);
  });
  if (missing === undefined) return null;
  const line = `${JSON.stringify(missing[0])}: ${JSON.stringify(missing[1])}`;
  return { message: `does not say ${line}, so ${title} reads no hook in it`, next: `Add ${line} to it.` };
}

function shown(key: string): string {
  return `“${escapeControls(key)}”`;
}

function wholeFile({ frame }: AgentSettings, entries: readonly AgentEntry[]): Json {
  const lists = new Map<string, Json[]>();
  for (const { path, value } of entries) {
    const key = path.join('/');
    lists.set(key, [...(lists.get(key) ?? []), value]);
  }
  const events: Record<string, Json> = {};
  const top: Record<string, Json> = {};
  for (const [key, values] of lists) {
    const [first = '', second] = key.split('/');
    if (second === undefined) top[first] = values;
    else events[second] = values;
  }
  return { ...top, ...(Object.keys(events).length > 0 ? { [HOOKS]: events } : {}), ...frame };
}

/** Every entry of this tool, in the order of the text: whole items of lists, and single hooks of an item of others. */
function ownEntries({ lists, isOwn }: AgentSettings, root: Node): readonly OwnEntry[] {
  const result: OwnEntry[] = [];
  const visit = (node: Node, place: JsonPath) => {
    if (node.kind !== 'list') return;
    for (const [at, item] of node.items.entries()) {
      const value = jsonOf(item);
      if (isOwn(value)) result.push({ place: [...place, at], value });
      else for (const hooks of select(item, HOOKS)) visit(hooks, [...place, at, HOOKS]);
    }
  };
  const [top = '', ...further] = lists;
  for (const { key, value } of entriesAt(root)) {
    if (key.value !== top) continue;
    if (further.length === 0) visit(value, [top]);
    else for (const event of entriesAt(value)) visit(event.value, [top, event.key.value]);
  }
  return result;
}

function stateOf(agent: AgentSettings, root: Node, start: EntryOptions['start']): SettingsState {
  const present = ownEntries(agent, root);
  if (present.length === 0) return 'absent';
  const entries = entriesFor(agent, start, root);
  const isCurrent =
    present.length === entries.length &&
    entries.every(({ path, value }) =>
      present.some(
        (entry) => entry.place.slice(0, -1).join('/') === path.join('/') && isSameJson(entry.value, value),
      ),
    );
  return isCurrent ? 'current' : 'outdated';
}

/** @param root Of the file as it is; null where it holds nothing. */
function entriesFor(
  agent: AgentSettings,
  start: EntryOptions['start'],
  root: Node | null,
): readonly AgentEntry[] {
  const entries = root === null ? [] : ownEntries(agent, root);
  const keyOf = (path: JsonPath) => path.slice(0, agent.lists.length).join('/');
  const byList = new Map(entries.map(({ place, value }) => [keyOf(place), value]));
  return agent.entries({ start, present: (path) => byList.get(keyOf(path)) ?? null });
}

/** The last entry goes first: what stands before it keeps its place. */
async function withoutOwn(
  agent: AgentSettings,
  file: { readonly text: string; readonly root: Node },
): Promise<string | null> {
  let current = file;
  for (;;) {
    const entry = ownEntries(agent, current.root).at(-1);
    if (entry === undefined)
      return isOnlyFrame(agent, file, current.root) ? remainderOf(current) : current.text;
    const text = withoutValue(current, entry.place);
    if (text === null) return remainderOf(current);
    if (text === current.text) throw new Error(`nothing can be taken out at ${entry.place.join('.')}`);
    const { root } = await readJson(text);
    if (root === undefined) return null;
    current = { text, root };
  }
}

/** What stands around the map. A file with nothing but the map and a line break was made by this tool; comments keep theirs. */
function remainderOf({ text, root }: { readonly text: string; readonly root: Node }): string | null {
  const [lead, tail] = [text.slice(0, root.span.start), text.slice(root.span.end)];
  if (`${lead}${tail}`.replace(/^\uFEFF/, '').trim() !== '') return `${lead}{}${tail}`;
  return lead === '' && /^\r?\n$/.test(tail) ? null : `${lead}${tail}`;
}

/** Is nothing left but what this tool adds to a new file, behind its hooks? */
function isOnlyFrame({ frame }: AgentSettings, original: { readonly root: Node }, root: Node): boolean {
  const [first] = entriesAt(original.root);
  return Object.keys(frame).length > 0 && first?.key.value === HOOKS && isSameJson(jsonOf(root), frame);
}
