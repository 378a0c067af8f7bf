import { LINE_END, Operands } from './python-operands.ts';
import type { PythonToken } from './python-tokens.ts';
import { pythonTokens } from './python-tokens.ts';
import type { TextNode } from '../../../documents/document.ts';
import { textNode } from '../../../documents/document.ts';

/** The strings that an expression holds, and those of the variables that it uses. */
export interface Strings {
  readonly texts: readonly TextNode[];
  readonly parts: readonly Strings[];
  /** Words in it that are no variables of the file, or not yet: what it imports is among them. */
  readonly otherWords: readonly string[];
}

export interface PythonLiterals {
  /** What keyword arguments and dictionary entries of the wanted names hold. */
  readonly found: ReadonlyMap<string, readonly Strings[]>;
  readonly broken: readonly { readonly message: string; readonly offset: number }[];
}

/**
 * Collects the strings that stand in a Python file as `name=value` within a call, as `"name": value` in a
 * dictionary or as `x["name"] = value` and `x["name"].append(value)`, without running anything. Variables that hold literals are followed;
 * of several assignments all count, so the result is rather too large than too small. Keys of dictionaries,
 * arguments of calls, indexes and comparisons are left out.
 *
 * @param names `call.name` stands for an argument of that call alone.
 */
export function readPythonLiterals(text: string, names: ReadonlySet<string>): PythonLiterals {
  return literalsIn(text, names, (reader) => reader.found);
}

/** @returns What the variables of a Python file hold, as `readPythonLiterals` follows them, and what is wrong with the file. */
export function readPythonVariables(text: string): PythonLiterals {
  return literalsIn(
    text,
    new Set(),
    ({ variables }) => new Map([...variables].map(([name, variable]) => [name, [variable]])),
  );
}

function literalsIn(
  text: string,
  names: ReadonlySet<string>,
  selection: (reader: LiteralReader) => PythonLiterals['found'],
): PythonLiterals {
  const tokens = [...pythonTokens(text)];
  const bad = tokens.find(({ kind }) => kind === 'bad');
  const reader = new LiteralReader({ text, tokens, names });
  const unclosed = reader.read();
  const offset = bad?.start ?? unclosed;
  if (offset === undefined) return { found: selection(reader), broken: [] };
  const message = bad === undefined ? 'a bracket is never closed' : 'a string has no end';
  return { found: selection(reader), broken: [{ message, offset }] };
}

/** @returns Every string once, in the order of the text. */
export function textsIn(roots: readonly Strings[]): readonly TextNode[] {
  const texts = new Set([...withParts(roots)].flatMap((strings) => strings.texts));
  return [...texts].sort((left, right) => left.span.start - right.span.start);
}

/** @returns The words that are no variables of the file. */
export function otherWordsIn(roots: readonly Strings[]): ReadonlySet<string> {
  return new Set([...withParts(roots)].flatMap((strings) => strings.otherWords));
}

function withParts(roots: readonly Strings[]): ReadonlySet<Strings> {
  const allStrings = new Set<Strings>(roots);
  // A set hands out what is added to it while it is walked, so this visits shared and cyclic parts once.
  for (const { parts } of allStrings) for (const part of parts) allStrings.add(part);
  return allStrings;
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);
/** Of a path, which is no text of its own. */
const JOINS = '/';
const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'is']);
/** Words after which a bracket opens a value. After every other word it holds arguments or an index. */
const BEFORE_VALUE = new Set(['in', 'is', 'if', 'else', 'or', 'and', 'not', 'return', 'lambda', 'for']);
const BUILDERS = new Set(['list', 'tuple', 'set', 'sorted', 'dict']);

/** Methods that add to a list, a set or a dictionary. */
const ADDITIONS = new Set(['.append', '.extend', '.update', '.add']);

/** No keyword of setuptools takes values that lie deeper. */
const INDEXES = 3;

/** A variable while the file is read: later statements add to it. */
interface Variable {
  readonly texts: TextNode[];
  readonly parts: Strings[];
  readonly otherWords: string[];
  /** It is one string of one line: a call that gets it mostly reads a file of that name. */
  isWord: boolean;
}

