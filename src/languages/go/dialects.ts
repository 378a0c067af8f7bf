/** The dialect of a cell of a notebook. */
export const CELL = 'ipynb';

/** https://github.com/gopherdata/gophernotes, https://github.com/janpfeifer/gonb, https://github.com/yunabe/lgo, 2026-12 */
const KERNEL = /^(?:go(?:lang)?|gophernotes|gonb|lgo)$/i;

/** @returns The dialect of the cells of a notebook with this kernel or language; undefined for others. */
export function kernelDialect(name: string): string | undefined {
  return KERNEL.test(name) ? CELL : undefined;
}
