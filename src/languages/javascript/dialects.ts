/** What other file formats call JavaScript and TypeScript. */
export const JAVASCRIPT = 'javascript';

/** `lang` attributes of scripts, and the dialects that they stand for. */
export const scriptDialects: ReadonlyMap<string, string> = new Map([
  ['js', 'js'],
  ['mjs', 'mjs'],
  ['cjs', 'cjs'],
  ['javascript', 'js'],
  ['jsx', 'jsx'],
  ['ts', 'ts'],
  ['mts', 'mts'],
  ['cts', 'cts'],
  ['typescript', 'ts'],
  ['tsx', 'tsx'],
]);

/** @returns The dialect of the cells of a notebook with this kernel or language; undefined for others. */
export function kernelDialect(name: string): string | undefined {
  if (/^(?:typescript|deno|tslab)$/i.test(name)) return 'ts';
  return /^(?:javascript|jslab|node)$/i.test(name) ? 'js' : undefined;
}
