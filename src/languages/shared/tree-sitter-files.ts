import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** tree-sitter's WebAssembly with a meter in it, and the memory that it starts with, where that is said. */
export interface TreeSitterBinary {
  readonly bytes: Uint8Array;
  /** Bytes; more is taken when it is needed. */
  readonly memory: number | undefined;
}

/** @returns tree-sitter's own WebAssembly; the one that is built has its meter, and asks for less memory than usual. */
export async function treeSitter(): Promise<TreeSitterBinary> {
  const bundled = inBundle('web-tree-sitter.wasm');
  if (bundled !== undefined) return { bytes: readFileSync(bundled), memory: 4 * 1024 * 1024 };
  const { metered } = await import('./metering.ts');
  const original = createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm');
  return { bytes: metered(readFileSync(original)), memory: undefined };
}

/**
 * @param name The package of a grammar.
 * @returns Its WebAssembly.
 */
export function grammarFile(name: string): Uint8Array {
  const file = `${name}.wasm`;
  const bundled = inBundle(file);
  if (bundled !== undefined) return readFileSync(bundled);
  const runtime = createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm');
  return readFileSync(join(dirname(runtime), '..', name, file));
}

/** Where the tool is built, its WebAssembly lies beside the bundle: in `dist/`, seen from `dist/chunks/`. */
function inBundle(file: string): string | undefined {
  const bundled = fileURLToPath(new URL(`../${file}`, import.meta.url));
  return existsSync(bundled) ? bundled : undefined;
}
