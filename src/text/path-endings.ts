/** How a path ends, ready to be compared: the parts of its folders, and what its last part begins and ends with. */
interface Ending {
  readonly folders: readonly string[];
  /** The folders are all that the path has. */
  readonly isWhole: boolean;
  readonly prefix: string;
  readonly suffix: string;
  /** The last part is the prefix alone. */
  readonly isName: boolean;
}

/**
 * Every path that a run sees is asked about, so most are told by the last part alone. Takes time in proportion to the length
 * of the path. Capitals make no difference, as in file systems that know none.
 *
 * @param fileNames Names without folders, in lower case.
 * @param patterns How further paths end: `*` stands for any part of a name, once in the last one and alone in others, `**` for
 *   any folders. What begins with a slash is a whole path.
 * @returns Whether a path (relative, with `/`) has one of the names, or ends as one of the patterns says.
 */
export function pathMatcher(
  fileNames: readonly string[],
  patterns: readonly string[],
): (path: string) => boolean {
  const names = new Set(fileNames);
  const endings = patterns.map((pattern) => endingOf(pattern.toLowerCase()));
  return (path) => {
    const plain = path.toLowerCase();
    const name = plain.slice(plain.lastIndexOf('/') + 1);
    if (names.has(name)) return true;
    return endings.some(
      (ending) => hasName(name, ending) && hasFolders(plain.split('/').slice(0, -1), ending),
    );
  };
}

function endingOf(pattern: string): Ending {
  const isWhole = pattern.startsWith('/');
  const parts = pattern.split('/').slice(isWhole ? 1 : 0);
  const last = parts.at(-1) ?? '';
  const star = last.indexOf('*');
  return {
    folders: parts.slice(0, -1),
    isWhole,
    prefix: star < 0 ? last : last.slice(0, star),
    suffix: star < 0 ? '' : last.slice(star + 1),
    isName: star < 0,
  };
}

function hasName(name: string, { prefix, suffix, isName }: Ending): boolean {
  if (isName) return name === prefix;
  return name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
}

function hasFolders(folders: readonly string[], { folders: pattern, isWhole }: Ending): boolean {
  // Which beginnings of the path the folders of the pattern may have come to, one after the other.
  let reached: readonly boolean[] = [true, ...folders.map(() => !isWhole)];
  for (const part of pattern) {
    const previous = reached;
    const first = previous.indexOf(true);
    reached = previous.map((_, at) =>
      part === '**'
        ? first >= 0 && at >= first
        : at > 0 && previous[at - 1] === true && (part === '*' || part === folders[at - 1]),
    );
  }
  return reached.at(-1) === true;
}
