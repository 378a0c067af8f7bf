/**
 * Could a path or glob lead out of the repository, or name different files on different systems?
 *
 * @param path As written in the whitelist or the config: relative to the root, with `/`.
 * @returns What is wrong, to be read after the path; undefined where it stays inside.
 */
export function escapesRoot(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'holds a NUL character';
  if (path.includes('\\')) return 'holds a backslash; paths are written with /';
  if (path.startsWith('/') || /^[a-z]:/i.test(path))
    return 'is absolute; paths start at the repository’s root';
  if (path.split('/').includes('..')) return 'leaves the repository with ..';
  return undefined;
}
