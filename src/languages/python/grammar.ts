import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What tree-sitter is started with. */
interface TreeSitterOptions {
  readonly locateFile: () => string;
  /** Bytes; more is taken when it is needed. */
  readonly INITIAL_MEMORY?: number;
}

/** @returns Where tree-sitter's own WebAssembly is; the one that is built asks for less memory than usual. */
export function treeSitterOptions(): TreeSitterOptions {
  const bundled = inBundle('web-tree-sitter.wasm');
  if (bundled !== undefined) return { locateFile: () => bundled, INITIAL_MEMORY: 4 * 1024 * 1024 };
  const { resolve } = createRequire(import.meta.url);
  return { locateFile: () => resolve('web-tree-sitter/web-tree-sitter.wasm') };
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
