/** Folders that hold other people's code by convention, wherever they stand. */
const vendorFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'site-packages',
  'dist-packages',
  '.venv',
  'vendor',
  'vendored',
  '_vendor',
  'third_party',
  'third-party',
]);

/**
 * @param patterns `ignorePaths` of the config; null: only the conventions hold.
 * @returns Whether a path is left out of every scope.
 */
export async function ignoring(patterns: readonly string[] | null): Promise<(path: string) => boolean> {
  if (patterns === null) return isVendored;
  const { default: picomatch } = await import('picomatch');
  return picomatch([...patterns], { dot: true });
}

function isVendored(path: string): boolean {
  if (path.endsWith('.min.js')) return true;
  const folders = path.split('/');
  folders.pop();
  return folders.some((folder) => vendorFolders.has(folder));
}
