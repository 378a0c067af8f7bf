/** What other file formats call Python. */
export const PYTHON = 'python';

/**
 * Kernels that run Python, by their own names and by what they call their language
 * (https://github.com/jupyter/jupyter/wiki/Jupyter-kernels, 2026-11).
 */
const PYTHON_KERNEL =
  /^(?:i?python[\d.]*t?|xpython(?:-raw)?|micropython|(?:glue_|synapse_)?pyspark3?|python_glue_session|sage(?:math)?(?:-[\d.]+)?)$/i;

/** @returns The dialect of the cells of a notebook with this kernel or language; undefined for others. */
export function kernelDialect(name: string): string | undefined {
  return PYTHON_KERNEL.test(name) ? 'ipynb' : undefined;
}

/**
 * A kernel gets every cell of code, whatever a cell says of its language: editors colour it by that. Of the kernels that
 * run several languages, a cell says which one it is in.
 *
 * @param kernel null where the notebook names none: Jupyter's own kernel is IPython's.
 * @param language What the cell itself says.
 * @returns Whether a cell of a notebook is Python's.
 */
export function isPythonCell(kernel: string | null, language: string | null): boolean {
  if (kernel === null || kernelDialect(kernel) !== undefined) return true;
  return language !== null && kernelDialect(language) !== undefined;
}

/** @returns The dialect of the programs that an interpreter reads; undefined for others. @param name Without folder and `.exe`. */
export function dialectOfInterpreter(name: string): string | undefined {
  return /^(?:python|pypy)[\d.]*w?$/.test(name) ? 'py' : undefined;
}
