import { parse, TomlDate, TomlError } from 'smol-toml';
import { deepest, tooDeepAt, type Tree, type TreeRead } from './checked.ts';
import { tomlOffsets, pathKey } from './toml-offsets.ts';

/** Reads TOML 1.0 as a tree. Dates, which no config needs, become texts. */
export function readToml(text: string): TreeRead {
  const parsed = parsedOf(text);
  if (parsed.kind === 'error') return { root: null, problems: [parsed.problem] };
  if (depthOf(parsed.value) > deepest) return { root: null, problems: [tooDeepAt(0)] };
  const offsets = tomlOffsets(text);
  return { root: tree(parsed.value, [], offsets), problems: [] };
}

type Parsed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly problem: TreeRead['problems'][number] };

function parsedOf(text: string): Parsed {
  try {
    return { kind: 'value', value: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const at = offsetOf(text, error.line, error.column);
    const what = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    const next = 'Correct the line; strings in TOML need quotation marks.';
    return { kind: 'error', problem: { at, message: `not valid TOML: ${what}`, next } };
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}

/** Dots in a key nest without brackets, and as deeply as the text is long. */
function depthOf(root: unknown): number {
  const open = [{ value: root, depth: 0 }];
  let most = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    most = Math.max(most, depth);
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 });
  }
  return most;
}

function tree(value: unknown, path: readonly string[], offsets: ReadonlyMap<string, number>): Tree {
  const at = nearestOffset(path, offsets);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => tree(item, [...path, String(index)], offsets));
    return { kind: 'list', at: valueOffset(path, offsets), items };
  }
  if (typeof value === 'object' && value !== null && !(value instanceof TomlDate)) {
    const members = Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const memberPath = [...path, key];
      return { key, at: nearestOffset(memberPath, offsets), value: tree(inner, memberPath, offsets) };
    });
    return { kind: 'map', at, members };
  }
  const isPrimitive = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isPrimitive ? String(value) : value instanceof TomlDate ? value.toISOString() : '';
  return { kind: 'scalar', at: valueOffset(path, offsets), value: isPrimitive ? value : text, text };
}

function valueOffset(path: readonly string[], offsets: ReadonlyMap<string, number>): number {
  return offsets.get(`=${pathKey(path)}`) ?? nearestOffset(path, offsets);
}

/** @returns Where a key stands; that of the key above it where it has no place of its own. */
function nearestOffset(path: readonly string[], offsets: ReadonlyMap<string, number>): number {
  for (let length = path.length; length > 0; length--) {
    const at = offsets.get(pathKey(path.slice(0, length)));
    if (at !== undefined) return at;
  }
  return 0;
}
