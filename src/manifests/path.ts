/**
 * @param path A path relative to the repository's root, with `/`.
 * @returns The file's name in its own letters, or undefined where the file is part of something installed:
 *   what stands in there belongs to the installed packages and is no manifest of the project.
 */
export function manifestName(path: string): string | undefined {
  const parts = path.split('/');
  const name = parts.pop();
  return parts.some((part) => INSTALLED.has(part)) ? undefined : name;
}

/** @returns The name of the folder that holds the file; empty at the root. */
export function folderName(path: string): string {
  return path.split('/').at(-2) ?? '';
}

const INSTALLED = new Set(['node_modules', 'site-packages', 'dist-packages', '.venv']);
