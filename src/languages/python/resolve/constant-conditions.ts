const token = /[ \t\r\n\\]*(?:[bBrRuU]?(["'])( *)\1|([=!]=|[<>]=?|\d[\w.]*|\w+|:=|[^\s\\]))/y;

/** More than any real condition has. */
const MOST_TOKENS = 60;

/** An expression that holds one of these is read in another order. */
const FOREIGN = new Set(['if', 'else', 'lambda', ':=']);

const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** What an expression is, as far as its text alone tells: undefined where that takes more. */
type Constant = number | string | boolean | undefined;

/**
 * @param condition The code of an expression, without what its strings hold.
 * @returns Whether it holds, where its text alone tells: `1 < 0`, `"" or not True`, `False and debug`.
 */
export function constantTruth(condition: string): boolean | undefined {
  const tokens = tokensOf(condition);
  return tokens === undefined || tokens.some((word) => FOREIGN.has(word))
    ? undefined
    : truthOf(valueOf(tokens));
}

function tokensOf(condition: string): readonly string[] | undefined {
  const text = condition.trimEnd();
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null || tokens.length >= MOST_TOKENS) return undefined;
    const [{ length }, , blanks = '', word] = match;
    // What a string holds is not told, but whether it holds anything.
    tokens.push(word ?? (blanks === '' ? '""' : '"…"'));
    at += length;
  }
  return tokens;
}

function valueOf(tokens: readonly string[]): Constant {
  const reader = new Reader(tokens);
  const value = reader.disjunction();
  return reader.isAtEnd() ? value : undefined;
}

function truthOf(value: Constant): boolean | undefined {
  return value === undefined ? undefined : Boolean(value);
}

function negated(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/** One that does not hold is enough, whatever the others are. */
function all(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** Reads an expression by Python's order of operations (https://docs.python.org/3/reference/expressions.html#operator-precedence). */
class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  disjunction(): Constant {
    return this.#joined('or', () => this.#joined('and', () => this.#negation()));
  }

  #joined(operator: 'and' | 'or', side: () => Constant): Constant {
    let value = side();
    while (this.#take(operator)) {
      const truths = [truthOf(value), truthOf(side())];
      value = operator === 'or' ? negated(all(truths.map(negated))) : all(truths);
    }
    return value;
  }

  #negation(): Constant {
    if (!this.#take('not')) return this.#comparison();
    return negated(truthOf(this.#negation()));
  }

  #comparison(): Constant {
    let left = constantOf(this.#operand());
    const truths: (boolean | undefined)[] = [];
    for (let sign = this.#sign(); sign !== undefined; sign = this.#sign()) {
      const right = constantOf(this.#operand());
      truths.push(
        typeof left === 'number' && typeof right === 'number' ? compared(left, sign, right) : undefined,
      );
      left = right;
    }
    return truths.length === 0 ? left : all(truths);
  }

  /** What stands up to the next operator that this reader knows, or the next bracket that closes another. */
  #operand(): readonly string[] {
    const start = this.#at;
    let depth = 0;
    for (; !this.isAtEnd(); this.#at += 1) {
      const word = this.#tokens[this.#at] ?? '';
      const isClosing = /^[)\]}]$/.test(word);
      if (depth === 0 && (isClosing || /^(?:and|or|[=!]=|[<>]=?)$/.test(word))) break;
      if (CLOSING.has(word)) depth += 1;
      else if (isClosing) depth -= 1;
    }
    return this.#tokens.slice(start, this.#at);
  }

  #sign(): string | undefined {
    const word = this.#tokens[this.#at] ?? '';
    return /^(?:[=!]=|[<>]=?)$/.test(word) && this.#take(word) ? word : undefined;
  }

  #take(word: string): boolean {
    if (this.#tokens[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }
}

/** No program sees `TYPE_CHECKING` set (https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING). */
function constantOf(operand: readonly string[]): Constant {
  const [first = ''] = operand;
  const last = operand.at(-1) ?? '';
  if (CLOSING.get(first) === last) {
    if (operand.length === 2) return '';
    return first === '(' ? valueOf(operand.slice(1, -1)) : undefined;
  }
  if (/^(?:\w+\.)*TYPE_CHECKING$/.test(operand.join(''))) return false;
  if (operand.length > 1) return undefined;
  if (first === 'True' || first === 'False') return first === 'True';
  if (first === 'None' || first === '""') return '';
  if (first === '"…"') return first;
  const number = /^\d/.test(first) ? Number(first.replaceAll('_', '')) : NaN;
  return Number.isNaN(number) ? undefined : number;
}

function compared(left: number, sign: string, right: number): boolean {
  switch (sign) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}
