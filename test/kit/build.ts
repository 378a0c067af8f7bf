import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Builds dist/ once before all tests, because most of them run the command as a process of its own. */
export default function setup(): void {
  const root = path.resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, ['scripts/build.js', '--no-types'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
