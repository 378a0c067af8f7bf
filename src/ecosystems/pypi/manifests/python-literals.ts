import { LINE_END, Operands } from './python-operands.ts';
import type { PythonToken } from './python-tokens.ts';
import { pythonTokens } from './python-tokens.ts';
import { Statements, type Assignment } from './python-statements.ts';
import { StringRuns } from './python-runs.ts';
import { newVariable, textsIn, type Strings, type Variable } from './python-strings.ts';

export interface PythonLiterals {
  /** What keyword arguments and dictionary entries of the wanted names hold. */
  readonly found: ReadonlyMap<string, readonly Strings[]>;
  readonly broken: readonly { readonly message: string; readonly offset: number }[];
}

/**
 * Collects the strings that stand in a Python file as `name=value` within a call, as `"name": value` in a
 * dictionary or as `x["name"] = value` and `x["name"].append(value)`, without running anything. Variables, attributes and
 * functions of the file are followed; of several assignments all count, so the result is rather too large than too small.
 * Keys of dictionaries, indexes and comparisons are left out, and so are the arguments of calls, unless a call makes its
 * value of them alone.
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
    ({ variables, statements }) =>
      new Map(
        [...variables].flatMap(([name, variable]) =>
          statements.isFunction(name) || !variable.isAssigned ? [] : [[name, [variable]]],
        ),
      ),
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

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);
/** Of a path, which is no text of its own. */
const JOINS = '/';
const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'is']);
/** Words after which a bracket opens a value. After every other word it holds arguments or an index. */
const BEFORE_VALUE = new Set([
  'in',
  'is',
  'if',
  'else',
  'or',
  'and',
  'not',
  'return',
  'lambda',
  'for',
  'from',
  'yield',
]);
/** Functions and methods that hand on what they get (https://docs.python.org/3/library/functions.html, itertools). */
const HANDING =
  /^(?:list|tuple|set|frozenset|sorted|reversed|dict|OrderedDict|filter|map|sum|zip|iter|(?:itertools\.)?chain(?:\.from_iterable)?|(?:.*\.)?union|\.join)$/;
/** Methods that get a value for a key. */
const SETTERS = /^(?:.*\.)?(?:setdefault|setattr|__setitem__)$/;

/** Methods that make another value of a variable's (https://docs.python.org/3/library/stdtypes.html). */
const METHODS = new Set([
  ...['copy', 'items', 'keys', 'values', 'get', 'pop', 'union', '__add__'],
  ...['split', 'splitlines', 'strip', 'lower', 'format', 'replace', 'lstrip', 'rstrip'],
]);

/** Nobody writes an element of a comprehension of more tokens. */
const LONGEST_ELEMENT = 100;

/** Variables that are assigned more often say nothing. */
const MOST_WORDS = 10;

