import { joinPath } from '../../../../text/paths.ts';
import { tokensOf, type Token } from './tokens.ts';
import { unclear, type Entry, type Value } from './value.ts';

/** What a configuration file's expressions may refer to. */
export interface Scope {
  /** The folder of the file: what `__dirname` means. */
  readonly folder: string;
  /** Where the tool is started: what `process.cwd()` and relative paths mean. */
  readonly workingFolder: string;
  /** The file's constants and imports, by name. */
  readonly constant: (name: string) => Value | undefined;
  /** The folder that a function of the file joins its arguments to, by the function's name. */
  readonly joinedTo: (name: string) => Value | undefined;
  /** What another file of the repository exports, by the path that is written for it. */
  readonly file: (path: string) => Value | undefined;
}

/** Calls that give back (a path made of) their first argument. */
const wrappers: ReadonlySet<string> = new Set(['fileURLToPath', 'normalizePath', 'normalize', 'toPath']);
/** Parts of a URL that stand for its path. */
const addressParts: ReadonlySet<string> = new Set(['pathname', 'href']);
/** Limits for what a configuration file can make of itself: depth, properties, characters of a string. */
const limits = { depth: 64, entries: 1000, length: 4096 };

/**
 * Reads one expression, for what it is worth as a piece of configuration.
 *
 * @returns Its value, and the index of the token behind it. What can't be read is skipped up to the
 *   comma, semicolon or bracket that ends it.
 */
