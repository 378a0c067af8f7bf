/**
 * Globs that name a folder anywhere, or the end of a file's name anywhere, need no glob library; the
 * defaults are of these two forms, so that an ordinary commit loads none.
 *
 * @param globs `ignorePaths` of the config.
 * @returns Whether a path is left out of every scope.
 */
export async function ignoring(globs: readonly string[]): Promise<(path: string) => boolean> {
  const folders = globs.map((glob) => /^\*\*\/([\w.-]+)\/\*\*$/.exec(glob)?.[1]);
  const endings = globs.map((glob) => /^\*\*\/\*([\w.-]+)$/.exec(glob)?.[1]);
  if (globs.every((_, at) => folders[at] !== undefined || endings[at] !== undefined)) {
    return simple(
      new Set(folders),
      endings.filter((ending) => ending !== undefined),
    );
  }
  const { default: picomatch } = await import('picomatch');
  return picomatch([...globs], { dot: true });
}

function simple(
  folders: ReadonlySet<string | undefined>,
  endings: readonly string[],
): (path: string) => boolean {
  return (path) => {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    return endings.some((ending) => name.endsWith(ending)) || parts.some((part) => folders.has(part));
  };
}
