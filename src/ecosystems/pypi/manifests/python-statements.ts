import type { PythonToken } from './python-tokens.ts';

/** What a statement gives to variables. */
export interface Assignment {
  /** The targets, one after another or in a chain; a function is a variable that gets what it returns. */
  readonly names: readonly string[];
  /** The targets get one value each, if there are as many values. */
  readonly isTuple: boolean;
  /** The first token of the values. */
  readonly start: number;
  /** Values of a loop end at its colon. */
  readonly isLoop: boolean;
}

/** Methods that add to a list, a set or a dictionary. */
const ADDITIONS = new Set(['append', 'extend', 'update', 'add', 'insert', 'extendleft', 'appendleft']);
const ASSIGNMENTS = new Set(['=', '+=', '|=']);

/** Words before a colon that is no annotation's. */
const BLOCKS = new Set(['else', 'try', 'finally', 'lambda']);

/** Words of programs that look for files, variables or programs outside. */
const OUTSIDE =
  /^(?:.*\.)?(?:open|read\w*|Path|parse_requirements|listdir|glob|environ|getenv|check_output|run|Popen|system|exec|import_module|__import__|version)$|^(?:.*path\.)?join$/;

/** No keyword of setuptools takes values that lie deeper. */
const INDEXES = 3;
/** Nobody writes an index or an annotation of more tokens. */
const LONGEST_INDEX = 40;

interface OpenFunction {
  readonly name: string;
  readonly column: number;
}

/** The statements of a Python file, as far as they give values to variables. */
export class Statements {
  readonly #text: string;
  readonly #tokens: readonly PythonToken[];
  readonly #classes = new Set<string>();
  /** The functions of the file, each with whether it goes by what lies outside of it. */
  readonly #functions = new Map<string, boolean>();
  #open: OpenFunction[] = [];

