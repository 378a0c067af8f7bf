import { isDeepStrictEqual } from 'node:util';
import type { Entry, Node, Tree } from '../../src/documents/document.ts';
import { promise } from './reader.ts';

/** What becomes of a key that stands several times: tables of TOML are written in several places. */
export type Twins = 'last' | 'joined';

/** Promises that our tree holds the strings of another reader's value in the same places, unless it is broken. */
export function compareTree({ root, broken }: Tree, value: unknown, twins: Twins = 'last'): void {
  if (broken.length > 0) return;
  const [ours, theirs] = [plainNodes(root === undefined ? [] : [root], twins), plainValue(value)];
  promise(isDeepStrictEqual(ours, theirs), JSON.stringify({ ours, theirs }).slice(0, 2_000));
}

/** Strings as they are, tables as pairs in order of their keys, everything else as an empty string. */
function plainNodes(nodes: readonly Node[], twins: Twins): unknown {
  const node = nodes.at(-1);
  if (node === undefined || node.kind === 'other') return '';
  if (node.kind === 'text') return withPlainBlanks(node.value);
  const all = twins === 'joined' ? nodes : [node];
  if (node.kind === 'list')
    return all.flatMap((part) =>
      part.kind === 'list' ? part.items.map((item) => plainNodes([item], twins)) : [],
    );
  const groups = new Map<string, Node[]>();
  const entries = all.flatMap((part): readonly Entry[] => (part.kind === 'table' ? part.entries : []));
  for (const { key, value } of entries) groups.set(key.value, [...(groups.get(key.value) ?? []), value]);
  return ordered([...groups].map(([key, values]) => [withPlainBlanks(key), plainNodes(values, twins)]));
}

/** Into how many blanks lines are folded is another matter: ours has none of Unicode's for those of YAML 1.1. */
function withPlainBlanks(text: string): string {
  return text.replace(/[\s\x85]+/g, ' ').trim();
}

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'string') return withPlainBlanks(value);
  if (typeof value !== 'object' || value === null) return '';
  return ordered(Object.entries(value).map(([key, inner]) => [withPlainBlanks(key), plainValue(inner)]));
}

/** Without the pairs whose key is missing or no string in YAML, as js-yaml writes them: nothing asks for one. */
function ordered(pairs: readonly (readonly [string, unknown])[]): unknown {
  const others = pairs.filter(([key]) => !/^(?:null|\[object Object\].*|)$/s.test(key));
  return { table: others.toSorted(([left], [right]) => (left < right ? -1 : 1)) };
}
