/**
 * Measures this tool on this machine: `npm run bench [-- SCENARIO…] [--json | --markdown]`. Times are medians of
 * interleaved runs, and ratios to another program in the same rounds, because machines differ and drift. `--markdown`
 * measures everything and writes the section of docs/performance.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { missingData } from './data.js';
import { machineHere, sentenceOf } from './machine.js';
import { isWithin, section, table, withSection } from './report.js';

const names = [
  'llm-code',
  'commits',
  'wheels',
  'names',
  'scan',
  'hook',
  'commit',
  'growth',
  'all',
  'all-python',
  'lookups',
  'lsp',
  'size',
];

const words = process.argv.slice(2);
const chosen = words.filter((word) => !word.startsWith('--'));
const isForPeople = !words.includes('--json') && !words.includes('--markdown');
const unknown = [
  ...chosen.filter((word) => !names.includes(word)),
  ...words.filter((word) => word.startsWith('--') && !['--json', '--markdown'].includes(word)),
];
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; scenarios are ${names.join(', ')}`);
  process.exit(2);
}

if (words.includes('--markdown') && chosen.length > 0) {
  console.error('--markdown writes the whole section: name no scenario');
  process.exit(2);
}

const machine = machineHere();
if (isForPeople) console.log(`${sentenceOf(machine)}\n`);
const results = [];
for (const name of names.filter((candidate) => chosen.length === 0 || chosen.includes(candidate))) {
  const { default: scenario } = await import(`./scenarios/${name}.js`);
  const { id, title, needsData = false } = scenario;
  const missing = needsData ? missingData() : (scenario.missing?.() ?? null);
  const result =
    missing === null ? { id, title, ...(await scenario.run()) } : { id, title, missing, rows: [] };
  results.push(result);
  if (isForPeople) console.log(table(result));
}
if (words.includes('--json')) console.log(JSON.stringify({ machine, results }, null, 2));
if (words.includes('--markdown')) await writeSection(section(machine, results));
const over = results.flatMap(({ rows }) => rows.filter((row) => !isWithin(row)));
if (over.length > 0) console.error(`${over.length} over budget`);

/** @param {string} text */
async function writeSection(text) {
  const page = new URL('../docs/performance.md', import.meta.url);
  const filepath = fileURLToPath(page);
  const options = { ...(await prettier.resolveConfig(filepath)), filepath };
  writeFileSync(page, await prettier.format(withSection(readFileSync(page, 'utf8'), text), options));
}
