import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { sourceModule } from '../modules.js';

const root = path.resolve(import.meta.dirname, '../..');

/** The quick look at real text: node_modules of this checkout, and the libraries of the machine's Python. */
export default {
  id: 'scan',
  title: 'Scan: speed, and files that it sends to the parser whatever is settled',
  needsData: false,
  async run() {
    const scanner = async (/** @type {string} */ id) => ({
      id,
      ...(await sourceModule(`src/languages/${id}/scan.ts`)),
    });
    return {
      rows: [
        ...measured(await scanner('javascript'), nodeModules()),
        ...measured(await scanner('python'), standardLibrary()),
      ],
    };
  },
};

function measured({ id, scan }, files) {
  if (files.length === 0) return [];
  const texts = files.map((file) => ({
    text: readFileSync(file, 'utf8'),
    dialect: path.extname(file).slice(1),
  }));
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  const seconds = [1, 2, 3].map(() => {
    const start = performance.now();
    for (const source of texts) scan(source);
    return (performance.now() - start) / 1000;
  });
  const unsure = texts.filter((source) => scan(source).kind === 'unsure').length;
  const note = `${files.length} files, ${megabytes.toFixed(0)} MB`;
  return [
    {
      name: `${id}: scan`,
      value: megabytes / Math.min(...seconds),
      unit: 'MB/s',
      budget: 50,
      atLeast: true,
      note,
    },
    {
      name: `${id}: sent to the parser whatever is settled`,
      value: (100 * unsure) / files.length,
      unit: '%',
      note: `${unsure} files`,
    },
  ];
}

function nodeModules() {
  return below(path.join(root, 'node_modules'), /\.(?:[cm]?[jt]sx?)$/);
}

function standardLibrary() {
  try {
    const program = 'import os, sys; sys.stdout.write(os.path.dirname(os.__file__))';
    return below(execFileSync('python3', ['-c', program], { encoding: 'utf8' }), /\.py$/);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return [];
  }
}

/** Files of up to 2 MB: longer ones are rare, and would be most of the sum. */
function below(folder, pattern) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= 2 * 1024 * 1024);
}
