import type * as Yaml from 'yaml';
import type { Document, Node as YamlNode, Pair, Scalar } from 'yaml';
import { tokensOf } from '../text/yaml-tokens.ts';
import type { Problem } from './problems.ts';
import { refusalsIn } from './yaml-refusals.ts';
import {
  plainValue,
  quotedText,
  textNode,
  tooDeepTree,
  valuesIn,
  type Entry,
  type GrammarError,
  type Node,
  type TextNode,
  type Tree,
} from './document.ts';

/** One slip of indentation makes the library report dozens of errors; the first ones tell. */
const mostErrors = 10;

/** How a text is read. */
export interface YamlDialect {
  readonly aliases?: AliasPolicy;
}

/**
 * What aliases are. `resolve`: aliases and merge keys (`<<`) stand for what they point at, and every scalar is a
 * string, as written: a version such as `1.10` is no number. `refuse`: an alias, which can grow without bounds, and
 * whatever else plain data does not need are told; numbers are numbers, and keys that stand twice are the caller's matter.
 */
export type AliasPolicy = 'resolve' | 'refuse';

/** A tree, and what the policy refuses. */
export interface YamlTree extends Tree {
  readonly refused: readonly Problem[];
}

/** Reads the first document of a YAML text (1.2). */
export async function readYaml(text: string, { aliases = 'resolve' }: YamlDialect = {}): Promise<YamlTree> {
  const yaml = await import('yaml');
  const tokens = tokensOf(yaml, text);
  if (tokens === null) return { ...tooDeepTree(), refused: [] };
  const schema = aliases === 'refuse' ? 'core' : 'failsafe';
  // The library compares each key of a map with every other one; the converter looks for twins in one pass.
  const composer = new yaml.Composer({ schema, uniqueKeys: false, logLevel: 'error' });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) return { root: undefined, broken: [], refused: [] };
  const converter = new Converter(yaml, text, aliases);
  const root = isEmpty(document, yaml) ? undefined : converter.convert(document.contents);
  const errors = document.errors.map(({ message, pos }) => grammarError(message, pos[0]));
  if (aliases === 'refuse') {
    if (second !== undefined) errors.push(grammarError('the file holds several documents', second.range[0]));
    for (const { message, pos } of document.warnings)
      errors.push({ ...grammarError(message, pos[0]), isWarning: true });
    const refused = root === undefined ? [] : refusalsIn(document, yaml);
    return { root, broken: errors.slice(0, mostErrors), refused };
  }
  const broken = [...errors, ...converter.twins].sort((left, right) => left.offset - right.offset);
  return { root, broken: broken.length > 0 ? broken : converter.excess, refused: [] };
}

function isEmpty({ contents }: Document, { isScalar }: typeof Yaml): boolean {
  return contents === null || (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN');
}

function grammarError(message: string, offset: number): GrammarError {
  return { grammar: 'YAML', message, offset };
}

/** What stands for more than it is, an alias or a merge. Each level can double it; honest files have a handful. */
const BORROWED = 10_000;

class Converter {
  readonly #yaml: typeof Yaml;
  readonly #text: string;
  readonly #isPlain: boolean;
  /** undefined while the node is being converted: an alias to a node that holds it stands for nothing. */
  readonly #done = new Map<YamlNode, Node | undefined>();
  readonly #anchors = new Map<string, YamlNode>();
  /** How many nodes a converted one holds, itself and those of its aliases among them. */
  readonly #sizes = new Map<Node, number>();
  readonly #twins: GrammarError[] = [];
  #borrowed = 0;
  #firstExcess: number | undefined;

  constructor(yaml: typeof Yaml, text: string, aliases: AliasPolicy) {
    this.#yaml = yaml;
    this.#text = text;
    this.#isPlain = aliases === 'refuse';
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
      if (this.#isPlain) return nothing(node.range?.[0]);
      const target = this.#anchors.get(node.source);
      const meant = target === undefined ? undefined : this.#done.get(target);
      return meant === undefined || !this.#borrows(this.#sizes.get(meant) ?? 1, node.range?.[0])
        ? undefined
        : meant;
    }
    if (!this.#yaml.isNode(node)) return undefined;
    if (this.#isPlain) return this.#fresh(node);
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
    return valuesIn(node).reduce((sum, item) => sum + (this.#sizes.get(item) ?? 1), 1);
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
    return this.#yaml.isScalar(node) ? this.#scalar(node) : undefined;
  }

  #scalar(node: Scalar): Node {
    const { value, type, source = '' } = node;
    if (typeof value === 'string' && (type !== 'PLAIN' || value !== '')) return this.#string(node, value);
    const [start = 0, end = start] = node.range ?? [];
    const place = { at: start, span: { start, end } };
    return { kind: 'other', value: value === '' ? null : plainValue(value), raw: source, ...place };
  }

  #string({ range, type }: Scalar, value: string): TextNode {
    const [start = 0, end = start] = range ?? [];
    const quotes = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0;
    const inner = { start: start + quotes, end: Math.max(start + quotes, end - quotes) };
    return quotedText(this.#text, { at: start, span: inner }, value);
  }

  #entries({ key: keyNode, value: valueNode }: Pair, keys: Set<unknown>): readonly Entry[] {
    if (!this.#isPlain && this.#yaml.isScalar(keyNode)) {
      const previousSize = keys.size;
      if (keys.add(keyNode.value).size === previousSize)
        this.#twins.push(grammarError('Map keys must be unique', keyNode.range?.[0] ?? 0));
    }
    const key = this.#key(keyNode);
    const value = this.#isPlain && valueNode === null ? nothing(key?.at) : this.convert(valueNode);
    if (key === undefined || value === undefined) return [];
    return key.value === '<<' && !this.#isPlain ? this.#merge(value) : [{ key, value }];
  }

  /** A name may look like a number. */
  #key(node: unknown): TextNode | undefined {
    const key = this.convert(node);
    if (key?.kind !== 'other') return key?.kind === 'text' ? key : undefined;
    return this.#yaml.isScalar(node) ? textNode(this.#text, key.span) : undefined;
  }

  #merge(value: Node): readonly Entry[] {
    const tables = value.kind === 'list' ? value.items : [value];
    const entries = tables.flatMap((table) => (table.kind === 'table' ? table.entries : []));
    return this.#borrows(entries.length, value.span.start) ? entries : [];
  }
}

function nothing(at = 0): Node {
  return { kind: 'other', value: null, raw: '', at, span: { start: at, end: at } };
}
