import type { ExpressionReader } from './expression.ts';
import { punctuation, SettingsProgram } from './program.ts';
import type { Token } from './tokens.ts';
import { unclear, type Entry, type Value } from './value.ts';

/** Larger files are no configuration that people write. In UTF-16 code units. */
export const largestSettings = 500_000;
/** Further settings are not read: each may reach to the end of the file. */
const mostSettings = 50;

/**
 * Finds settings in the program text of a configuration file without running it. A setting is found
 * wherever it stands: `alias: …`, the shorthand `{ alias }`, `resolve.alias = …`, and member by member:
 * `resolve.alias['x'] = …`, `resolve.alias.x = …`, `resolve.alias.set('x', …)`, `resolve.alias.merge({ … })`,
 * `resolve.modules.push(…)`, `Object.assign(resolve.alias, …)`, and `mix.alias(…)`.
 *
 * @param source The file's text: JavaScript, TypeScript or JSON.
 * @param folder Its folder, relative to the repository's root.
 * @param keys The settings to look for.
 * @returns The settings found, in the order of the text.
 */
export function settingsOf(source: string, folder: string, keys: ReadonlySet<string>): readonly Entry[] {
  if (source.length > largestSettings) return [];
  return settingsIn(new SettingsProgram({ file: `${folder}/any`, source, workingFolder: folder }), keys);
}

/** @returns The settings in a program that was read, in the order of the text. */
export function settingsIn(program: SettingsProgram, keys: ReadonlySet<string>): readonly Entry[] {
  const named = [...program.tokens.entries()].filter(
    ([, { kind, value }]) => (kind === 'name' || kind === 'string') && keys.has(value),
  );
  return named.slice(0, mostSettings).flatMap(([index, { value: key, start }]) =>
    settingAt(program.tokens, index, (at) => program.expression(at)).map((value) => ({
      key,
      value,
      start,
    })),
  );
}

type ReaderAt = (at: number) => ExpressionReader;

function settingAt(tokens: readonly Token[], index: number, reader: ReaderAt): readonly Value[] {
  const next = punctuation(tokens, index + 1);
  const previous = punctuation(tokens, index - 1);
  if (next === ':' || next === '=') return [reader(index + 2).read()];
  if (next === '[' && punctuation(tokens, index + 3) === ']' && punctuation(tokens, index + 4) === '=') {
    const key = tokens[index + 2];
    return [key?.kind === 'string' ? property(key, reader(index + 5).read()) : unclear];
  }
  if (next === '.') return memberAt(tokens, index + 1, reader);
  if (next === ',' && previous === '.') return [merged(reader, index)];
  // https://laravel-mix.com/docs/6.0/aliases
  if (next === '(' && previous === '.' && tokens[index]?.value === 'alias')
    return reader(index + 1)
      .arguments()
      .slice(0, 1);
  const isShorthand = (next === ',' || next === '}') && (previous === ',' || previous === '{');
  if (!isShorthand || tokens[index]?.kind !== 'name') return [];
  return [reader(index).read()];
}

/** What stands behind the dot of `alias.x = …`, `alias.set('x', …)`, `alias.merge({ … })` and `modules.push(…)`. */
function memberAt(tokens: readonly Token[], dot: number, reader: ReaderAt): readonly Value[] {
  const member = tokens[dot + 1];
  if (member?.kind !== 'name') return [];
  if (punctuation(tokens, dot + 2) === '=') return [property(member, reader(dot + 3).read())];
  if (CHAINED.has(member.value)) return chained(tokens, dot, reader);
  const isAdded = member.value === 'push' || member.value === 'unshift';
  if (!isAdded || punctuation(tokens, dot + 2) !== '(') return [];
  return [{ kind: 'array', items: reader(dot + 2).arguments() }];
}

/** What webpack-chain adds to a map by: https://github.com/neutrinojs/webpack-chain#chainedmap */
const CHAINED: ReadonlySet<string> = new Set(['set', 'merge']);

/** `.set('@', a).set('~', b).merge({ c })`, as webpack-chain writes it. */
function chained(tokens: readonly Token[], index: number, reader: ReaderAt): readonly Value[] {
  const values: Value[] = [];
  let at = index;
  while (
    punctuation(tokens, at) === '.' &&
    CHAINED.has(tokens[at + 1]?.value ?? '') &&
    punctuation(tokens, at + 2) === '('
  ) {
    const call = reader(at + 2);
    const [first = unclear, value = unclear] = call.arguments();
    const key = tokens[at + 3];
    if (tokens[at + 1]?.value === 'merge') values.push(first);
    else values.push(key?.kind === 'string' ? property(key, value) : unclear);
    at = call.position;
  }
  return values;
}

/** The second argument of `Object.assign(resolve.alias, { … })`. */
function merged(reader: ReaderAt, index: number): Value {
  const value = reader(index + 2).read();
  return value.kind === 'object' ? value : unclear;
}

function property({ value: key, start }: Token, value: Value): Value {
  return { kind: 'object', entries: [{ key, value, start }] };
}
