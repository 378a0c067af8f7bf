import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Set in the process that runs the setups of all projects, one after the other. */
const BUILT = 'CHECK_IMPORTS_TESTS_BUILT';

/** Builds dist/ once before all tests, because most of them run the command as a process of its own. */
export default function setup(): void {
  if (process.env[BUILT] !== undefined) return;
  process.env[BUILT] = 'yes';
  const root = path.resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, ['scripts/build.js', '--no-types'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
