/** Builds dist/ from the sources: bundle, types, the grammar of Python, and the licences of what is inside. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rolldown } from 'rolldown';
import config from '../rolldown.config.js';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

const bundle = await rolldown(config);
const { output } = await bundle.write(config.output);
await bundle.close();
// The library's types say that it is an ES module.
writeFileSync(path.join(dist, 'index.js'), "export * from './index.cjs';\n");
const webAssembly = [
  require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
  require.resolve('tree-sitter-python/tree-sitter-python.wasm'),
];
for (const file of webAssembly) copyFileSync(file, path.join(dist, path.basename(file)));
writeFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(output));
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Bundled code keeps its licence: each package's own text, named with its version. */
function licences(chunks) {
  const folders = new Set(
    chunks.flatMap(({ moduleIds = [] }) => moduleIds.map(packageFolder)).filter(Boolean),
  );
  folders.add(path.dirname(require.resolve('tree-sitter-python/package.json')));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** @returns The folder of the package that a module belongs to, or null for our own. */
function packageFolder(id) {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? null;
}