export class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #scope: Scope;
  #at: number;
  #depth = 0;

  constructor(tokens: readonly Token[], scope: Scope, at: number) {
    this.#tokens = tokens;
    this.#scope = scope;
    this.#at = at;
  }

  /** The index of the next token. */
  get position(): number {
    return this.#at;
  }

  read(): Value {
    if (this.#depth >= limits.depth) return this.#skip();
    this.#depth += 1;
    const value = this.#sum();
    this.#depth -= 1;
    if (this.#ends() || this.#isName('as') || this.#isName('satisfies')) {
      this.#skip();
      return value;
    }
    return value.kind !== 'unclear' && this.#beginsStatement() ? value : this.#skip();
  }

  /** Behind a value, a name that is no operator can only stand on another line, where a semicolon is as good as written. */
  #beginsStatement(): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'name' && !/^(?:in|instanceof)$/.test(token.value);
  }

  /** Reads the arguments of a call, whose opening bracket is the next token. */
  arguments(): readonly Value[] {
    return this.#items(')');
  }

  #sum(): Value {
    let value = this.#operand();
    while (this.#take('+')) value = joined(value, this.#operand());
    return value;
  }

  #operand(): Value {
    const token = this.#tokens[this.#at];
    if (token === undefined) return unclear;
    switch (token.kind) {
      case 'string':
        this.#at += 1;
        return { kind: 'string', value: token.value };
      case 'regex':
        this.#at += 1;
        return { kind: 'regex', source: token.value };
      case 'template':
        this.#at += 1;
        return this.#template(token.value);
      case 'name':
        return this.#named();
      case 'other':
        if (token.value === '{') return { kind: 'object', entries: this.#entries() };
        if (token.value === '[') return { kind: 'array', items: this.#items(']') };
        return token.value === '(' ? this.#group() : unclear;
    }
  }

  /** An expression in brackets; not the parameters of a function. */
  #group(): Value {
    const start = this.#at;
    this.#at += 1;
    const value = this.read();
    if (this.#take(')')) return value;
    this.#at = start;
    return unclear;
  }

  /** `__dirname`, `a.b.c`, `new URL(…)`, `path.resolve(…)`, and members of what they give. */
  #named(): Value {
    const isNew = this.#takeName('new');
    const path = this.#memberPath();
    let value = this.#opens('(') ? this.#call(path, this.#items(')')) : this.#constant(path.join('.'));
    if (isNew && path.at(-1) === 'URL') value = this.#located(value);
    while (this.#take('.')) {
      const name = this.#tokens[this.#at]?.value ?? '';
      this.#at += 1;
      if (this.#opens('(')) value = this.#call([name], this.#items(')'));
      else if (!addressParts.has(name)) value = memberOf(value, name);
    }
    return value;
  }

  #memberPath(): readonly string[] {
    const names: string[] = [];
    for (let token = this.#tokens[this.#at]; token?.kind === 'name'; token = this.#tokens[this.#at]) {
      names.push(token.value);
      this.#at += 1;
      const next = this.#tokens[this.#at + 1];
      if (!this.#opens('.') || next?.kind !== 'name' || addressParts.has(next.value)) break;
      this.#at += 1;
    }
    return names;
  }

  #constant(name: string): Value {
    switch (name) {
      case '__dirname':
      case 'import.meta.dirname':
      case 'import.meta.url':
      case 'import.meta.filename':
        return { kind: 'path', path: this.#scope.folder };
      default:
        return this.#memberOfConstant(name.split('.'));
    }
  }

  #memberOfConstant([name = '', ...members]: readonly string[]): Value {
    return members.reduce(memberOf, this.#scope.constant(name) ?? unclear);
  }

  #call(path: readonly string[], args: readonly Value[]): Value {
    const [first = unclear] = args;
    const name = path.at(-1) ?? '';
    const currentFolder: Value = { kind: 'path', path: this.#scope.workingFolder };
    if (name === 'cwd') return currentFolder;
    if (name === 'require')
      return first.kind === 'string' ? (this.#scope.file(first.value) ?? unclear) : unclear;
    if (name === 'replace') return unclear;
    const objects = args.flatMap((argument) => (argument.kind === 'object' ? argument.entries : []));
    if (objects.length > 0) return { kind: 'object', entries: objects.slice(0, limits.entries) };
    if (name === 'URL' || wrappers.has(name) || path.join('.') === 'require.resolve') return first;
    if (name === 'dirname') return first.kind === 'path' ? first : unclear;
    const helped = path.length === 1 ? this.#scope.joinedTo(name) : undefined;
    if (args.length === 0 && helped === undefined && name !== 'resolve') return unclear;
    const base = first.kind === 'path' ? first : (helped ?? currentFolder);
    return (first.kind === 'path' ? args.slice(1) : args).reduce<Value>(
      (path, part) =>
        part.kind === 'string' ? joined(path, { kind: 'string', value: `/${part.value}` }) : unclear,
      base,
    );
  }

  #located(value: Value): Value {
    return value.kind === 'string'
      ? { kind: 'path', path: joinPath(this.#scope.folder, value.value) }
      : value;
  }

  #template(text: string): Value {
    const parts = text.split(/\$\{([^{}`]*)\}/);
    if (parts.some((part, index) => index % 2 === 0 && part.includes('${'))) return unclear;
    return parts
      .map((part, index): Value =>
        index % 2 === 0 ? { kind: 'string', value: part } : this.#substituted(part),
      )
      .filter((part, index) => index === 0 || part.kind !== 'string' || part.value !== '')
      .reduce((left, right) => (left.kind === 'string' && left.value === '' ? right : joined(left, right)));
  }

  /** What stands in a template's substitution: a constant, or a call such as `resolve(__dirname, 'src')`. */
  #substituted(code: string): Value {
    // A call without arguments tells nothing, but for that of the working folder.
    if (/(?<!\bcwd)\(\s*\)/.test(code)) return unclear;
    return new ExpressionReader(tokensOf(code), this.#scope, 0).read();
  }

  #entries(): readonly Entry[] {
    const entries: Entry[] = [];
    this.#at += 1;
    while (this.#tokens[this.#at] !== undefined && !this.#take('}')) {
      for (const entry of this.#entry()) if (entries.length < limits.entries) entries.push(entry);
      if (!this.#take(',') && !this.#opens('}')) this.#at += 1;
    }
    return entries;
  }

  #entry(): readonly Entry[] {
    if (this.#take('...')) {
      const spread = this.read();
      return spread.kind === 'object' ? spread.entries : [];
    }
    const key = this.#tokens[this.#at];
    const next = this.#tokens[this.#at + 1];
    if (key === undefined || (key.kind !== 'string' && key.kind !== 'name')) {
      this.#skip();
      return [];
    }
    if (next?.kind === 'other' && next.value === ':') {
      this.#at += 2;
      return [{ key: key.value, value: this.read(), start: key.start }];
    }
    if (key.kind === 'name' && next?.kind === 'other' && (next.value === ',' || next.value === '}')) {
      this.#at += 1;
      return [{ key: key.value, value: this.#constant(key.value), start: key.start }];
    }
    this.#skip();
    return [];
  }

  #items(close: ')' | ']'): readonly Value[] {
    const items: Value[] = [];
    this.#at += 1;
    while (this.#tokens[this.#at] !== undefined && !this.#take(close)) {
      const isSpread = this.#take('...');
      const value = this.read();
      const values = !isSpread ? [value] : value.kind === 'array' ? value.items : [];
      for (const item of values) if (items.length < limits.entries) items.push(item);
      if (!this.#take(',') && !this.#opens(close)) this.#at += 1;
    }
    return items;
  }

  /** Skips to the token that ends an expression, over brackets and what they hold. */
  #skip(): Value {
    let open = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      if (open === 0 && this.#ends()) break;
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'other') continue;
      if (/^[([{]$/.test(token.value)) open += 1;
      else if (/^[)\]}]$/.test(token.value)) open -= 1;
    }
    return unclear;
  }

  #ends(): boolean {
    const token = this.#tokens[this.#at];
    return token === undefined || (token.kind === 'other' && /^[,;)\]}]$/.test(token.value));
  }

  #opens(value: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'other' && token.value === value;
  }

  #take(value: string): boolean {
    if (!this.#opens(value)) return false;
    this.#at += 1;
    return true;
  }

  #isName(value: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'name' && token.value === value;
  }

  #takeName(value: string): boolean {
    if (!this.#isName(value)) return false;
    this.#at += 1;
    return true;
  }
}

function memberOf(value: Value, name: string): Value {
  if (value.kind !== 'object') return unclear;
  return value.entries.findLast(({ key }) => key === name)?.value ?? unclear;
}

function joined(left: Value, right: Value): Value {
  if (right.kind !== 'string') return unclear;
  if (left.kind === 'string') {
    if (left.value.length + right.value.length > limits.length) return unclear;
    return { kind: 'string', value: left.value + right.value };
  }
  if (left.kind !== 'path' || left.path === undefined) return unclear;
  return { kind: 'path', path: joinPath(left.path, right.value) };
}
