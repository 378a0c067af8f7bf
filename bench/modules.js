import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const root = path.resolve(import.meta.dirname, '..');

/** How many modules this run has bundled: each file is imported once. */
let count = 0;

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
  const name = `${process.pid}-${count++}`;
  const bundled = path.join(import.meta.dirname, 'built', `${name}.mjs`);
  mkdirSync(path.dirname(bundled), { recursive: true });
  try {
    writeFileSync(bundled, output[0].code);
    return await import(`./built/${name}.mjs`);
  } finally {
    rmSync(bundled);
  }
}
