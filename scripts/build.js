/** Builds dist/ from the sources: bundle, types, the grammars of tree-sitter, and the licences of what is inside. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import config from '../rolldown.config.js';
import { licences } from './licences.js';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

const bundle = await rolldown(config);
const { output } = await bundle.write(config.output);
await bundle.close();
rejectCycles(output);
// The library's types say that it is an ES module. `export *` would export Node's marker `module.exports` as well, which
// every CommonJS module has since Node 23 (https://nodejs.org/api/esm.html#commonjs-namespaces).
const { exports: names } = output.find(({ fileName }) => fileName === 'index.cjs');
writeFileSync(path.join(dist, 'index.js'), `export { ${names.sort().join(', ')} } from './index.cjs';\n`);
// A thread that parses starts as the command does, so that both have one file less to load.
writeFileSync(path.join(dist, 'worker.cjs'), "require('./cli.cjs').parse();\n");
await writePlugin();
const treeSitter = readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'));
const { metered } = await sourceModule('src/languages/shared/metering.ts');
writeFileSync(path.join(dist, 'web-tree-sitter.wasm'), metered(withLessMemory(treeSitter)));
const { grammars } = await sourceModule('src/languages/grammars.ts');
const grammarFolders = grammars.map((name) => path.join(root, 'node_modules', name));
for (const folder of grammarFolders) {
  const file = `${path.basename(folder)}.wasm`;
  copyFileSync(path.join(folder, file), path.join(dist, file));
}
const furtherFolders = [
  ...grammarFolders,
  // Only its names are there, in another form.
  path.dirname(fileURLToPath(import.meta.resolve('npm-high-impact'))),
];
writeFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), licences(output, furtherFolders));
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** opencode loads plugins as ES modules; this one is a single file that starts the command. */
async function writePlugin() {
  const made = await rolldown({ input: 'src/opencode.ts', cwd: root, platform: 'node' });
  await made.write({
    file: path.join(dist, 'opencode.js'),
    format: 'esm',
    codeSplitting: false,
    minify: true,
  });
  await made.close();
}

/**
 * Of two chunks that require each other, the one that is loaded first runs before the other's functions are there: which one
 * that is depends on the command. The groups of rolldown.config.js can be cut so.
 */
function rejectCycles(chunks) {
  const importsOf = new Map(chunks.map(({ fileName, imports = [] }) => [fileName, imports]));
  const finished = new Set();
  const visit = (name, path) => {
    if (path.includes(name)) throw new Error(`chunks require each other: ${[...path, name].join(' → ')}`);
    if (finished.has(name)) return;
    for (const imported of importsOf.get(name) ?? []) visit(imported, [...path, name]);
    finished.add(name);
  };
  for (const name of importsOf.keys()) visit(name, []);
}

/** Loads a module of the sources, which Node alone does not. */
async function sourceModule(input) {
  const made = await rolldown({ input, cwd: root, platform: 'node', external: /^node:/, logLevel: 'silent' });
  const { output } = await made.generate({ format: 'esm', codeSplitting: false });
  await made.close();
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

/**
 * tree-sitter asks for 32 MB at its start, which V8 counts: it collects garbage until everything that a hook had
 * to load is done. 4 MB are enough for a usual file, and tree-sitter takes more when it needs more.
 * The import is written as https://webassembly.github.io/spec/core/binary/modules.html#import-section says.
 */
function withLessMemory(bytes) {
  const name = (text) => [text.length, ...Buffer.from(text)];
  const pages = { least: [0x80, 0x04], less: [0xc0, 0x00], most: [0x80, 0x80, 0x02] };
  const memory = (least) => Buffer.from([...name('env'), ...name('memory'), 2, 1, ...least, ...pages.most]);
  const at = bytes.indexOf(memory(pages.least));
  if (at < 0) throw new Error('web-tree-sitter.wasm does not import 512 to 32,768 pages of memory any more');
  const changed = Buffer.from(bytes);
  memory(pages.less).copy(changed, at);
  return changed;
}
