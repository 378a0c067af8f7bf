/** Longer specifiers are not matched against patterns. In UTF-16 code units. */
const longest = 250;
/** Longer patterns are none that people write, and the engine refuses very long ones. In UTF-16 code units. */
const longestPattern = 1000;
/** Patterns with more wildcards could take long on a specifier that is made for it. */
const mostWildcards = 2;
/** So could patterns that can be read in more ways: optional parts count double, alternatives by their number. */
const mostWays = 64;

/** One element of a pattern that aliases are written with; nothing that repeats inside a repetition. */
const element = [
  String.raw`\\[^a-zA-Z0-9]\??`, // an escaped character, maybe optional
  String.raw`\(?(?:\.|\[\^\/\]|\[\^\\\/\]|\\w|\[\\w-\])[*+]\??\)?`, // .* (.+) ([^/]+) (\w+)
  String.raw`\((?:\?:)?[\w@~./-]+(?:\|[\w@~./-]+)*\)\??`, // (one|two)
  String.raw`[^\\^$.*+?()[\]{}|]\??`, // any other character, maybe optional
].join('|');
const wildcard = /[*+]/;

/**
 * Compiles the kind of regular expression that aliases are written with: `^@/(.*)$`, `^(a|b)/(.+)$`. The
 * pattern comes from a repository that may be hostile, so only elements are taken that can't run away.
 *
 * @returns The expression; undefined where the pattern holds anything else.
 */
export function compilePattern(source: string): RegExp | undefined {
  if (source.length > longestPattern) return undefined;
  const end = source.endsWith('$') && !source.endsWith('\\$') ? source.length - 1 : source.length;
  const next = new RegExp(element, 'y');
  let [wildcards, ways] = [0, 1];
  for (let at = source.startsWith('^') ? 1 : 0; at < end;) {
    next.lastIndex = at;
    const token = next.exec(source)?.[0];
    if (token === undefined || unbalanced(token)) return undefined;
    if (wildcard.test(token) && !token.startsWith('\\+') && !token.startsWith('\\*')) wildcards += 1;
    ways *= waysOf(token);
    if (wildcards > mostWildcards || ways > mostWays) return undefined;
    at += token.length;
  }
  return source === '' ? undefined : new RegExp(source);
}

/** In how many ways an element may match, besides the lengths of a wildcard. */
function waysOf(element: string): number {
  const alternatives = element.startsWith('\\') ? 1 : element.split('|').length;
  return element.length > 1 && element.endsWith('?') ? alternatives * 2 : alternatives;
}

/**
 * @returns The replacement with `$1` (Jest, Vite) and `\1` (Babel) filled in; undefined where the pattern
 *   does not match. What stands around the match stays, as `String.prototype.replace` leaves it, if `whole` is not set.
 */
export function replaceByPattern(
  pattern: RegExp,
  specifier: string,
  { replacement, whole }: { readonly replacement: string; readonly whole: boolean },
): string | undefined {
  const match = specifier.length > longest ? null : pattern.exec(specifier);
  if (!match) return undefined;
  const filled = replacement.replace(/[$\\](\d)/g, (_, digit: string) => match[Number(digit)] ?? '');
  if (whole) return filled;
  return specifier.slice(0, match.index) + filled + specifier.slice(match.index + match[0].length);
}

function unbalanced(element: string): boolean {
  return (
    !element.startsWith('\\') && element.startsWith('(') !== element.endsWith(')') && !element.endsWith(')?')
  );
}
