import type * as Yaml from 'yaml';
import type { Node as YamlNode } from 'yaml';
import { tokensOf } from '../text/yaml-tokens.ts';
import { textNode, tooDeepTree, type Entry, type GrammarError, type Node, type Tree } from './document.ts';

/**
 * Reads the first document of a YAML text. Every scalar is a string, as written: a version such as `1.10`
 * is no number. Aliases and merge keys (`<<`) stand for what they point at.
 */
export async function readYaml(text: string): Promise<Tree> {
  const yaml = await import('yaml');
  const tokens = tokensOf(yaml, text);
  if (tokens === null) return tooDeepTree();
  // The library compares each key of a map with every other one; the converter looks for twins in one pass.
  const composer = new yaml.Composer({ schema: 'failsafe', uniqueKeys: false });
  const [document] = composer.compose(tokens, true, text.length);
  const converter = new Converter(yaml, text);
  const root = converter.convert(document?.contents);
  const errors = (document?.errors ?? []).map(({ message, pos }) => grammarError(message, pos[0]));
  const broken = [...errors, ...converter.twins].sort((left, right) => left.offset - right.offset);
  return { root, broken: broken.length > 0 ? broken : converter.excess };
}

function grammarError(message: string, offset: number): GrammarError {
  return { grammar: 'YAML', message, offset };
}

/** What stands for more than it is, an alias or a merge. Each level can double it; honest files have a handful. */
const BORROWED = 10_000;

class Converter {
  readonly #yaml: typeof Yaml;
  readonly #text: string;
  /** undefined while the node is being converted: an alias to a node that holds it stands for nothing. */
  readonly #done = new Map<YamlNode, Node | undefined>();
  readonly #anchors = new Map<string, YamlNode>();
  /** How many nodes a converted one holds, itself and those of its aliases among them. */
  readonly #sizes = new Map<Node, number>();
  readonly #twins: GrammarError[] = [];
  #borrowed = 0;
  #firstExcess: number | undefined;

  constructor(yaml: typeof Yaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
  }

  /** Keys that stand twice in a map. */
  get twins(): Tree['broken'] {
    return this.#twins;
  }

  /** Where aliases and merges begin to stand for too much. */
  get excess(): Tree['broken'] {
    if (this.#firstExcess === undefined) return [];
    const message = `aliases and merges expand to more than ${BORROWED} values`;
    return [{ grammar: null, message, offset: this.#firstExcess }];
  }

  convert(node: unknown): Node | undefined {
    if (this.#yaml.isAlias(node)) {
      const target = this.#anchors.get(node.source);
      const meant = target === undefined ? undefined : this.#done.get(target);
      return meant === undefined || !this.#borrows(this.#sizes.get(meant) ?? 1, node.range?.[0])
        ? undefined
        : meant;
    }
    if (!this.#yaml.isNode(node)) return undefined;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const converted = this.#fresh(node);
    this.#done.set(node, converted);
    if (converted !== undefined) this.#sizes.set(converted, this.#sizeOf(converted));
    return converted;
  }

  /** @returns Whether so many more nodes may be taken from elsewhere. */
  #borrows(size: number, offset = 0): boolean {
    this.#borrowed += size;
    if (this.#borrowed <= BORROWED) return true;
    this.#firstExcess ??= offset;
    return false;
  }

  #sizeOf(node: Node): number {
    const inner =
      node.kind === 'table' ? node.entries.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
    return inner.reduce((sum, item) => sum + (this.#sizes.get(item) ?? 1), 1);
  }

  #fresh(node: YamlNode): Node | undefined {
    const [start = 0, end = start] = node.range ?? [];
    const place = { at: start, span: { start, end } };
    if (this.#yaml.isMap(node)) {
      const keys = new Set<unknown>();
      return { kind: 'table', entries: node.items.flatMap((pair) => this.#entries(pair, keys)), ...place };
    }
    if (this.#yaml.isSeq(node)) {
      const items = node.items.map((item) => this.convert(item));
      return { kind: 'list', items: items.filter((item) => item !== undefined), ...place };
    }
    if (!this.#yaml.isScalar(node)) return undefined;
    const value = typeof node.value === 'string' ? node.value : '';
    if (node.type === 'PLAIN' && value === '') return { kind: 'other', value: null, raw: '', ...place };
    const quotes = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
    const inner = { start: start + quotes, end: Math.max(start + quotes, end - quotes) };
    return { ...textNode(this.#text, inner, value), at: start };
  }

  #entries(
    { key: keyNode, value: valueNode }: { readonly key: unknown; readonly value: unknown },
    keys: Set<unknown>,
  ): readonly Entry[] {
    if (this.#yaml.isScalar(keyNode)) {
      const previousSize = keys.size;
      if (keys.add(keyNode.value).size === previousSize)
        this.#twins.push(grammarError('Map keys must be unique', keyNode.range?.[0] ?? 0));
    }
    const key = this.convert(keyNode);
    const value = this.convert(valueNode);
    if (key?.kind !== 'text' || value === undefined) return [];
    return key.value === '<<' ? this.#merge(value) : [{ key, value }];
  }

  #merge(value: Node): readonly Entry[] {
    const tables = value.kind === 'list' ? value.items : [value];
    const entries = tables.flatMap((table) => (table.kind === 'table' ? table.entries : []));
    return this.#borrows(entries.length, value.span.start) ? entries : [];
  }
}
