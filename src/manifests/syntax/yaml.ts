import type * as Yaml from 'yaml';
import type { Node as YamlNode } from 'yaml';
import type { Entry, Node, Tree } from './tree.ts';
import { textNode } from './tree.ts';

/**
 * Reads the first document of a YAML text. Every scalar is a string, as written: a version such as `1.10`
 * is no number. Aliases and merge keys (`<<`) stand for what they point at.
 */
export async function readYaml(text: string): Promise<Tree> {
  const yaml = await import('yaml');
  const tokens = tokensOf(new yaml.Parser(), text);
  if (!tokens || isTooDeep(tokens))
    return { root: undefined, broken: [{ message: 'nested too deeply', offset: 0 }] };
  const [document] = new yaml.Composer({ schema: 'failsafe' }).compose(tokens, true, text.length);
  const converter = new Converter(yaml, text);
  const root = converter.convert(document?.contents);
  const [first] = document?.errors ?? [];
  if (first !== undefined) {
    return { root, broken: [{ message: `invalid YAML: ${first.message}`, offset: first.pos[0] }] };
  }
  return {
    root,
    broken: converter.hasTooManyMerges ? [{ message: 'too many merged entries', offset: 0 }] : [],
  };
}

/**
 * Composing is recursive, and V8 ends the process when it compiles a regular expression at the end of its
 * stack. Reading tokens is not recursive, but for maps within one line, so their nesting is measured first.
 */
const DEPTH = 200;

function tokensOf(parser: Yaml.Parser, text: string): readonly Yaml.CST.Token[] | null {
  try {
    return [...parser.parse(text)];
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isTooDeep(tokens: readonly Yaml.CST.Token[]): boolean {
  const open: { readonly token: Yaml.CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEPTH) return true;
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key !== undefined && key !== null) open.push({ token: key, depth: depth + 1 });
      if (value !== undefined) open.push({ token: value, depth: depth + 1 });
    }
  }
  return false;
}

/** Each level of aliases can double what it stands for; honest files merge a handful of entries. */
const MERGED_ENTRIES = 10_000;

class Converter {
  readonly #yaml: typeof Yaml;
  readonly #text: string;
  /** undefined while the node is being converted: an alias to a node that holds it stands for nothing. */
  readonly #done = new Map<YamlNode, Node | undefined>();
  readonly #anchors = new Map<string, YamlNode>();
  #merged = 0;

  constructor(yaml: typeof Yaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
  }

  get hasTooManyMerges(): boolean {
    return this.#merged > MERGED_ENTRIES;
  }

  convert(node: unknown): Node | undefined {
    if (this.#yaml.isAlias(node)) {
      const target = this.#anchors.get(node.source);
      return target === undefined ? undefined : this.#done.get(target);
    }
    if (!this.#yaml.isNode(node)) return undefined;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const converted = this.#fresh(node);
    this.#done.set(node, converted);
    return converted;
  }

  #fresh(node: YamlNode): Node | undefined {
    const [start = 0, end = start] = node.range ?? [];
    const span = { start, end };
    if (this.#yaml.isMap(node)) {
      return { kind: 'table', entries: node.items.flatMap((pair) => this.#entries(pair)), span };
    }
    if (this.#yaml.isSeq(node)) {
      const items = node.items.map((item) => this.convert(item));
      return { kind: 'list', items: items.filter((item) => item !== undefined), span };
    }
    if (!this.#yaml.isScalar(node)) return undefined;
    const value = typeof node.value === 'string' ? node.value : '';
    if (node.type === 'PLAIN' && value === '') return { kind: 'other', raw: '', span };
    const quotes = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
    const inner = { start: start + quotes, end: Math.max(start + quotes, end - quotes) };
    return textNode(this.#text, inner, value);
  }

  #entries(pair: { readonly key: unknown; readonly value: unknown }): readonly Entry[] {
    const key = this.convert(pair.key);
    const value = this.convert(pair.value);
    if (key?.kind !== 'text' || value === undefined) return [];
    return key.value === '<<' ? this.#merge(value) : [{ key, value }];
  }

  #merge(value: Node): readonly Entry[] {
    const tables = value.kind === 'list' ? value.items : [value];
    const entries = tables.flatMap((table) => (table.kind === 'table' ? table.entries : []));
    this.#merged += entries.length;
    return this.hasTooManyMerges ? [] : entries;
  }
}
