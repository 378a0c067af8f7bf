/**
 * Makes the tarball that is published, in the folder that is named, and refuses one that lacks a part. `npm pack` and
 * `npm publish` of the folder itself ask nobody: `.npmrc` keeps npm from running scripts, `prepack` among them.
 *
 * node scripts/pack.js [--no-build] [DESTINATION]
 */
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { flawsOf, packedFiles } from './packed-files.js';

const words = process.argv.slice(2);
const [destination = '.'] = words.filter((word) => !word.startsWith('--'));
if (!words.includes('--no-build')) run('npm', ['run', 'build']);

const flaws = flawsOf(packedFiles());
if (flaws !== '') {
  process.stderr.write(flaws);
  process.exit(1);
}
process.stdout.write(run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination]));

function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
