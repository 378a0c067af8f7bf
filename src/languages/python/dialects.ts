/** What other file formats call Python. */
export const PYTHON = 'python';

/** @returns The dialect of the cells of a notebook with this kernel or language; undefined for others. */
export function kernelDialect(name: string): string | undefined {
  return /^(?:i?python[23]?|pyspark3?|sage)$/i.test(name) ? 'ipynb' : undefined;
}

/**
 * @param kernel null where the notebook names none: Jupyter's own kernel is IPython's.
 * @param language What the cell itself says. Editors colour the cell of a magic by what the magic runs; the kernel gets
 *   it all the same.
 * @returns Whether a cell of a notebook is Python's.
 */
export function isPythonCell(text: string, kernel: string | null, language: string | null): boolean {
  const isPythonKernel = kernel === null || kernelDialect(kernel) !== undefined;
  const isMagic = /^\s*%%/.test(text);
  return language === null || (isMagic && isPythonKernel)
    ? isPythonKernel
    : kernelDialect(language) !== undefined;
}
