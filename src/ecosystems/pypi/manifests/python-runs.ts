import type { TextNode } from '../../../documents/document.ts';
import { partSpan, textNode } from '../../../documents/document.ts';
import type { PythonToken } from './python-tokens.ts';

/** The strings of a Python file: neighbours are one, and `.split()` makes several of one. */
export class StringRuns {
  readonly #text: string;
  readonly #tokens: readonly PythonToken[];
  /** What is known already, by the first token: the same string is always the same node. */
  readonly #texts = new Map<number, readonly TextNode[]>();

  constructor(text: string, tokens: readonly PythonToken[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** @returns The last of the strings that stand side by side from a token on. */
  last(at: number): number {
    let last = at;
    while (this.#tokens[last + 1]?.kind === 'string') last += 1;
    return last;
  }

  /** @returns What the strings from a token on are together. */
  textsOf(first: number): readonly TextNode[] {
    const texts = this.#texts.get(first) ?? this.#words(this.last(first), this.#run(first));
    this.#texts.set(first, texts);
    return texts;
  }

  #run(first: number): TextNode {
    const last = this.last(first);
    const pieces = this.#tokens
      .slice(first, last + 1)
      .flatMap((token) => (token.kind === 'string' ? [token.node] : []));
    const start = pieces[0]?.span.start ?? 0;
    const end = pieces.at(-1)?.span.end ?? start;
    if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
    return textNode(this.#text, { start, end }, pieces.map(({ value }) => value).join(''));
  }

  /** What `"flask six".split()` makes of a string. */
  #words(last: number, node: TextNode): readonly TextNode[] {
    if (this.#tokens[last + 1]?.text !== '.split' || this.#tokens[last + 2]?.text !== '(') return [node];
    const separator = this.#tokens[last + 3];
    const isGiven = separator?.kind === 'string' && separator.node.value !== '';
    let from = 0;
    return node.value.split(isGiven ? separator.node.value : /\s+/).map((word) => {
      const start = node.value.indexOf(word, from);
      from = start + word.length;
      return textNode(this.#text, partSpan(node, { start, end: from }), word);
    });
  }
}
