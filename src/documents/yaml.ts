import type * as Yaml from 'yaml';
import type { Node as YamlNode } from 'yaml';
import { tokensOf } from '../text/yaml-tokens.ts';
import type { Entry, Node, Tree } from './document.ts';
import { textNode } from './document.ts';

/**
 * What ends a line: in YAML 1.2 a carriage return alone does too (https://yaml.org/spec/1.2.2/#54-line-break-characters),
 * which js-yaml in pnpm and Yarn obeys and the library here does not. In YAML 1.1, NEL and the separators of Unicode end
 * one as well (https://yaml.org/spec/1.1/#id871856): PyYAML reads so, and ruamel.yaml, which is conda's, ends comments there.
 */
const lineEnds = { '1.2': /\r(?!\n)/g, '1.1': /\r(?!\n)|[\x85\u2028\u2029]/g };

/**
 * Reads the first document of a YAML text. Every scalar is a string, as written: a version such as `1.10`
 * is no number. Aliases and merge keys (`<<`) stand for what they point at.
 *
 * @param version Of YAML, as those read it whose file it is.
 */
export async function readYaml(text: string, version: keyof typeof lineEnds = '1.2'): Promise<Tree> {
  const yaml = await import('yaml');
  // As long as the text: what is read keeps its place.
  const tokens = tokensOf(yaml, text.replace(lineEnds[version], '\n'));
  if (tokens === null) return { root: undefined, broken: [{ message: 'nested too deeply', offset: 0 }] };
  // The library compares each key of a map with every other one; the converter looks for twins in one pass.
  const composer = new yaml.Composer({ schema: 'failsafe', uniqueKeys: false });
  const [document] = composer.compose(tokens, true, text.length);
  const converter = new Converter(yaml, text);
  const root = converter.convert(document?.contents);
  const errors = (document?.errors ?? []).map(({ message, pos }) => ({ message, offset: pos[0] }));
  const [first] = [...errors, ...converter.twins].sort((left, right) => left.offset - right.offset);
  if (first !== undefined) return { root, broken: [{ ...first, message: `invalid YAML: ${first.message}` }] };
  return { root, broken: converter.excess };
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
  readonly #twins: { readonly message: string; readonly offset: number }[] = [];
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
    return [{ message, offset: this.#firstExcess }];
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
    const span = { start, end };
    if (this.#yaml.isMap(node)) {
      const keys = new Set<unknown>();
      return { kind: 'table', entries: node.items.flatMap((pair) => this.#entries(pair, keys)), span };
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

  #entries(
    { key: keyNode, value: valueNode }: { readonly key: unknown; readonly value: unknown },
    keys: Set<unknown>,
  ): readonly Entry[] {
    if (this.#yaml.isScalar(keyNode)) {
      const previousSize = keys.size;
      if (keys.add(keyNode.value).size === previousSize)
        this.#twins.push({ message: 'Map keys must be unique', offset: keyNode.range?.[0] ?? 0 });
    }
    const key = this.#key(keyNode);
    // A key alone, as `{ lodash }` has it, has nothing for a value.
    const value = valueNode === null ? missingAfter(key) : this.convert(valueNode);
    if (key?.kind !== 'text' || value === undefined) return [];
    return key.value === '<<' ? this.#merge(value) : [{ key, value }];
  }

  /**
   * A list that is a key is its items between commas to js-yaml, which pnpm and Yarn read with
   * (https://github.com/nodeca/js-yaml/blob/4.1.1/lib/loader.js#L323): `[overrides]: …` is `overrides: …`.
   */
  #key(node: unknown): Node | undefined {
    const key = this.convert(node);
    if (key?.kind !== 'list') return key;
    const words = { other: '', list: '', table: '[object Object]' };
    const items = key.items.map((item) => (item.kind === 'text' ? item.value : words[item.kind]));
    return textNode(this.#text, key.span, items.join(','));
  }

  #merge(value: Node): readonly Entry[] {
    const tables = value.kind === 'list' ? value.items : [value];
    const entries = tables.flatMap((table) => (table.kind === 'table' ? table.entries : []));
    return this.#borrows(entries.length, value.span.start) ? entries : [];
  }
}

function missingAfter(key: Node | undefined): Node | undefined {
  const end = key?.span.end;
  return end === undefined ? undefined : { kind: 'other', raw: '', span: { start: end, end } };
}
