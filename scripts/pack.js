/**
 * Makes the tarball that is published, in the folder that is named, and refuses one that lacks a part. `npm pack` and
 * `npm publish` of the folder itself ask nobody: `.npmrc` keeps npm from running scripts, `prepack` among them.
 *
 * node scripts/pack.js [--no-build] [DESTINATION]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const words = process.argv.slice(2);
const [destination = '.'] = words.filter((word) => !word.startsWith('--'));
if (!words.includes('--no-build')) run('npm', ['run', 'build']);

const [{ files }] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
const paths = files.map(({ path }) => path);
const contents = JSON.parse(readFileSync(new URL('package-contents.json', import.meta.url), 'utf8'));
const patterns = contents.map((source) => new RegExp(`^(?:${source})$`));
const missing = patterns.filter((pattern) => !paths.some((path) => pattern.test(path)));
const surplus = paths.filter((path) => !patterns.some((pattern) => pattern.test(path)));
if (missing.length + surplus.length > 0) {
  const lines = [
    ...missing.map((pattern) => `nothing is there like ${pattern.source}`),
    ...surplus.map((path) => `${path} is not on the list of scripts/package-contents.json`),
  ];
  process.stderr.write(
    `Nothing was packed:\n${lines.map((line) => `  ${line}\n`).join('')}Run npm run build first.\n`,
  );
  process.exit(1);
}
process.stdout.write(run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination]));

function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
