import type * as Jsonc from 'jsonc-parser';
import type { Node } from 'jsonc-parser';

/**
 * Changes the text under a path of keys, or adds it. Every other byte of the file stays.
 *
 * @param edit Gives the new text for the old one; null: there is none yet.
 * @returns The file's text, the same where nothing changes; null where the file is no JSON, or something else than
 * maps and a text stands on the path.
 */
export async function withEntry(
  text: string,
  path: readonly string[],
  edit: (value: string | null) => string,
): Promise<string | null> {
  const { parseTree } = await import('jsonc-parser');
  const root = strictTree(parseTree, text);
  if (!root) return null;
  let node = root;
  for (const [depth, key] of path.entries()) {
    if (node.type !== 'object') return null;
    const value = valueOf(node, key);
    if (!value) return splice(text, insertion(text, node, membersOf(path.slice(depth), edit(null))));
    node = value;
  }
  const value: unknown = node.value;
  return typeof value === 'string' ? splice(text, replacement(text, node, [value, edit(value)])) : null;
}

/**
 * Takes out what {@link withEntry} put in.
 *
 * @param edit Gives what is left of the text; null takes out its key too, and the map that it alone stands in.
 */
export async function withoutEntry(
  text: string,
  path: readonly string[],
  edit: (value: string) => string | null,
): Promise<string> {
  const { parseTree } = await import('jsonc-parser');
  const root = strictTree(parseTree, text);
  const chain: { readonly map: Node; readonly key: string }[] = [];
  let node = root;
  for (const key of path) {
    if (node?.type !== 'object') return text;
    chain.push({ map: node, key });
    node = valueOf(node, key);
  }
  const value: unknown = node?.value;
  if (!node || typeof value !== 'string') return text;
  const edited = edit(value);
  if (edited !== null) return splice(text, replacement(text, node, [value, edited]));
  const target = chain.toReversed().find(({ map }) => (map.children ?? []).length > 1) ?? chain[0];
  return target ? splice(text, deletion(text, target.map, target.key)) : text;
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function splice(text: string, { start, end, text: added }: Splice): string {
  return text.slice(0, start) + added + text.slice(end);
}

/** package.json is JSON (https://docs.npmjs.com/cli/v11/configuring-npm/package-json): no comments, no loose commas. */
function strictTree(parse: typeof Jsonc.parseTree, text: string): Node | undefined {
  const errors: Parameters<typeof parse>[1] = [];
  const root = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors.length === 0 && root?.type === 'object' ? root : undefined;
}

function valueOf(map: Node, key: string): Node | undefined {
  return map.children?.find(({ children }) => children?.[0]?.value === key)?.children?.[1];
}

/** What is added: a key with its text, below the keys that are not there yet. */
function membersOf(path: readonly string[], value: string): (indent: string, step: string) => string {
  const [key = '', ...remainingKeys] = path;
  return (indent, step) => {
    const name = JSON.stringify(key);
    if (remainingKeys.length === 0) return `${name}: ${JSON.stringify(value)}`;
    const inner = membersOf(remainingKeys, value)(`${indent}${step}`, step);
    return `${name}: {${indent}${step}${inner}${indent}}`;
  };
}

/** A new last member, set apart as the first one is. `indent` begins with a line break, if there is one. */
function insertion(text: string, map: Node, member: (indent: string, step: string) => string): Splice {
  const members = map.children ?? [];
  const [first, last] = [members[0], members.at(-1)];
  if (!first || !last) {
    const inside = map.offset + 1;
    return { start: inside, end: inside, text: member(' ', '') };
  }
  const indent = text.slice(map.offset + 1, first.offset);
  const step = stepOf(text);
  const end = last.offset + last.length;
  return { start: end, end, text: `,${indent}${member(indent, indent.includes('\n') ? step : '')}` };
}

/** The first indentation of a file is its step. */
function stepOf(text: string): string {
  return /\n([ \t]+)/.exec(text)?.[1] ?? '  ';
}

/** A member with the comma and the space before it; the first of several goes with those behind it. */
function deletion(text: string, map: Node, key: string): Splice {
  const members = map.children ?? [];
  const at = members.findIndex(({ children }) => children?.[0]?.value === key);
  const [member, previousMember, nextMember] = [members[at], members[at - 1], members[at + 1]];
  if (!member) return { start: 0, end: 0, text: '' };
  const end = member.offset + member.length;
  if (previousMember) return { start: previousMember.offset + previousMember.length, end, text: '' };
  return { start: member.offset, end: nextMember?.offset ?? end, text: '' };
}

/** Changes a text up to where both versions end alike, so that what people wrote keeps its escapes. */
function replacement(text: string, node: Node, [value, edited]: readonly [string, string]): Splice {
  let shared = 0;
  const shorter = Math.min(value.length, edited.length);
  while (shared < shorter && value.at(-1 - shared) === edited.at(-1 - shared)) shared += 1;
  const [old, next] = [value, edited].map((version) => escaped(version.slice(0, version.length - shared)));
  const start = node.offset + 1;
  if (old !== undefined && next !== undefined && text.startsWith(old, start))
    return { start, end: start + old.length, text: next };
  return { start: node.offset, end: node.offset + node.length, text: JSON.stringify(edited) };
}

/** A text as it stands between the quotation marks of JSON. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
