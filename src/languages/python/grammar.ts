import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** @returns The path of tree-sitter's own WebAssembly. */
export function treeSitterPath(): string {
  const file = 'web-tree-sitter.wasm';
  return inBundle(file) ?? createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm');
}

/** @returns The path of the Python grammar's WebAssembly. */
export function grammarPath(): string {
  const file = 'tree-sitter-python.wasm';
  return (
    inBundle(file) ?? createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm')
  );
}

/** Where the tool is built, its WebAssembly lies beside the bundle: in `dist/`, seen from `dist/chunks/`. */
function inBundle(file: string): string | undefined {
  const bundled = fileURLToPath(new URL(`../${file}`, import.meta.url));
  return existsSync(bundled) ? bundled : undefined;
}
