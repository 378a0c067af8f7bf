import { folderOf, joinPath } from '../../../../text/paths.ts';
import { ExpressionReader } from './expression.ts';
import { otherFilesIn, type Binding } from './other-files.ts';
import { tokensOf, type Token } from './tokens.ts';
import { unclear, type Value } from './value.ts';

/** How many constants may be read for the sake of one, in all files together. */
const deepest = 16;

/** A configuration file as it is written. Paths are relative to the repository's root. */
export interface WrittenSettings {
  readonly file: string;
  readonly source: string;
  /** Where the tool is started: what `process.cwd()` and relative paths mean. */
  readonly workingFolder: string;
}

/** The text of a configuration file, with the other files of the repository that it takes values from. */
export class SettingsProgram {
  readonly file: string;
  readonly source: string;
  readonly tokens: readonly Token[];
  /** The paths of other files as they are written in it. */
  readonly paths: readonly string[];
  readonly #workingFolder: string;
  readonly #constants: ReadonlyMap<string, number>;
  readonly #pathFunctions: ReadonlyMap<string, number>;
  readonly #exports: ReadonlyMap<string, number>;
  readonly #bindings: ReadonlyMap<string, Binding>;
  readonly #others = new Map<string, SettingsProgram>();
  readonly #values = new Map<string, Value>();
  #depth = 0;

  constructor({ file, source, workingFolder }: WrittenSettings) {
    this.file = file;
    this.source = source;
    this.#workingFolder = workingFolder;
    this.tokens = tokensOf(source);
    this.#constants = constantsIn(this.tokens);
    this.#pathFunctions = pathFunctionsIn(this.tokens, this.#constants);
    this.#exports = /\.json$|rc$/.test(file) ? new Map([['default', 0]]) : exportsIn(this.tokens);
    const { paths, bindings } = otherFilesIn(this.tokens);
    this.paths = paths;
    this.#bindings = bindings;
  }

  /** Says what the path of another file leads to. */
  link(path: string, program: SettingsProgram): void {
    this.#others.set(path, program);
  }

  /** Reads the expression at a token. */
  expression(at: number): ExpressionReader {
    return new ExpressionReader(
      this.tokens,
      {
        folder: folderOf(this.file),
        workingFolder: this.#workingFolder,
        constant: (name) => this.#constant(name),
        joinedTo: (name) => this.#joinedTo(name),
        file: (path) => this.#others.get(path)?.exported('default'),
      },
      at,
    );
  }

  /** @returns What another file gets that imports a name of this one; `default` also for `require`. */
  exported(name: string): Value | undefined {
    return this.#once(`export ${name}`, () => {
      const start = this.#exports.get(name);
      if (start !== undefined) return this.expression(start).read();
      return name === 'default' ? this.#namespace() : (this.#constant(name) ?? this.#memberOfDefault(name));
    });
  }

  #constant(name: string): Value | undefined {
    const start = this.#constants.get(name);
    if (start !== undefined) return this.#once(name, () => this.expression(start).read());
    const binding = this.#bindings.get(name);
    return binding && this.#others.get(binding.path)?.exported(binding.name);
  }

  #joinedTo(name: string): Value | undefined {
    const start = this.#pathFunctions.get(name);
    if (start === undefined) return undefined;
    const folder = this.#once(`call ${name}`, () => leadingPath(this.expression(start).arguments()));
    return folder?.kind === 'path' ? folder : undefined;
  }

  #memberOfDefault(name: string): Value | undefined {
    const value = this.exported('default');
    if (value?.kind !== 'object') return undefined;
    return value.entries.find(({ key }) => key === name)?.value;
  }

  /** The file's constants and exports as members of one object, for who takes it as a whole. */
  #namespace(): Value {
    const entries = [...this.#constants, ...this.#exports].map(([key, start]) => ({
      key,
      value: this.exported(key) ?? unclear,
      start,
    }));
    return { kind: 'object', entries };
  }

  #once(key: string, read: () => Value | undefined): Value | undefined {
    const cached = this.#values.get(key);
    if (cached !== undefined || this.#depth >= deepest) return cached;
    this.#values.set(key, unclear);
    this.#depth += 1;
    const value = read() ?? unclear;
    this.#depth -= 1;
    this.#values.set(key, value);
    return value;
  }
}

