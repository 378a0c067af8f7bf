/** Where pip puts a package in a virtual environment (https://docs.python.org/3/library/sysconfig.html#installation-paths). */
const INSTALLED = /^(.+?)[\\/](?:lib[\\/]python[^\\/]*|Lib)[\\/]site-packages[\\/]vetted_imports[\\/]/;

/**
 * @param folder Where a module of this program lies.
 * @returns The virtual environment of Python that the program is installed in; null for every other installation.
 */
export function environmentOf(folder: string): string | null {
  return INSTALLED.exec(folder)?.[1] ?? null;
}
