import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @returns The path of tree-sitter's own WebAssembly. */
export function treeSitterPath(): string {
  return webAssembly('web-tree-sitter/web-tree-sitter.wasm');
}

/** @returns The path of the Python grammar's WebAssembly. */
export function grammarPath(): string {
  return webAssembly('tree-sitter-python/tree-sitter-python.wasm');
}

/** It lies beside the bundle (`dist/`, seen from `dist/chunks/`) where the tool is built, else in its package. */
function webAssembly(file: string): string {
  const bundled = fileURLToPath(new URL(`../${basename(file)}`, import.meta.url));
  return existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(file);
}
