import { spawnSync } from 'node:child_process';
import { bin } from './repository.js';

/**
 * Runs check-imports to its end.
 *
 * @param {string} cwd
 * @param {string[]} args
 */
export function run(cwd, ...args) {
  return spawnSync(process.execPath, [bin, ...args], { cwd, encoding: 'utf8', maxBuffer: 2 ** 30 });
}

/**
 * Runs check-imports and reads its JSON report.
 *
 * @param {{ root: string }} repository
 * @param {string[]} args
 */
export function report({ root }, ...args) {
  const { stdout, stderr, status } = run(root, ...args, '--offline', '--format', 'json');
  if (!stdout) throw new Error(`check-imports ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
