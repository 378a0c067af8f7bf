import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from './package-folder.js';

/**
 * Bundled code keeps its licence.
 *
 * @param chunks What the bundler has written.
 * @param furtherFolders Packages of which something else was taken.
 * @returns Each package's own text, named with its version.
 */
export function licences(chunks, furtherFolders = []) {
  const folders = new Set([
    ...chunks.flatMap(({ moduleIds = [] }) => moduleIds.map(packageFolder)).filter(Boolean),
    ...furtherFolders,
  ]);
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
