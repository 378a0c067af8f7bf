/*
 * Files that add folders to where Python looks for modules (https://docs.python.org/3/library/site.html): pywin32 has its
 * modules in `win32` and `win32/lib`, and a `pywin32.pth` that names both.
 */

/** The most bytes of such a file that are read. */
export const pathFileCap = 64 * 1024;
/** More lines than this are not read. */
const mostLines = 100;

/** @param path Of an installed file, from where packages are installed. */
export function isPathFile(path: string): boolean {
  return /^[^/]+\.pth$/.test(path);
}

/**
 * Reads the folders that a path file names. A line that begins with `import` is a program, which is not run.
 *
 * @returns Folders below the one where packages are installed; what leads elsewhere is left out.
 */
export function foldersIn(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/, mostLines).map((line) => line.trimEnd());
  return lines
    .filter((line) => !/^(?:#|import[ \t]|[/\\]|[a-z]:)/i.test(line))
    .map((line) => line.split(/[/\\]+/).filter((part) => part !== '' && part !== '.'))
    .filter((parts) => parts.length > 0 && !parts.includes('..'))
    .map((parts) => parts.join('/'));
}

/**
 * @param paths Installed files.
 * @param folders Those that path files name. Where the file system tells no capitals apart, neither do they.
 * @returns The paths of files in such a folder, from there. What lies in another one inside is looked for there alone.
 */
export function pathsWithin(paths: readonly string[], folders: readonly string[]): readonly string[] {
  const prefixes = folders.map((folder) => `${folder.toLowerCase()}/`);
  return paths.flatMap((path) => {
    const around = prefixes.filter((prefix) => path.toLowerCase().startsWith(prefix));
    const longest = around.reduce((most, { length }) => Math.max(most, length), 0);
    return longest === 0 ? [] : [path.slice(longest)];
  });
}
