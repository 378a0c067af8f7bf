/** The dialect of a cell of a notebook. */
export const CELL = 'ipynb';

/** @returns The dialect of the cells of a notebook with this kernel or language; undefined for others. */
export function kernelDialect(name: string): string | undefined {
  // https://github.com/evcxr/evcxr/tree/main/evcxr_jupyter, 2026-12
  return /^(?:rust|evcxr|evcxr_jupyter)$/i.test(name) ? CELL : undefined;
}

/** @returns Whether a cell may have lines that the kernel takes for itself: a look that loads nothing. */
export function mayAskForCrates(text: string): boolean {
  return /(?<![^\n])[ \t]*:[A-Za-z]/.test(text);
}
