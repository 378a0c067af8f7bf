import type * as Yaml from 'yaml';
import type { Document, Node as YamlNode } from 'yaml';
import type { Entry, Node, Tree } from './tree.ts';
import { textNode } from './tree.ts';

/**
 * Reads the first document of a YAML text. Every scalar is a string, as written: a version such as `1.10`
 * is no number. Aliases and merge keys (`<<`) stand for what they point at.
 */
export async function readYaml(text: string): Promise<Tree> {
  const yaml = await import('yaml');
  try {
    const document = yaml.parseDocument(text, { schema: 'failsafe', prettyErrors: false });
    const root = new Converter(yaml, document, text).convert(document.contents);
    const [first] = document.errors;
    if (first === undefined) return { root, broken: [] };
    return { root, broken: [{ message: `invalid YAML: ${first.message}`, offset: first.pos[0] }] };
  } catch (error) {
    // Very deep nesting ends in a RangeError, a merge of merges in the one below.
    return { root: undefined, broken: [{ message: `can't be read: ${String(error)}`, offset: 0 }] };
  }
}

/** Each level of aliases can double what it stands for; honest files merge a handful of entries. */
const MERGED_ENTRIES = 10_000;

class Converter {
  readonly #yaml: typeof Yaml;
  readonly #document: Document;
  readonly #text: string;
  /** undefined while the node is being converted: an alias to a node that holds it stands for nothing. */
  readonly #done = new Map<YamlNode, Node | undefined>();
  #merged = 0;

  constructor(yaml: typeof Yaml, document: Document, text: string) {
    this.#yaml = yaml;
    this.#document = document;
    this.#text = text;
  }

  convert(node: unknown): Node | undefined {
    if (this.#yaml.isAlias(node)) return this.convert(node.resolve(this.#document));
    if (!this.#yaml.isNode(node)) return undefined;
    if (this.#done.has(node)) return this.#done.get(node);
    this.#done.set(node, undefined);
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
    return textNode(
      this.#text,
      { start: start + quotes, end: Math.max(start + quotes, end - quotes) },
      value,
    );
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
    if (this.#merged > MERGED_ENTRIES) throw new RangeError(`more than ${MERGED_ENTRIES} merged entries`);
    return entries;
  }
}