class LiteralReader {
  readonly found = new Map<string, Strings[]>();
  readonly #text: string;
  readonly #tokens: readonly PythonToken[];
  readonly #names: ReadonlySet<string>;
  readonly #operands: Operands;
  readonly variables = new Map<string, Variable>();
  /** The token up to which a wanted value has been read: what stands in it counts once. */
  #readUpTo = 0;
  /** The token up to which the last assigned value goes: no other assignment begins in it. */
  #assignedUpTo = 0;

  constructor(source: { text: string; tokens: readonly PythonToken[]; names: ReadonlySet<string> }) {
    this.#text = source.text;
    this.#tokens = source.tokens;
    this.#names = source.names;
    this.#operands = new Operands(source.tokens, (name) => this.variables.get(name)?.isWord === true);
  }

  /** @returns The offset of the first bracket that is never closed. */
  read(): number | undefined {
    const open: { readonly start: number; readonly callee: string }[] = [];
    for (const [at, token] of this.#tokens.entries()) {
      if (OPENING.has(token.text)) open.push({ start: token.start, callee: lastPart(this.#sign(at - 1)) });
      else if (CLOSING.has(token.text)) open.pop();
      if (open.length === 0) this.#statement(at);
      this.#pair(at, open.at(-1)?.callee);
    }
    return open[0]?.start;
  }

  /** `name = …`, `name += …`, `name["key"] = …`, `name.append(…)`, `name["key"].append(…)`: what is known of a variable grows. */
  #statement(at: number): void {
    const token = this.#tokens[at];
    const previousToken = this.#tokens[at - 1];
    const isFirst = previousToken === undefined || previousToken.kind === 'end' || previousToken.text === ':';
    if (token?.kind !== 'word' || !isFirst || at < this.#assignedUpTo) return;
    const [name = '', method] = token.text.split('.');
    const value =
      method === undefined
        ? this.#added(this.#afterIndexes(at + 1))
        : ADDITIONS.has(`.${method}`) && this.#sign(at + 1) === '('
          ? at + 2
          : undefined;
    if (value !== undefined) this.#assign(name, value);
  }

  /** @returns Where what stands at a token goes on behind a few indexes of one word or string each: `["key"][0]`. */
  #afterIndexes(at: number): number {
    let next = at;
    for (
      let count = 0;
      count < INDEXES && this.#sign(next) === '[' && this.#sign(next + 2) === ']';
      count += 1
    )
      next += 3;
    return next;
  }

  /** @returns Where a value begins that is assigned or added: behind `=`, `+=`, `.append(`. */
  #added(at: number): number | undefined {
    const sign = this.#sign(at);
    if (sign === '=' || sign === '+=') return at + 1;
    return ADDITIONS.has(sign) && this.#sign(at + 1) === '(' ? at + 2 : undefined;
  }

  #assign(name: string, at: number): void {
    const { strings, next } = this.#expression(at);
    const { texts, parts, otherWords } = strings;
    this.#assignedUpTo = next;
    const variable = this.variables.get(name) ?? { texts: [], parts: [], otherWords: [], isWord: true };
    const isWord = this.#tokens[at]?.kind === 'string' && next === at + 1;
    variable.isWord &&= isWord && texts.every(({ value }) => !LINE_END.test(value));
    for (const text of texts) variable.texts.push(text);
    for (const part of parts) variable.parts.push(part);
    for (const word of otherWords) variable.otherWords.push(word);
    this.variables.set(name, variable);
  }

