/**
 * Globs that name a folder anywhere, the end of a file's name anywhere, or files from the root on with one wildcard at
 * most, need no glob library; the defaults are of these forms, so that an ordinary commit loads none.
 *
 * @param globs `ignorePaths` of the config.
 * @returns Whether a path is left out of every scope.
 */
export async function ignoring(globs: readonly string[]): Promise<(path: string) => boolean> {
  const simple = globs.map(matcherOf);
  const matchers = simple.filter((matcher) => matcher !== undefined);
  if (matchers.length === globs.length) return (path) => matchers.some((matches) => matches(path));
  const { default: picomatch } = await import('picomatch');
  return picomatch([...globs], { dot: true });
}

/** @returns Whether a path is what a glob names; undefined for a glob of another form. */
function matcherOf(glob: string): ((path: string) => boolean) | undefined {
  const folder = /^\*\*\/([\w.-]+)\/\*\*$/.exec(glob)?.[1];
  if (folder !== undefined) {
    const [start, inner] = [`${folder}/`, `/${folder}/`];
    return (path) => path.startsWith(start) || path.includes(inner);
  }
  const ending = /^\*\*\/\*([\w.-]+)$/.exec(glob)?.[1];
  if (ending !== undefined) return (path) => path.endsWith(ending);
  const [whole, prefix = '', wildcard, suffix = ''] =
    /^([\w.@/-]+?)(?:(\*|(?<=\/)\*\*$)([\w.-]*))?$/.exec(glob) ?? [];
  if (whole === undefined) return undefined;
  if (wildcard === undefined) return (path) => path === prefix;
  return (path) =>
    path.length >= prefix.length + suffix.length &&
    path.startsWith(prefix) &&
    path.endsWith(suffix) &&
    (wildcard === '**' || !path.slice(prefix.length).includes('/'));
}
