import { spawnSync } from 'node:child_process';
import { bin } from './repository.js';

/**
 * Runs check-imports and reads its JSON report.
 *
 * @param {{ root: string }} repository
 * @param {string[]} args
 */
export function report({ root }, ...args) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [bin, ...args, '--offline', '--format', 'json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  if (!stdout) throw new Error(`check-imports ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