/** Where the value of each constant of a program begins, by name. */
function constantsIn(tokens: readonly Token[]): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    const name = tokens[index + 1];
    if (token.kind !== 'name' || !/^(?:const|let|var)$/.test(token.value) || name?.kind !== 'name') continue;
    const equals = punctuation(tokens, index + 2) === '=' ? index + 2 : afterAnnotation(tokens, index + 2);
    if (equals !== undefined) starts.set(name.value, equals + 1);
  }
  return starts;
}

/** How many tokens of a function are looked at for the path that it joins its arguments to. */
const LONGEST_HEAD = 40;

/**
 * Where the arguments of the one call begin that a function of paths consists of, by the function's name:
 * `const from = (...parts) => path.join(root, ...parts)`, `function resolve(dir) { return path.join(root, dir) }`.
 */
function pathFunctionsIn(
  tokens: readonly Token[],
  constants: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const bodies = new Map<string, number>();
  for (const [name, start] of constants) {
    const arrow = tokens.slice(start, start + LONGEST_HEAD).findIndex(({ value }) => value === '=>');
    if (arrow !== -1) bodies.set(name, start + arrow + 1);
  }
  for (const [index, { kind, value }] of tokens.entries()) {
    const name = tokens[index + 1];
    if (kind === 'name' && value === 'function' && name?.kind === 'name') bodies.set(name.value, index + 2);
  }
  const calls = [...bodies].flatMap(([name, body]): readonly (readonly [string, number])[] => {
    const head = tokens.slice(body, body + LONGEST_HEAD);
    const call = head.findIndex(
      ({ value }, index) => /^(?:join|resolve)$/.test(value) && head[index + 1]?.value === '(',
    );
    return call === -1 ? [] : [[name, body + call + 1]];
  });
  return new Map(calls);
}

/** @returns The path that the first arguments make, as far as they tell; undefined where the first is no path. */
function leadingPath([first, ...segments]: readonly Value[]): Value | undefined {
  if (first?.kind !== 'path' || first.path === undefined) return undefined;
  const end = segments.findIndex(({ kind }) => kind !== 'string');
  const parts = end === -1 ? segments : segments.slice(0, end);
  const path = parts.reduce<string | undefined>(
    (folder, part) =>
      folder === undefined || part.kind !== 'string' ? undefined : joinPath(folder, part.value),
    first.path,
  );
  return { kind: 'path', path };
}

/** Where the value of each export begins, by name: `export default x`, `module.exports = x`, `exports.name = x`. */
function exportsIn(tokens: readonly Token[]): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  const valueAt = (index: number) => tokens[index]?.value;
  for (const [index, { value }] of tokens.entries()) {
    if (value === 'default' && valueAt(index - 1) === 'export') starts.set('default', index + 1);
    if (value !== 'exports' && value !== 'module') continue;
    const member = valueAt(index + 2);
    if (valueAt(index + 1) !== '.' || valueAt(index + 3) !== '=' || member === undefined) continue;
    if (value === 'exports') starts.set(member, index + 4);
    else if (member === 'exports') starts.set('default', index + 4);
  }
  return starts;
}

/** The `=` behind a type such as `: Record<string, string>`, which is never far away. */
function afterAnnotation(tokens: readonly Token[], index: number): number | undefined {
  if (punctuation(tokens, index) !== ':') return undefined;
  for (let at = index; at < index + 16; at += 1) {
    if (punctuation(tokens, at) === '=') return at;
    if (punctuation(tokens, at) === ';') return undefined;
  }
  return undefined;
}

/** @returns The token's text where it is neither a name nor a literal. */
export function punctuation(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  return token?.kind === 'other' ? token.value : undefined;
}
