/** Writes the parts of files that follow from the code; with --check only compares them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');

const { generatedFiles } = await load('scripts/docs/index.ts');
const changed = [];
for (const { path: file, generate } of generatedFiles(read)) {
  const current = read(file);
  const filepath = path.join(root, file);
  const text = await prettier.format(generate(current), {
    ...(await prettier.resolveConfig(filepath)),
    filepath,
  });
  if (text !== current) changed.push({ file, text });
}

if (changed.length > 0 && process.argv.includes('--check')) {
  const names = changed.map(({ file }) => file).join(', ');
  console.error(
    `The code asks for another text of ${names}: run \`npm run docs\` and commit what it writes.`,
  );
  process.exit(1);
}
for (const { file, text } of changed) writeFileSync(path.join(root, file), text);

/** Imports a TypeScript module of this project, with what it loads at once; what is loaded later is not asked for. */
async function load(file) {
  const bundle = await rolldown({
    input: path.join(root, file),
    platform: 'node',
    // jsonc-parser's other build hides its imports from a bundler.
    resolve: { mainFields: ['module', 'main'] },
    plugins: [{ name: 'outside', resolveId: outside }],
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
  try {
    await bundle.write({ format: 'esm', file: path.join(folder, 'module.mjs') });
    return await import(pathToFileURL(path.join(folder, 'module.mjs')).href);
  } finally {
    await bundle.close();
    rmSync(folder, { recursive: true });
  }
}

/** @returns What stays outside of the bundle, by an address that a module in another folder can import. */
function outside(source, _, { kind }) {
  if (kind === 'dynamic-import') return { id: source, external: true };
  return source === 'typescript' ? { id: import.meta.resolve(source), external: true } : null;
}
