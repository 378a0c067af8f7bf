import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Bundles a module of the sources as the command's build does, and imports it.
 *
 * @param {string} file Relative to the project's root.
 */
export async function sourceModule(file) {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-bench-'));
  try {
    const bundle = await rolldown({ input: { module: file }, cwd: root, platform: 'node' });
    await bundle.write({
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].mjs',
      codeSplitting: false,
      minify: true,
    });
    await bundle.close();
    return await import(pathToFileURL(path.join(folder, 'module.mjs')).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
