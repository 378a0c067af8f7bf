import type { Span } from '../../../model/text.ts';

/** Longer than the arguments of any real call. */
const MAX_ARGUMENTS = 500;

/** Names that stand for names, and values that one may have: more than in any real program. */
const MAX_DEPTH = 6;
const MAX_SEQUENCES = 40;
const MAX_PARTS = 20;

/** A path as an expression says it. */
interface PathValue {
  /** The literals that it is joined from, in every way that is possible. */
  readonly sequences: readonly (readonly string[])[];
  /** How many folders above the path of the file it leads: null where it does not start from there. */
  readonly height: number | null;
}

/** A name is bound to an expression, or to each item of one. */
interface Binding extends Span {
  readonly at: number;
  readonly isLoop: boolean;
}

/** The names of a program that stand for paths made of literals. */
export class Constants {
  readonly #text: string;
  readonly #code: string;
  readonly #values = new Map<Binding, PathValue>();
  #bindings: ReadonlyMap<string, readonly Binding[]> | undefined;

  /** @param code The text without what its comments and strings hold, at the same offsets. */
  constructor(text: string, code: string) {
    this.#text = text;
    this.#code = code;
  }

  /** @param at Where the expression is used: what a name is bound to before counts. */
  valueOf(expression: Span, at: number, depth = 0): PathValue {
    const code = this.#code.slice(expression.start, expression.end);
    let sequences: readonly (readonly string[])[] = [[]];
    let height = code.includes('__file__') ? heightIn(code) : null;
    for (const token of code.matchAll(
      /(["'])((?:\{\w+\})? *)\1|(?<![\w.])([A-Za-z_]\w*)(?!\s*(?:[\w(]|=(?!=)))/g,
    )) {
      const [, quote, { length } = '', name = ''] = token;
      const start = expression.start + token.index + 1;
      const literal = this.#text.slice(start, start + length);
      const part =
        quote === undefined
          ? this.#named(name, at, depth)
          : this.#literal(literal, { before: code.slice(0, token.index), at, depth });
      if (part === undefined) continue;
      if (part.height !== null) height = part.height + heightIn(code);
      sequences = sequences
        .flatMap((sequence) => part.sequences.map((items) => [...sequence, ...items].slice(0, MAX_PARTS)))
        .slice(0, MAX_SEQUENCES);
    }
    return { sequences, height };
  }

  /** @returns What a name stands for; undefined where nothing in the program says so. */
  #named(name: string, at: number, depth: number): PathValue | undefined {
    this.#bindings ??= bindingsIn(this.#code);
    const binding = this.#bindings.get(name)?.findLast((candidate) => candidate.at < at);
    if (binding === undefined || depth >= MAX_DEPTH) return undefined;
    const cached = this.#values.get(binding);
    if (cached !== undefined) return cached;
    const { sequences, height } = this.valueOf(binding, binding.at, depth + 1);
    const items = sequences.flatMap((sequence) => sequence.map((item) => [item]));
    const value = { height, sequences: binding.isLoop ? items : sequences };
    this.#values.set(binding, value);
    return value;
  }

  /**
   * A literal with escapes is no path that a program of several systems has. One that is put behind a folder goes on with
   * a slash: `ROOT + "/lib"`, `f"{ROOT}/lib"`.
   */
  #literal(
    literal: string,
    { before: code, at, depth }: { readonly before: string; readonly at: number; readonly depth: number },
  ): PathValue | undefined {
    const [, name, subpath = ''] = /^\{(\w+)\}\/?(.*)$/.exec(literal) ?? [];
    const path = /\+\s*\w?$/.test(code) ? literal.replace(/^\//, '') : literal;
    const value = name === undefined ? undefined : this.#named(name, at, depth);
    const items = [name === undefined ? path : subpath].filter((part) => /^[^\\\r\n]+$/.test(part));
    if (value === undefined) return { sequences: [items], height: null };
    return { ...value, sequences: value.sequences.map((sequence) => [...sequence, ...items]) };
  }
}

function bindingsIn(code: string): ReadonlyMap<string, readonly Binding[]> {
  const bindings = new Map<string, Binding[]>();
  const add = (name: string, binding: Binding) => {
    const list = bindings.get(name) ?? [];
    list.push(binding);
    bindings.set(name, list);
  };
  for (const { index, 0: head, 1: name = '' } of code.matchAll(
    /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[ \t]*[\w.]+[ \t]*)?=(?!=)/gm,
  ))
    add(name, { ...expressionAt(code, index + head.length), at: index, isLoop: false });
  for (const { index, 0: head, 1: name = '' } of code.matchAll(/\bfor[ \t]+([A-Za-z_]\w*)[ \t]+in\b/g))
    add(name, { ...expressionAt(code, index + head.length), at: index, isLoop: true });
  return bindings;
}

/** How many folders up an expression goes with `dirname`, `parent` and `parents[n]`. */
function heightIn(code: string): number {
  const parents = [...code.matchAll(/\.parents\s*\[\s*(\d{1,2})\s*\]/g)];
  return (
    [...code.matchAll(/\bdirname\s*\(|\.parent\b/g)].length +
    parents.reduce((sum, [, at]) => sum + Number(at) + 1, 0)
  );
}

/** @returns The code from an opening bracket to the one that closes it, or to the statement's end where there is none. */
export function expressionAt(code: string, start: number): Span {
  const snippet = code.slice(start, start + MAX_ARGUMENTS);
  let depth = 0;
  for (let at = 0; at < snippet.length; at += 1) {
    const letter = snippet[at] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    if (depth <= 0 && ');:\r\n'.includes(letter)) {
      // A call within an expression closes its own bracket, and the expression goes on: `Path(x).parent / "lib"`.
      if (letter === ')' && depth === 0 && /^\)[ \t]*[./+]/.test(snippet.slice(at, at + 20))) continue;
      return { start, end: start + at };
    }
  }
  return { start, end: start + snippet.length };
}
