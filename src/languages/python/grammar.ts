import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * @returns The path of the Python grammar's WebAssembly: beside the bundle (`dist/`, seen from
 *   `dist/chunks/`) where the tool is built, else in the package `tree-sitter-python`.
 */
export function grammarPath(): string {
  const bundled = fileURLToPath(new URL('../tree-sitter-python.wasm', import.meta.url));
  if (existsSync(bundled)) return bundled;
  return createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm');
}
