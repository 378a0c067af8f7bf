/**
 * Measures this tool on this machine: `npm run bench [-- SCENARIO…] [--json | --markdown]`. Times are medians of
 * interleaved runs, and ratios to another program in the same rounds, because machines differ and drift. `--markdown`
 * writes what was measured to docs/performance.md: the parts of other scenarios stay as they are.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { missingData } from './data.js';
import { machineHere, sentenceOf } from './machine.js';
import { block, isWithin, table, withBlock } from './report.js';

const names = [
  'llm-code',
  'commits',
  'wheels',
  'names',
  'scan',
  'hook',
  'agent-hook',
  'commit',
  'growth',
  'scale',
  'all',
  'all-python',
  'repositories',
  'copies',
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

const machine = machineHere();
if (isForPeople) console.log(`${sentenceOf(machine)}\n`);
const results = [];
for (const name of names.filter((candidate) => chosen.length === 0 || chosen.includes(candidate))) {
  const { default: scenario } = await import(`./scenarios/${name}.js`);
  const { id, title, needsData = false } = scenario;
  const missing = needsData ? missingData() : (scenario.missing?.() ?? null);
  const result = { id, title, ...(missing === null ? await measured(scenario) : { missing, groups: [] }) };
  results.push(result);
  if (isForPeople) console.log(table(result));
  if (words.includes('--markdown')) await publish(result);
}
if (words.includes('--json')) console.log(JSON.stringify({ machine, results }, null, 2));
const over = results.flatMap(({ groups }) =>
  groups.flatMap(({ rows }) => rows.filter((row) => !isWithin(row))),
);
if (over.length > 0) console.error(`${over.length} over budget`);

/** Most scenarios have one group of rows. */
async function measured(scenario) {
  const { rows, groups = [{ name: '', rows }], ...rest } = await scenario.run();
  return { groups, ...rest };
}

/**
 * Writes to docs/performance.md as soon as there is something to write: the next scenario may take an hour.
 *
 * @param {import('./report.js').Result} result
 */
async function publish({ missing, ...result }) {
  if (missing !== undefined) {
    console.error(`${result.id} stays as it is on the page: ${missing}`);
    return;
  }
  const text = block(result, { machine, date: new Date().toISOString().slice(0, 10) });
  if (text === '') return;
  const page = new URL('../docs/performance.md', import.meta.url);
  const filepath = fileURLToPath(page);
  const options = { ...(await prettier.resolveConfig(filepath)), filepath };
  for (const { file, svg } of result.pictures ?? []) writeFileSync(new URL(file, page), svg);
  writeFileSync(page, await prettier.format(withBlock(readFileSync(page, 'utf8'), result.id, text), options));
}
