import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Bundles a module of the sources as the command's build does, and imports it from a file: what packages in CommonJS
 * require is looked for from there.
 *
 * @param {string} file Relative to the project's root.
 */
export async function sourceModule(file) {
  const bundle = await rolldown({ input: file, cwd: root, platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, minify: true });
  await bundle.close();
  const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-bench-module-'));
  try {
    const bundled = path.join(folder, 'module.mjs');
    writeFileSync(bundled, output[0].code);
    return await import(pathToFileURL(bundled).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