  /** `name=…` in brackets, `"name": …`, `["name"] = …`, `["name"].append(…)`. */
  #pair(at: number, callee: string | undefined): void {
    const token = this.#tokens[at];
    const next = this.#sign(at + 1);
    if (token?.kind === 'word' && callee !== undefined && next === '=') {
      this.#keep(token.text, at + 2);
      this.#keep(`${callee}.${token.text}`, at + 2);
    } else if (token?.kind !== 'string') return;
    else if (next === ':') this.#keep(token.node.value, at + 2);
    else if (next === ']' && this.#sign(at - 1) === '[') {
      const value = this.#added(this.#afterIndexes(at + 2));
      if (value !== undefined) this.#keep(token.node.value, value);
    }
  }

  #keep(name: string, at: number): void {
    if (!this.#names.has(name) || at < this.#readUpTo) return;
    const { strings, next } = this.#expression(at);
    this.#readUpTo = next;
    const values = this.found.get(name);
    if (values === undefined) this.found.set(name, [strings]);
    else values.push(strings);
  }

  /** Reads up to the comma, the closing bracket or the end of the line that ends the expression. */
  #expression(from: number): { readonly strings: Strings; readonly next: number } {
    const strings: Variable = { texts: [], parts: [], otherWords: [], isWord: false };
    const open: boolean[] = [];
    let foreign = 0;
    let fieldsEnd = from;
    let at = from;
    for (; at < this.#tokens.length; at += 1) {
      const token = this.#tokens[at];
      if (token === undefined || token.kind === 'bad') break;
      if (open.length === 0 && (token.kind === 'end' || token.text === ',' || CLOSING.has(token.text))) break;
      if (OPENING.has(token.text)) {
        if (at >= fieldsEnd && this.#operands.isBehindVersion(at)) fieldsEnd = this.#operands.closing(at);
        open.push(this.#opensArguments(at));
        if (open.at(-1) === true) foreign += 1;
      } else if (CLOSING.has(token.text)) {
        if (open.pop() === true) foreign -= 1;
      } else if (token.kind === 'word') {
        if (!this.#isVersion(at, at < fieldsEnd)) this.#addVariable(strings, at, foreign > 0);
      } else if (token.kind === 'string') {
        const last = this.#lastOfRun(at);
        const isValue = foreign === 0 && this.#isValue(at, last) && !this.#isVersion(at, at < fieldsEnd);
        if (isValue) strings.texts.push(this.#run(at, last, token.node));
        at = last;
      }
    }
    return { strings, next: at };
  }

  /** Does a bracket hold the arguments of a call, an index, or what is taken away? */
  #opensArguments(at: number): boolean {
    const previousToken = this.#tokens[at - 1];
    if (previousToken?.text === '-') return true;
    if (this.#sign(at) === '{' || previousToken === undefined) return false;
    if (previousToken.kind === 'string' || previousToken.text === ')' || previousToken.text === ']')
      return true;
    return (
      previousToken.kind === 'word' &&
      !BEFORE_VALUE.has(previousToken.text) &&
      !BUILDERS.has(previousToken.text)
    );
  }

  #addVariable(strings: Variable, at: number, isArgument: boolean): void {
    if (this.#sign(at + 1) === '=' || this.#isWantedEntry(at)) return;
    const name = this.#sign(at);
    const variable = this.variables.get(name);
    if (variable === undefined || (isArgument && variable.isWord)) strings.otherWords.push(name);
    else strings.parts.push(variable);
  }

  /** What a dictionary holds under a wanted name counts where it stands, and its other entries do not: `kwargs["name"]`. */
  #isWantedEntry(at: number): boolean {
    const key = this.#tokens[at + 2];
    return this.#sign(at + 1) === '[' && key?.kind === 'string' && this.#names.has(key.node.value);
  }

  /** What one string puts into another's version is no requirement: `"flask>=" + V`, `"flask>=%s" % V`, `% (V, W)`. */
  #isVersion(at: number, isField: boolean): boolean {
    return this.#operands.isOneLine(at) && (isField || this.#operands.isBehindVersion(at));
  }

  /** Neighbouring strings are one. */
  #lastOfRun(at: number): number {
    let last = at;
    while (this.#tokens[last + 1]?.kind === 'string') last += 1;
    return last;
  }

  #run(at: number, last: number, first: TextNode): TextNode {
    if (at === last) return first;
    const pieces = this.#tokens
      .slice(at, last + 1)
      .flatMap((token) => (token.kind === 'string' ? [token.node] : []));
    const end = pieces.at(-1)?.span.end ?? first.span.end;
    const value = pieces.map((piece) => piece.value).join('');
    return textNode(this.#text, { start: first.span.start, end }, value);
  }

  /** Keys, operands of comparisons, parts of paths and separators of `.join()` are no values. */
  #isValue(first: number, last: number): boolean {
    const next = this.#sign(last + 1);
    return (
      next !== ':' &&
      next !== JOINS &&
      this.#sign(first - 1) !== JOINS &&
      !COMPARISONS.has(this.#sign(first - 1)) &&
      !COMPARISONS.has(next) &&
      next !== '.join'
    );
  }

  #sign(at: number): string {
    return this.#tokens[at]?.text ?? '';
  }
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
