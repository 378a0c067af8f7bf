import path from 'node:path';
import { rolldown } from 'rolldown';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Bundles a module of the sources as the command's build does, and imports it.
 *
 * @param {string} file Relative to the project's root.
 */
export async function sourceModule(file) {
  const bundle = await rolldown({ input: file, cwd: root, platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, minify: true });
  await bundle.close();
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
