import type * as Yaml from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import {
  tooDeepAt,
  whyNotParse,
  type Member,
  type Problem,
  type ScalarTree,
  type Tree,
  type TreeRead,
} from './checked.ts';
import { tokensOf } from '../text/yaml-tokens.ts';

/** One slip of indentation makes the library report dozens of errors; the first ones tell. */
const mostErrors = 10;

/** Characters that YAML 1.2 (section 5.1) excludes, and a lone CR, which hides text from readers of lines. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/;

/**
 * Reads YAML 1.2 as a tree. Anchors, aliases, tags and keys that are no scalars are problems: nothing in our files
 * needs them, and an alias can grow without bounds.
 *
 * @param text Without a byte-order mark. Loads the `yaml` library on the first call.
 */
export async function readYaml(text: string): Promise<TreeRead> {
  const early = whyUnreadable(text);
  if (early !== undefined) return { root: null, problems: [early] };
  const library = await import('yaml');
  return convert(text, library);
}

function whyUnreadable(text: string): Problem | undefined {
  const early = whyNotParse(text);
  if (early !== undefined) return early;
  const odd = unprintable.exec(text);
  if (odd === null) return undefined;
  const code = odd[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
  return { at: odd.index, message: `the control character U+${code} is not allowed`, next: 'Delete it.' };
}

function convert(text: string, library: typeof Yaml): TreeRead {
  const tokens = tokensOf(library, text);
  if (tokens === null) return { root: null, problems: [tooDeepAt(0)] };
  const composer = new library.Composer({ uniqueKeys: false, logLevel: 'error' });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (document === undefined) return { root: null, problems: [] };
  const problem = (at: number, message: string): Problem => ({
    at,
    message: `not valid YAML: ${message}`,
    next: 'Correct the line; most YAML mistakes are indentation or a missing quote.',
  });
  const problems = [
    ...document.errors.map(({ pos, message }) => ({ ...problem(pos[0], message), breaks: true }) as const),
    ...(second === undefined
      ? []
      : [{ ...problem(second.range[0], 'the file holds several documents'), breaks: true } as const]),
    ...document.warnings.map(({ pos, message }) => problem(pos[0], message)),
  ].slice(0, mostErrors);
  const builder = new Builder(library, problems);
  const root = isEmpty(document, library) ? null : builder.tree(document.contents, 0);
  return { root, problems };
}

function isEmpty({ contents }: Document, { isScalar }: typeof Yaml): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '');
}

/** Turns the library's nodes into ours. */
class Builder {
  readonly #library: typeof Yaml;
  readonly #problems: Problem[];

  constructor(library: typeof Yaml, problems: Problem[]) {
    this.#library = library;
    this.#problems = problems;
  }

  tree(node: unknown, otherwise: number): Tree {
    const { isAlias, isMap, isNode, isScalar, isSeq } = this.#library;
    const at = isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
    this.#properties(node, at);
    if (isMap(node)) {
      return { kind: 'map', at, members: node.items.flatMap((pair) => this.#member(pair, at)) };
    }
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.tree(item, at)) };
    if (isScalar(node)) return scalar(node, at);
    if (isAlias(node)) {
      this.#problem(at, `the alias *${node.source} is not allowed here`, 'Write the value out.');
    }
    return { kind: 'scalar', at, value: null, text: '' };
  }

  #member(pair: Pair, otherwise: number): Member[] {
    const { isNode, isScalar } = this.#library;
    const at = isNode(pair.key) ? (pair.key.range?.[0] ?? otherwise) : otherwise;
    this.#properties(pair.key, at);
    if (!isScalar(pair.key)) {
      this.#problem(at, 'a key must be a plain name', 'Write a name, a colon, and the value.');
      return [];
    }
    return [{ key: scalar(pair.key, at).text, at, value: this.tree(pair.value, at) }];
  }

  /** A name for a value that is used elsewhere, or a type that it is turned into. */
  #properties(node: unknown, at: number): void {
    const { isCollection, isScalar } = this.#library;
    if (!isCollection(node) && !isScalar(node)) return;
    if (node.anchor !== undefined)
      this.#problem(at, `the anchor &${node.anchor} is not allowed here`, 'Delete it.');
    if (node.tag !== undefined)
      this.#problem(
        at,
        `the tag ${node.tag} is not allowed here`,
        'Delete it, and write text between quotation marks.',
      );
  }

  #problem(at: number, message: string, next: string): void {
    this.#problems.push({ at, message, next });
  }
}

function scalar(node: Node & { value: unknown; source?: string }, at: number): ScalarTree {
  const { value } = node;
  const isPrimitive =
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = typeof value === 'string' ? value : (node.source ?? '');
  return { kind: 'scalar', at, value: isPrimitive ? value : text, text };
}
