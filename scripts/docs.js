/** Writes the parts of files that follow from the code; with --check only compares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');

await bundle('scripts/docs/index.ts', '.docs/index.js');
const { generatedFiles } = await import('../.docs/index.js');
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

/**
 * Bundles a TypeScript module of this project with what it loads at once; of what is loaded later, the formats of lockfiles
 * alone are asked for.
 */
async function bundle(input, file) {
  const modules = await rolldown({
    input: path.join(root, input),
    platform: 'node',
    // jsonc-parser's other build hides its imports from a bundler.
    resolve: { mainFields: ['module', 'main'] },
    external: ['typescript'],
    plugins: [
      {
        name: 'later',
        resolveId: (id, _, { kind }) =>
          kind === 'dynamic-import' && !id.endsWith('/lockfiles/index.ts') ? { id, external: true } : null,
      },
    ],
  });
  await modules.write({ format: 'esm', file: path.join(root, file), codeSplitting: false });
  await modules.close();
}
