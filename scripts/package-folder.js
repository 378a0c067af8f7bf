/**
 * Finds the package that a module belongs to.
 *
 * @param {string} file The path of the module.
 * @returns {string | null} The package's folder, or null for a module of this project.
 */
export function packageFolder(file) {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1] ?? null;
}
