import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Puts sources into one file below `.fuzz`, beside node_modules, so that Node runs them and finds their packages.
 *
 * @param {string} root The folder of this checkout.
 * @param {string} input The module to begin with, relative to it.
 * @param {string} name Of the file.
 */
export async function bundle(root, input, name) {
  const folder = path.join(root, '.fuzz');
  mkdirSync(folder, { recursive: true });
  const made = await rolldown({ input, cwd: root, platform: 'node', external: /^[^./]/, logLevel: 'silent' });
  await made.write({ file: path.join(folder, name), format: 'esm', codeSplitting: false });
  await made.close();
}