  constructor(text: string, tokens: readonly PythonToken[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** @returns Whether a word is a function of the file that makes its value of its arguments alone. */
  isPlainFunction(name: string): boolean {
    return this.#functions.get(name) === false;
  }

  /** @returns Whether a call of a word may read a file. */
  looksOutside(name: string): boolean {
    return OUTSIDE.test(name) || this.#functions.get(name) === true;
  }

  /** @returns Whether a word is the name of a function of the file. */
  isFunction(name: string): boolean {
    return this.#functions.has(name);
  }

  /** @returns Whether a word is the name of a class of the file, or that of an object within it. */
  isOwner(name: string): boolean {
    return name === 'self' || name === 'cls' || this.#classes.has(name);
  }

  /** Takes notice of a token: each one is handed over once, in their order. */
  pass(at: number): void {
    const token = this.#tokens[at];
    if (at === 0) this.#open = [];
    if (token?.kind !== 'word') return;
    const previousToken = this.#tokens[at - 1];
    if (previousToken === undefined || previousToken.kind === 'end') this.#begin(token, at);
    if (this.looksOutside(token.text)) for (const { name } of this.#open) this.#functions.set(name, true);
  }

  #begin(token: PythonToken, at: number): void {
    const lineEnd = this.#tokens[at - 1]?.start;
    if (lineEnd !== undefined && this.#text.charAt(lineEnd) === ';') return;
    const lineStart = lineEnd === undefined ? 0 : lineEnd + (this.#text.startsWith('\r\n', lineEnd) ? 2 : 1);
    const column = token.start - lineStart;
    while (this.#open.length > 0 && column <= (this.#open.at(-1)?.column ?? 0)) this.#open.pop();
    const name = this.sign(at + 1);
    if (token.text === 'class') this.#classes.add(name);
    if (token.text !== 'def') return;
    this.#open.push({ name, column });
    if (!this.#functions.has(name)) this.#functions.set(name, false);
  }

  /**
   * @param at A word at which a statement may begin.
   * @returns What it assigns: `name = …`, `name: list = …`, `a = b = …`, `a, b = …`, `name += …`, `name["key"] = …`,
   *   `name.append(…)`, `for name in …`, and `return …` within a function.
   */
  assignmentAt(at: number): Assignment | undefined {
    const token = this.#tokens[at];
    const previousToken = this.#tokens[at - 1];
    const isFirst = previousToken === undefined || previousToken.kind === 'end' || previousToken.text === ':';
    if (token?.kind !== 'word' || !isFirst) return undefined;
    if (token.text === 'return' || token.text === 'yield') return this.#returned(at);
    if (token.text === 'for') return this.#loop(at);
    return this.#method(at) ?? this.#assigned(at);
  }

  #returned(at: number): Assignment | undefined {
    const names = this.#open.map(({ name }) => name);
    const start = at + (this.sign(at + 1) === 'from' ? 2 : 1);
    return names.length === 0 ? undefined : { names, isTuple: false, start, isLoop: false };
  }

  #loop(at: number): Assignment | undefined {
    const names: string[] = [];
    for (let next = at + 1; next < at + LONGEST_INDEX; next += 1) {
      const token = this.#tokens[next];
      if (token?.text === 'in') return { names, isTuple: false, start: next + 1, isLoop: true };
      if (token?.kind === 'word') names.push(token.text);
    }
    return undefined;
  }

  /** `name.append(…)`, `name["key"].append(…)`. */
  #method(at: number): Assignment | undefined {
    const target = this.sign(at);
    const isPlain = isAddition(target) && this.sign(at + 1) === '(';
    const valueStart = isPlain ? at + 2 : this.addedTo(this.afterIndexes(at + 1));
    const isCall = valueStart !== undefined && this.sign(valueStart - 1) === '(';
    const name = variableOf(isPlain ? target.slice(0, target.lastIndexOf('.')) : target);
    return isCall ? { names: [name], isTuple: false, start: valueStart, isLoop: false } : undefined;
  }

  #assigned(at: number): Assignment | undefined {
    const names: string[] = [];
    let targets: string[] = [];
    let isTuple = false;
    let start: number | undefined;
    for (let next = at; ;) {
      const word = this.sign(next) === '*' ? next + 1 : next;
      const targetEnd = this.#afterAnnotation(this.afterIndexes(word + 1), this.sign(word));
      const sign = this.sign(targetEnd);
      if (this.#tokens[word]?.kind !== 'word' || (sign !== ',' && !ASSIGNMENTS.has(sign))) break;
      targets.push(variableOf(this.sign(word)));
      next = targetEnd + 1;
      if (sign === ',') continue;
      isTuple ||= targets.length > 1;
      for (const target of targets) names.push(target);
      targets = [];
      start = next;
    }
    return start === undefined ? undefined : { names, isTuple, start, isLoop: false };
  }

  /** `name: list[str] = …` */
  #afterAnnotation(at: number, name: string): number {
    if (this.sign(at) !== ':' || BLOCKS.has(name)) return at;
    for (let next = at + 1; next < at + LONGEST_INDEX; next += 1) {
      if (this.sign(next) === '=') return next;
      if (this.#tokens[next]?.kind === 'end') return at;
    }
    return at;
  }

  /** @returns Where what stands at a token goes on behind a few indexes: `["key"][0]`, `[len(name):]`. */
  afterIndexes(at: number): number {
    let next = at;
    for (let count = 0; count < INDEXES && this.sign(next) === '['; count += 1) {
      const end = this.closing(next);
      if (end === undefined) return at;
      next = end + 1;
    }
    return next;
  }

  /** @returns The bracket that closes the one at a token, unless it is far away. */
  closing(at: number): number | undefined {
    let depth = 0;
    for (let next = at; next < at + LONGEST_INDEX; next += 1) {
      if (/^[([{]$/.test(this.sign(next))) depth += 1;
      else if (/^[)\]}]$/.test(this.sign(next))) depth -= 1;
      if (depth === 0) return next;
    }
    return undefined;
  }

  /** @returns Where a value begins that is assigned or added: behind `=`, `+=`, `.append(`. */
  addedTo(at: number): number | undefined {
    const sign = this.sign(at);
    if (ASSIGNMENTS.has(sign)) return at + 1;
    return sign.startsWith('.') && isAddition(sign) && this.sign(at + 1) === '(' ? at + 2 : undefined;
  }

  sign(at: number): string {
    return this.#tokens[at]?.text ?? '';
  }
}

function isAddition(dotted: string): boolean {
  const dot = dotted.lastIndexOf('.');
  return dot !== -1 && ADDITIONS.has(dotted.slice(dot + 1));
}

/** `Settings.needs` and `self.needs` go by the name of the attribute. */
function variableOf(target: string): string {
  return target.slice(target.lastIndexOf('.') + 1);
}
