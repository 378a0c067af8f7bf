import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Lists what npm packs of a folder.
 *
 * @param {string} [folder] The root of the project.
 * @returns {string[]} Paths from there, as the tarball has them.
 */
export function packedFiles(folder = process.cwd()) {
  const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [{ files }] = JSON.parse(listing);
  return files.map(({ path }) => path);
}

/**
 * Compares what would be packed with scripts/package-contents.json.
 *
 * @param {string[]} paths What npm packs.
 * @returns {string} What is wrong with them, in lines; empty where nothing is.
 */
export function flawsOf(paths) {
  const contents = JSON.parse(readFileSync(new URL('package-contents.json', import.meta.url), 'utf8'));
  const patterns = contents.map((source) => new RegExp(`^(?:${source})$`));
  const missing = patterns.filter((pattern) => !paths.some((path) => pattern.test(path)));
  const surplus = paths.filter((path) => !patterns.some((pattern) => pattern.test(path)));
  if (missing.length + surplus.length === 0) return '';
  const lines = [
    ...missing.map((pattern) => `nothing is there like ${pattern.source}`),
    ...surplus.map((path) => `${path} is not on the list of scripts/package-contents.json`),
  ];
  return `Nothing was packed:\n${lines.map((line) => `  ${line}\n`).join('')}Run npm run build first.\n`;
}
