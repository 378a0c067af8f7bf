import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What tree-sitter is started with. */
interface TreeSitterOptions {
  readonly locateFile: () => string;
  readonly wasmBinary: Uint8Array;
  /** Bytes; more is taken when it is needed. */
  readonly INITIAL_MEMORY?: number;
}

/** @returns tree-sitter's own WebAssembly; the one that is built asks for less memory than usual. */
export function treeSitterOptions(): TreeSitterOptions {
  const bundled = inBundle('web-tree-sitter.wasm');
  const file = bundled ?? createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm');
  const options = { locateFile: () => file, wasmBinary: readFileSync(file) };
  return bundled === undefined ? options : { ...options, INITIAL_MEMORY: 4 * 1024 * 1024 };
}

/** @returns The WebAssembly of Python's grammar. */
export function grammar(): Uint8Array {
  const file = 'tree-sitter-python.wasm';
  return readFileSync(
    inBundle(file) ?? createRequire(import.meta.url).resolve('tree-sitter-python/tree-sitter-python.wasm'),
  );
}

/** Where the tool is built, its WebAssembly lies beside the bundle: in `dist/`, seen from `dist/chunks/`. */
function inBundle(file: string): string | undefined {
  const bundled = fileURLToPath(new URL(`../${file}`, import.meta.url));
  return existsSync(bundled) ? bundled : undefined;
}
