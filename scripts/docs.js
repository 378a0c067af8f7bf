/** Writes the parts of the documentation that follow from the code; with --check only compares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const readme = path.join(root, 'README.md');

const { rules } = await load('rules/index.ts');
const before = readFileSync(readme, 'utf8');
const table = [
  '| rule | default | refuses |',
  '|---|---|---|',
  ...rules.map(
    ({ id, severity, summary }) => `| [${id}](rules/${id}/README.md) | ${severity} | ${summary} |`,
  ),
].join('\n');
const marked = /(<!-- rules: .*? -->\n).*?(<!-- \/rules -->)/s;
const written = before.replace(marked, `$1\n## Rules\n\n${table}\n\n$2`);
const after = await prettier.format(written, { ...(await prettier.resolveConfig(readme)), filepath: readme });

if (after === before) process.exit(0);
if (process.argv.includes('--check')) {
  console.error('README.md does not fit the rules: run `npm run docs` and commit what it writes.');
  process.exit(1);
}
writeFileSync(readme, after);

/** Imports a TypeScript module of this project. */
async function load(file) {
  const bundle = await rolldown({ input: path.join(root, file), platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
