import { ExpressionReader } from './expression.ts';
import { tokensOf, type Token } from './tokens.ts';
import { unclear, type Entry, type Value } from './value.ts';

/** Larger files are no configuration that people write. In UTF-16 code units. */
const largest = 500_000;
/** Further settings are not read: each may reach to the end of the file. */
const mostSettings = 50;
/** How many constants may be read for the sake of one. */
const deepest = 16;

/**
 * Finds settings in the program text of a configuration file without running it. A setting is found
 * wherever it stands: `alias: …`, the shorthand `{ alias }`, `resolve.alias = …`,
 * `resolve.alias['x'] = …`, `resolve.alias.set('x', …)` and `mix.alias(…)`.
 *
 * @param source The file's text: JavaScript, TypeScript or JSON.
 * @param folder Its folder, relative to the repository's root.
 * @param keys The settings to look for.
 * @returns The settings found, in the order of the text.
 */
export function settingsOf(source: string, folder: string, keys: ReadonlySet<string>): readonly Entry[] {
  if (source.length > largest) return [];
  const tokens = tokensOf(source);
  const scope = { folder, constant: constantsOf(tokens, folder) };
  const named = [...tokens.entries()].filter(
    ([, { kind, value }]) => (kind === 'name' || kind === 'string') && keys.has(value),
  );
  return named.slice(0, mostSettings).flatMap(([index, { value: key, start }]) =>
    settingAt(tokens, index, (at) => new ExpressionReader(tokens, scope, at)).map((value) => ({
      key,
      value,
      start,
    })),
  );
}

function settingAt(
  tokens: readonly Token[],
  index: number,
  reader: (at: number) => ExpressionReader,
): readonly Value[] {
  const next = punctuation(tokens, index + 1);
  if (next === ':' || next === '=') return [reader(index + 2).read()];
  if (next === '[' && punctuation(tokens, index + 3) === ']' && punctuation(tokens, index + 4) === '=') {
    return [property(tokens[index + 2], reader(index + 5).read())];
  }
  if (next === '.' && tokens[index + 2]?.value === 'set') return chained(tokens, index + 1, reader);
  const previous = punctuation(tokens, index - 1);
  // https://laravel-mix.com/docs/6.0/aliases
  if (next === '(' && previous === '.' && tokens[index]?.value === 'alias')
    return reader(index + 1)
      .arguments()
      .slice(0, 1);
  const isShorthand = (next === ',' || next === '}') && (previous === ',' || previous === '{');
  if (!isShorthand || tokens[index]?.kind !== 'name') return [];
  return [reader(index).read()];
}

/** `.set('@', a).set('~', b)`, as webpack-chain writes it. */
function chained(
  tokens: readonly Token[],
  index: number,
  reader: (at: number) => ExpressionReader,
): readonly Value[] {
  const values: Value[] = [];
  let at = index;
  while (
    punctuation(tokens, at) === '.' &&
    tokens[at + 1]?.value === 'set' &&
    punctuation(tokens, at + 2) === '('
  ) {
    const call = reader(at + 2);
    const [, value = unclear] = call.arguments();
    values.push(property(tokens[at + 3], value));
    at = call.position;
  }
  return values;
}

function property(key: Token | undefined, value: Value): Value {
  if (key?.kind !== 'string') return unclear;
  return { kind: 'object', entries: [{ key: key.value, value, start: key.start }] };
}

/** The values of a program's constants by name, each read when it is asked for. */
function constantsOf(tokens: readonly Token[], folder: string): (name: string) => Value | undefined {
  const starts = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    const name = tokens[index + 1];
    if (token.kind !== 'name' || !/^(?:const|let|var)$/.test(token.value) || name?.kind !== 'name') continue;
    const equals = punctuation(tokens, index + 2) === '=' ? index + 2 : afterAnnotation(tokens, index + 2);
    if (equals !== undefined) starts.set(name.value, equals + 1);
  }
  const values = new Map<string, Value>();
  let depth = 0;
  const constant = (name: string): Value | undefined => {
    const cached = values.get(name);
    const start = starts.get(name);
    if (cached !== undefined || start === undefined || depth >= deepest) return cached;
    values.set(name, unclear);
    depth += 1;
    const value = new ExpressionReader(tokens, { folder, constant }, start).read();
    depth -= 1;
    values.set(name, value);
    return value;
  };
  return constant;
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

function punctuation(tokens: readonly Token[], index: number): string | undefined {
  const token = tokens[index];
  return token?.kind === 'other' ? token.value : undefined;
}
