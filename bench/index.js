/**
 * Measures check-imports on this machine: `npm run bench [-- SCENARIO…] [--json]`. Times are medians of
 * interleaved runs, and ratios to `node -e 0` in the same run, because machines differ and drift.
 */
import { hasData } from './data.js';
import { isWithin, table } from './report.js';

const names = ['llm-code', 'commits', 'wheels', 'names', 'scan', 'hook', 'commit', 'growth'];

const words = process.argv.slice(2);
const chosen = words.filter((word) => !word.startsWith('--'));
const json = words.includes('--json');
const unknown = chosen.filter((word) => !names.includes(word));
if (unknown.length > 0) {
  console.error(`no scenario is called ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}

const results = [];
for (const name of names.filter((candidate) => chosen.length === 0 || chosen.includes(candidate))) {
  const { default: scenario } = await import(`./scenarios/${name}.js`);
  if (scenario.needsData && !hasData()) {
    if (!json) console.log(`${scenario.title}\n  left out: its data is not here\n`);
    continue;
  }
  const result = { id: scenario.id, title: scenario.title, ...(await scenario.run()) };
  results.push(result);
  if (!json) console.log(table(result));
}
if (json)
  console.log(JSON.stringify({ node: process.version, platform: process.platform, results }, null, 2));
const over = results.flatMap(({ rows }) => rows.filter((row) => !isWithin(row)));
if (over.length > 0) console.error(`${over.length} over budget`);
