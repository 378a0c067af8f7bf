/** More alternatives than people write in braces. */
const mostAlternatives = 64;

/** More patterns with wildcards than people write: each is tried for each folder. */
const mostWildcards = 200;

/** No path is longer (`PATH_MAX` of Linux, the greatest of the systems), so a longer pattern names none. */
const LONGEST_PATH = 4096;

/** @returns Patterns without those that are too long to name a folder. */
export function shortPatterns(patterns: readonly string[]): readonly string[] {
  return patterns.filter(({ length }) => length <= LONGEST_PATH);
}

/**
 * Reads the patterns of a workspace: folders with `*`, `**`, `?` and `{a,b}`; one with `!` takes out what it matches.
 * A leading `./` and a `/` at the end mean nothing. Matching takes time in proportion to the lengths of patterns and
 * path, but for patterns that name one folder, which take no time.
 *
 * @returns Whether a folder is one of the workspace's; none is where there are too many patterns.
 */
export function workspaceMatcher(patterns: readonly string[]): (folder: string) => boolean {
  const isIncluded = matcherOf(patterns.filter((pattern) => !pattern.startsWith('!')));
  const isExcluded = matcherOf(
    patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
  );
  if (isIncluded === undefined || isExcluded === undefined) return () => false;
  return (folder) => isIncluded(folder) && !isExcluded(folder);
}

function matcherOf(patterns: readonly string[]): ((folder: string) => boolean) | undefined {
  const plain = patterns.map(plainPattern);
  const literals = new Set(plain.filter(isLiteral));
  const wildcards = plain.filter((pattern) => !isLiteral(pattern));
  if (wildcards.length > mostWildcards) return undefined;
  const expanded = wildcards.flatMap(expand).map((pattern) => pattern.split('/'));
  return (folder) => {
    if (literals.has(folder)) return true;
    const parts = folder.split('/');
    return expanded.some((pattern) => matchParts(pattern, parts));
  };
}

/** @returns The pattern without what means nothing in it. */
export function plainPattern(pattern: string): string {
  return pattern.replace(/^\.?\//, '').replace(/\/$/, '');
}

/** @returns Whether the pattern names one folder. */
export function isLiteral(pattern: string): boolean {
  return !/[*?{}[\]()!]/.test(pattern);
}

function expand(pattern: string): readonly string[] {
  const queue = [pattern];
  const expanded: string[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [whole, prefix = '', inner = '', suffix = ''] = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(next) ?? [];
    const choices = inner.split(',', mostAlternatives);
    const isFull = queue.length + expanded.length + choices.length > mostAlternatives;
    if (whole === undefined || isFull) expanded.push(next);
    else for (const choice of choices) queue.push(prefix + choice + suffix);
  }
  return expanded;
}

/** Which prefixes of the path the pattern has matched so far, one pattern part after the other. */
function matchParts(pattern: readonly string[], parts: readonly string[]): boolean {
  let reached: readonly boolean[] = [true, ...parts.map(() => false)];
  for (const part of pattern) {
    const previous = reached;
    if (!previous.includes(true)) return false;
    if (part === '**') {
      const first = previous.indexOf(true);
      reached = previous.map((_, index) => first !== -1 && index >= first);
    } else {
      reached = previous.map(
        (_, index) => index > 0 && previous[index - 1] === true && matchPart(part, parts[index - 1] ?? ''),
      );
    }
  }
  return reached.at(-1) === true;
}

/** `*` and `?` within one part; on a mismatch the last `*` takes one character more. */
function matchPart(pattern: string, part: string): boolean {
  let [inPattern, inPart, star, mark] = [0, 0, -1, 0];
  while (inPart < part.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern;
      mark = inPart;
      inPattern += 1;
    } else if (pattern[inPattern] === '?' || pattern[inPattern] === part[inPart]) {
      inPattern += 1;
      inPart += 1;
    } else if (star === -1) return false;
    else {
      inPattern = star + 1;
      mark += 1;
      inPart = mark;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
