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

/**
 * What ends a line: in YAML 1.2 a carriage return alone does too (https://yaml.org/spec/1.2.2/#54-line-break-characters),
 * which js-yaml in pnpm and Yarn obeys and the library here does not. In YAML 1.1, NEL and the separators of Unicode end
 * one as well (https://yaml.org/spec/1.1/#id871856): PyYAML reads so, and ruamel.yaml, which is conda's, ends comments there.
 */
const lineEnds = { '1.2': /\r(?!\n)/g, '1.1': /\r(?!\n)|[\x85\u2028\u2029]/g };

/** How a text is read. */
export interface YamlReading {
  /**
   * `resolve`: aliases and merge keys (`<<`) stand for what they point at, and every scalar is a string, as written: a
   * version such as `1.10` is no number. `refuse`: an alias, which can grow without bounds, and whatever else plain data
   * does not need are told; numbers are numbers, and keys that stand twice are the caller's matter.
   */
  readonly aliases?: 'resolve' | 'refuse';
  /** Of YAML, as those read it whose file it is. */
  readonly version?: keyof typeof lineEnds;
}

/** A tree, and what is refused of the text. */
export interface YamlTree extends Tree {
  readonly refused: readonly Problem[];
}

/** Reads the first document of a YAML text. */
export async function readYaml(
  text: string,
  { aliases = 'resolve', version = '1.2' }: YamlReading = {},
): Promise<YamlTree> {
  const yaml = await import('yaml');
  // As long as the text: what is read keeps its place.
  const tokens = tokensOf(yaml, text.replace(lineEnds[version], '\n'));
  if (tokens === null) return { ...tooDeepTree(), refused: [] };
  const schema = aliases === 'refuse' ? 'core' : 'failsafe';
  // The library compares each key of a map with every other one; the converter looks for twins in one pass.
  const composer = new yaml.Composer({ schema, uniqueKeys: false, logLevel: 'error' });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) return { root: undefined, broken: [], refused: [] };
  const converter = new Converter(yaml, text, { aliases, version });
  const root = isEmpty(document, yaml) ? undefined : converter.convert(document.contents);
  const errors = document.errors.map(({ message, pos }) => grammarError(message, pos[0]));
  if (aliases === 'refuse') {
    if (second !== undefined) errors.push(grammarError('the file holds several documents', second.range[0]));
    for (const { message, pos } of document.warnings)
      errors.push({ ...grammarError(message, pos[0]), isWarning: true });
    const refused = root === undefined ? [] : refusalsIn(document, yaml);
    return { root, broken: errors.slice(0, mostErrors), refused };
  }
  const broken = [...errors, ...converter.errors].sort((left, right) => left.offset - right.offset);
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
  readonly #version: YamlReading['version'];
  /** undefined while the node is being converted: an alias to a node that holds it stands for nothing. */
  readonly #done = new Map<YamlNode, Node | undefined>();
  readonly #anchors = new Map<string, YamlNode>();
  /** How many nodes a converted one holds, itself and those of its aliases among them. */
  readonly #sizes = new Map<Node, number>();
  readonly #errors: GrammarError[] = [];
  #borrowed = 0;
  #firstExcess: number | undefined;

  constructor(yaml: typeof Yaml, text: string, { aliases, version }: YamlReading) {
    this.#yaml = yaml;
    this.#text = text;
    this.#isPlain = aliases === 'refuse';
    this.#version = version;
  }

  /** Keys that stand twice in a map, and anchors that end elsewhere for others. */
  get errors(): Tree['broken'] {
    return this.#errors;
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
    if (node.anchor !== undefined) this.#keep(node.anchor, node);
    const converted = this.#fresh(node);
    this.#done.set(node, converted);
    if (converted !== undefined) this.#sizes.set(converted, this.#sizeOf(converted));
    return converted;
  }

  /**
   * To YAML 1.2 and ruamel.yaml, which is conda's, an anchor goes on to the next blank. PyYAML ends it before a colon, and
   * reads on (`scan_anchor` in https://github.com/yaml/pyyaml/blob/6.0.2/lib/yaml/scanner.py): `- &a:b` lists `:b`.
   */
  #keep(anchor: string, node: YamlNode): void {
    this.#anchors.set(anchor, node);
    if (this.#version !== '1.1' || !/[:?]/.test(anchor)) return;
    const message = `the anchor &${anchor} has another end for other readers of YAML: give it a name of letters`;
    this.#errors.push({ grammar: null, message, offset: node.range?.[0] ?? 0 });
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
        this.#errors.push(grammarError('Map keys must be unique', keyNode.range?.[0] ?? 0));
    }
    const key = this.#key(keyNode);
    // A key alone, as `{ lodash }` has it, has nothing for a value.
    const value =
      valueNode === null ? nothing(this.#isPlain ? key?.at : key?.span.end) : this.convert(valueNode);
    if (key === undefined || value === undefined) return [];
    return key.value === '<<' && !this.#isPlain ? this.#merge(value) : [{ key, value }];
  }

  /**
   * A name may look like a number. A list that is a key is its items between commas to js-yaml, which pnpm and Yarn read
   * with (https://github.com/nodeca/js-yaml/blob/4.1.1/lib/loader.js#L323): `[overrides]: …` is `overrides: …`.
   */
  #key(node: unknown): TextNode | undefined {
    const key = this.convert(node);
    if (key?.kind === 'text') return key;
    if (key?.kind === 'list' && !this.#isPlain) {
      const words = { other: '', list: '', table: '[object Object]' };
      const items = key.items.map((item) => (item.kind === 'text' ? item.value : words[item.kind]));
      return textNode(this.#text, key.span, items.join(','));
    }
    return key?.kind === 'other' && this.#yaml.isScalar(node) ? textNode(this.#text, key.span) : undefined;
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
