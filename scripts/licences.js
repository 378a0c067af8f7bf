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
  const modules = chunks.flatMap(({ moduleIds = [] }) => moduleIds);
  const folders = new Set([
    ...modules.map(packageFolder).filter(Boolean),
    ...modules.flatMap(inlinedFolders),
    ...furtherFolders,
  ]);
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * Of what a package has bundled itself, a comment of its bundler tells the name and the version.
 *
 * @returns Where these packages are installed here: their licences are the same.
 */
function inlinedFolders(file) {
  if (!/node_modules.*\.[cm]?js$/.test(file)) return [];
  const regions = readFileSync(file, 'utf8').matchAll(
    /^\/\/#region .*\/node_modules\/\.pnpm\/([^/]+)@([^/@]+)\//gm,
  );
  const installed = file.slice(0, file.indexOf('node_modules'));
  return [...regions].map(([, name, version]) => {
    const folder = path.join(installed, 'node_modules', name.replace('+', '/'));
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    if (manifest.version !== version)
      throw new Error(
        `${file} holds ${name} ${version}, and ${manifest.version} is installed: whose licence is it?`,
      );
    return folder;
  });
}
