/** @returns The last part of a path (relative to the repository's root, with `/`). */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** @returns The name of the folder that holds the file; empty at the root. */
export function folderName(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}

/** @returns Whether a file is part of something installed: it belongs to other packages than the project's. */
export function isInstalled(path: string): boolean {
  return INSTALLED.test(path);
}

const INSTALLED = /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.venv)\//;

/** @returns What the last part of a path ends with, in small letters and without the dot; empty where it has no dot. */
export function fileEnding(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(dot + 1).toLowerCase() : '';
}
