/**
 * Makes all that a release publishes, in `build/`: npm's tarball, the Python wheel, the extension for VS Code, and what the
 * changelog says of this version. The packages of editors/vscode have to be installed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { sectionOf } from './release/places.js';

/** Scripts of package.json, each of which makes one file; the first one builds. */
const makers = [
  ['pack', 'build'],
  ['wheel', '--no-build'],
  ['extension', '--', '--no-build'],
];

const root = path.resolve(import.meta.dirname, '..');
mkdirSync(path.join(root, 'build'), { recursive: true });
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const notes = sectionOf(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), version);
writeFileSync(path.join(root, 'build/notes.md'), `${notes}\n`);
for (const [script, ...words] of makers) {
  const { status } = spawnSync('npm', ['run', script, '--', ...words], { cwd: root, stdio: 'inherit' });
  // Whatever failed has said why.
  if (status !== 0) process.exit(status ?? 1);
}
