import type * as Yaml from 'yaml';

/** Levels of nesting that are handed to the library. */
const DEPTH = 200;

/**
 * Splits YAML into tokens, unless it is nested so deeply that composing them, which is recursive, could take the whole
 * stack: V8 ends the process when it compiles a regular expression there. Reading tokens is not recursive, but for
 * maps within one line.
 *
 * @returns null for a text that is nested too deeply.
 */
export function tokensOf({ Parser }: typeof Yaml, text: string): readonly Yaml.CST.Token[] | null {
  try {
    const tokens = [...new Parser().parse(text)];
    return isTooDeep(tokens) ? null : tokens;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isTooDeep(tokens: readonly Yaml.CST.Token[]): boolean {
  const open: { readonly token: Yaml.CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEPTH) return true;
    if (token.type === 'document' && token.value !== undefined) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key !== undefined && key !== null) open.push({ token: key, depth: depth + 1 });
      if (value !== undefined) open.push({ token: value, depth: depth + 1 });
    }
  }
  return false;
}
