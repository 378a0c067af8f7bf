import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type * as Yaml from 'yaml';

/** One key of a map with its value, as offsets. */
export interface Slot {
  readonly key: string;
  readonly start: number;
  /** Just behind the colon. */
  readonly colon: number;
  /** Just behind the value, without the white space and the comment that follow; `colon` without a value. */
  readonly end: number;
  readonly value: Level;
}

/**
 * What a key holds, as far as editing needs to know: a map, in block style or between braces; nothing at
 * all; or something else.
 */
export type Level =
  | {
      readonly kind: 'block' | 'flow';
      readonly start: number;
      readonly end: number;
      readonly slots: readonly Slot[];
    }
  | { readonly kind: 'nothing' | 'other' };

/** @returns Where everything stands in a YAML file that has no errors. Loads the `yaml` library. */
export async function layoutOf(text: string): Promise<Level> {
  const library = await import('yaml');
  const document: Document = library.parseDocument(text, {
    uniqueKeys: false,
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  return new Layout(library, text).level(document.contents);
}

class Layout {
  readonly #library: typeof Yaml;
  readonly #text: string;

  constructor(library: typeof Yaml, text: string) {
    this.#library = library;
    this.#text = text;
  }

  level(node: unknown): Level {
    const { isMap, isScalar } = this.#library;
    if (node === null) return { kind: 'nothing' };
    if (isScalar(node)) return { kind: node.value === null && node.source === '' ? 'nothing' : 'other' };
    if (!isMap(node)) return { kind: 'other' };
    const [start, end] = node.range ?? [0, 0];
    return { kind: node.flow === true ? 'flow' : 'block', start, end, slots: this.#slots(node) };
  }

  #slots(map: YAMLMap): Slot[] {
    return map.items.flatMap((pair) => this.#slot(pair) ?? []);
  }

  #slot(pair: Pair): Slot | undefined {
    const { key, value, srcToken } = pair;
    if (!this.#library.isScalar(key) || !key.range) return undefined;
    const [start, keyEnd] = key.range;
    const colon = srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
    const colonEnd = colon === undefined ? keyEnd : colon.offset + 1;
    const text = typeof key.value === 'string' ? key.value : (key.source ?? '');
    return { key: text, start, colon: colonEnd, end: this.#end(value, colonEnd), value: this.level(value) };
  }

  #end(node: unknown, otherwise: number): number {
    const { isCollection, isMap, isNode, isPair } = this.#library;
    if (!isNode(node) || !node.range) return otherwise;
    if (isCollection(node) && node.flow !== true) {
      const last = node.items.at(-1);
      if (isMap(node) && isPair(last)) return this.#slot(last)?.end ?? otherwise;
      return this.#end(last, otherwise);
    }
    return this.#trimmed(node, otherwise);
  }

  #trimmed(node: Node, otherwise: number): number {
    let end = node.range?.[1] ?? otherwise;
    while (end > otherwise && /\s/.test(this.#text[end - 1] ?? '')) end--;
    return Math.max(end, otherwise);
  }
}