/** A name that a template is filled with, and that has nothing beside it but versions. */
const NAME_FIELD = /^\s*\{([^{}]*)\}\s*(?:$|[<>=!~[;@(])/;
/** No name, but what follows one in a dictionary. */
const VERSION = /^\s*(?:$|\*|[<>=!~^]|\d[\w.*+!-]*\s*(?:$|,))/;

class LiteralReader {
  readonly found = new Map<string, Strings[]>();
  readonly statements: Statements;
  readonly #tokens: readonly PythonToken[];
  readonly #names: ReadonlySet<string>;
  readonly #operands: Operands;
  readonly #runs: StringRuns;
  readonly variables = new Map<string, Variable>();
  /** The token up to which a wanted value has been read: what stands in it counts once. */
  #readUpTo = 0;
  /** The token up to which the last assigned value goes: no other assignment begins in it. */
  #assignedUpTo = 0;

  constructor(source: { text: string; tokens: readonly PythonToken[]; names: ReadonlySet<string> }) {
    this.#tokens = source.tokens;
    this.#names = source.names;
    this.#runs = new StringRuns(source.text, source.tokens);
    this.statements = new Statements(source.text, source.tokens);
    this.#operands = new Operands(source.tokens, (name) => this.variables.get(name)?.isWord === true);
  }

  /** @returns The offset of the first bracket that is never closed. */
  read(): number | undefined {
    // A function may use what stands below it, so all variables are known before one is looked at.
    for (const pass of [1, 2]) {
      if (pass === 2) for (const { parts } of this.variables.values()) parts.length = 0;
      this.#assignedUpTo = 0;
      this.#walk((at, depth) => {
        this.statements.pass(at);
        if (depth === 0) this.#statement(at);
      });
    }
    return this.#walk((at, depth, callee) => {
      this.#pair(at, depth === 0 ? undefined : callee);
    });
  }

  /** @returns The offset of the first bracket that is never closed. */
  #walk(visit: (at: number, depth: number, callee: string) => void): number | undefined {
    const open: { readonly start: number; readonly callee: string }[] = [];
    for (const [at, token] of this.#tokens.entries()) {
      if (OPENING.has(token.text)) open.push({ start: token.start, callee: lastPart(this.#sign(at - 1)) });
      else if (CLOSING.has(token.text)) open.pop();
      visit(at, open.length, open.at(-1)?.callee ?? '');
    }
    return open[0]?.start;
  }

  #variable(name: string): Variable {
    const variable = this.variables.get(name) ?? newVariable(true);
    this.variables.set(name, variable);
    return variable;
  }

  /** What is known of a variable grows with each statement. */
  #statement(at: number): void {
    const assignment = at < this.#assignedUpTo ? undefined : this.statements.assignmentAt(at);
    if (assignment === undefined) return;
    const values = this.#values(assignment);
    const { names, isTuple } = assignment;
    for (const [place, name] of names.entries()) {
      const isPaired = isTuple && names.length === values.length;
      this.#assign(this.#variable(name), isPaired ? values.slice(place, place + 1) : values);
    }
  }

  /** The values that stand side by side, with commas between them. */
  #values({ start, isLoop }: Assignment): readonly Variable[] {
    const values: Variable[] = [];
    for (let at = start; ;) {
      const { strings, next } = this.#expression(at, isLoop);
      values.push(strings);
      this.#assignedUpTo = next;
      if (this.#sign(next) !== ',') return values;
      at = next + 1;
    }
  }

  #assign(variable: Variable, values: readonly Variable[]): void {
    variable.isAssigned = true;
    variable.isWord &&= values.length === 1 && values.every(({ isWord }) => isWord);
    for (const value of values) variable.parts.push(value);
  }

  /** `name=…` in brackets, `"name": …`, `["name"] = …`, `["name"].append(…)`. */
  #pair(at: number, callee: string | undefined): void {
    const token = this.#tokens[at];
    const next = this.#sign(at + 1);
    if (token?.kind === 'word' && callee !== undefined && next === '=') {
      this.#keep(token.text, at + 2);
      this.#keep(`${callee}.${token.text}`, at + 2);
    } else if (token?.kind === 'string') this.#entry(token.node.value, at, callee);
    else if (token?.kind === 'word' && callee !== undefined && (next === ':' || next === ']')) {
      for (const word of this.#wordsOf(token.text)) this.#entry(word, at, callee);
    }
  }

  /** What stands under a key: `"name": …`, `["name"] = …`, `setdefault("name", …).append(…)`. */
  #entry(name: string, at: number, callee: string | undefined): void {
    if (!this.#names.has(name)) return;
    const next = this.#sign(at + 1);
    const opening = this.#sign(at - 1);
    if (next === ':') this.#keep(name, at + 2);
    else if (
      next === ',' &&
      opening === '(' &&
      (SETTERS.test(this.#sign(at - 2)) || OPENING.has(this.#sign(at + 2)))
    )
      this.#keep(name, at + 2);
    else if (next === ',' && callee === 'setattr') this.#keep(name, at + 2);
    const end = opening === '[' || opening === '(' ? this.statements.closing(at - 1) : undefined;
    const value =
      end === undefined ? undefined : this.statements.addedTo(this.statements.afterIndexes(end + 1));
    if (value !== undefined) this.#keep(name, value);
  }

  /** @returns What a variable holds that is one string wherever it is assigned. */
  #wordsOf(name: string): readonly string[] {
    const variable = this.#known(name);
    const isFew = variable?.isWord === true && variable.parts.length <= MOST_WORDS;
    return isFew ? textsIn([variable]).map(({ value }) => value) : [];
  }

  /** @returns A variable, also by what a method makes of it (`name.copy`), or by its class (`Settings.name`). */
  #known(word: string): Variable | undefined {
    const [first = '', second] = word.split('.');
    if (second === undefined || METHODS.has(second)) return this.variables.get(first);
    return this.statements.isOwner(first) ? this.variables.get(second) : undefined;
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
  #expression(from: number, isLoop = false): { readonly strings: Variable; readonly next: number } {
    const strings = newVariable(false);
    const open: boolean[] = [];
    let foreign = 0;
    let fieldsEnd = from;
    let at = from;
    for (; at < this.#tokens.length; at += 1) {
      const token = this.#tokens[at];
      if (token === undefined || token.kind === 'bad') break;
      if (open.length === 0 && (token.kind === 'end' || token.text === ',' || CLOSING.has(token.text))) break;
      if (open.length === 0 && isLoop && token.text === ':') break;
      if (OPENING.has(token.text)) {
        if (at >= fieldsEnd && this.#operands.isBehindVersion(at)) fieldsEnd = this.#operands.closing(at);
        open.push(this.#opensArguments(at));
        if (open.at(-1) === true) foreign += 1;
      } else if (CLOSING.has(token.text)) {
        if (open.pop() === true) foreign -= 1;
      } else if (token.kind === 'word') {
        if (this.#isOnlyName(from, at)) strings.otherWords.push(token.text);
        else if (!this.#isVersion(at, at < fieldsEnd)) this.#addVariable(strings, at, foreign > 0);
      } else if (token.kind === 'string') {
        const last = this.#runs.last(at);
        if (foreign === 0 && !this.#isVersion(at, at < fieldsEnd)) this.#addText(strings, at, last);
        at = last;
      }
    }
    strings.isWord =
      at === from + 1 &&
      strings.texts.length === 1 &&
      strings.texts.every(({ value }) => !LINE_END.test(value));
    return { strings, next: at };
  }

  #addText(strings: Variable, first: number, last: number): void {
    const token = this.#tokens[first];
    if (token?.kind !== 'string') return;
    const { value } = token.node;
    if (this.#isKeyOfVersion(last)) strings.keys.push(token.node);
    if (!this.#isValue(first, last) || (this.#sign(first - 1) === ':' && VERSION.test(value))) return;
    for (const node of this.#runs.textsOf(first)) strings.texts.push(node);
    const field = /[\w.]+/.exec(NAME_FIELD.exec(value)?.[1] ?? '')?.[0];
    const variable = field === undefined ? undefined : this.#known(field);
    if (variable !== undefined) strings.parts.push(variable);
  }

  /** Is the token behind a key a version and nothing more? */
  #isKeyOfVersion(at: number): boolean {
    const value = this.#tokens[at + 2];
    const end = this.#sign(at + 3);
    if (this.#sign(at + 1) !== ':' || (end !== ',' && end !== '}')) return false;
    if (value?.kind === 'string') return VERSION.test(value.node.value);
    const versions = value?.kind === 'word' ? this.#wordsOf(value.text) : [];
    return versions.length > 0 && versions.every((version) => VERSION.test(version));
  }

  /** Does a bracket hold the arguments of a call, an index, or what is taken away? */
  #opensArguments(at: number): boolean {
    const previousToken = this.#tokens[at - 1];
    if (previousToken?.text === '-') return true;
    if (this.#sign(at) === '{' || previousToken === undefined) return false;
    if (previousToken.kind === 'string' || previousToken.text === ')' || previousToken.text === ']')
      return true;
    return previousToken.kind === 'word' && !BEFORE_VALUE.has(previousToken.text) && !this.#handsOn(at);
  }

  /** Does the call whose bracket stands at a token make its value of its arguments? */
  #handsOn(at: number): boolean {
    const callee = this.#sign(at - 1);
    if (this.#sign(at) !== '(') return false;
    const template = this.#tokens[at - 2];
    if (callee === '.format') return template?.kind === 'string' && NAME_FIELD.test(template.node.value);
    return HANDING.test(callee) || this.statements.isPlainFunction(callee);
  }

  #addVariable(strings: Variable, at: number, isArgument: boolean): void {
    if (this.#sign(at + 1) === '=' || this.#isWantedEntry(at)) return;
    const name = this.#sign(at);
    const variable = this.#known(name);
    const isFileName = isArgument && variable?.isWord === true;
    if (variable === undefined || isFileName || this.statements.looksOutside(name))
      strings.otherWords.push(name);
    if (variable !== undefined && !isFileName) strings.parts.push(variable);
  }

  /** Does a loop within an expression hand its words to what looks for files, and put them nowhere else but in keys? */
  #isOnlyName(from: number, at: number): boolean {
    if (this.#sign(at - 1) !== 'in' || this.#sign(at - 3) !== 'for') return false;
    const name = this.#sign(at - 2);
    let outside: number | undefined;
    let isHandedOver = false;
    for (let next = Math.max(from, at - LONGEST_ELEMENT); next < at - 3; next += 1) {
      if (this.#sign(next) === '(' && this.statements.looksOutside(this.#sign(next - 1)))
        outside ??= this.statements.closing(next) ?? at;
      if (next === outside) outside = undefined;
      if (this.#sign(next).split('.', 1)[0] !== name || this.#sign(next + 1) === ':') continue;
      if (outside === undefined) return false;
      isHandedOver = true;
    }
    return isHandedOver;
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
