import { run } from '../command.js';
import { missingPeers, realPeers } from '../peers.js';
import {
  checkout,
  commitOf,
  missingRepositories,
  sources,
  stageComments,
  trackedFiles,
} from '../real-repositories.js';
import { bin } from '../repository.js';
import { median, outputOf, peakMemory, peakMemoryOfTree, ratio, timesOf } from '../timing.js';

const ROUNDS = 9;

/** Findings are no failure, nor is a file that nobody can parse. */
const ok = [0, 1, 2];

/** How often Biome's lint each command may take, in wall time and in CPU time. */
export const commands = [
  { words: ['--all', '--offline'], limit: 1 },
  { words: ['list', '--references'], limit: 2 },
  { words: ['init', '--dry-run', '--offline'], limit: 3 },
];

/** MB above bare Node, whatever the size of the repository. */
export const MEMORY_LIMIT = 150;

/** @typedef {import('../timing.js').Times} Times */
/** @typedef {import('../timing.js').Run} Run */

/** Real repositories: check-imports against linters that read the same tree in the same rounds. */
export default {
  id: 'repositories',
  title: 'Real repositories, as ratios to other linters in the same rounds',
  missing: () => missingPeers() ?? missingRepositories(),
  async run() {
    const groups = [];
    for (const source of sources()) groups.push(await measure(source));
    return { groups, intro, showsAll: true };
  },
};

const intro = `Each command runs in a checkout of the newest commit; the row names it. It is measured against \`biome lint --max-diagnostics=0 .\`
in the same checkout, the settled commit against \`node -e 0\` and against \`biome lint --staged\` on the same 15 files, and
\`--all\` also against \`knip --include unlisted\`. Medians of ${ROUNDS} rounds. CPU is that of all threads and of all programs that were waited
for, in user and system mode. Memory is the peak of the process.`;

/** @param {{ name: string, folder: string }} source */
async function measure({ name, folder }) {
  const repository = checkout(folder);
  const adopted = checkout(folder);
  try {
    const cwd = repository.root;
    adopt(adopted);
    stageComments(adopted, 15);
    const { biome, staged, knip } = realPeers;
    const [biomeRun, knipRun] = [biome, knip].map((peer) => ({ ...peer, cwd }));
    const hook = nodeRun([bin, 'hook', 'pre-commit'], adopted.root);
    proveThatItIsSettled(hook);
    const bare = nodeRun(['-e', '0'], cwd);
    const own = commands.map(({ words }) => nodeRun([bin, ...words], cwd));
    const failure = failureOf(knipRun);
    const runs = [bare, biomeRun, hook, { ...staged, cwd: adopted.root }, ...own];
    const [node, lint, commit, lintOfStaged, ...rest] = timesOf(
      failure === null ? [...runs, knipRun] : runs,
      ROUNDS,
    );
    const [all] = rest;
    const bareMemory = peakMemory(bare);
    const memory = own.map((one) => peakMemory(one) - bareMemory);
    const biomeMemory = await peakMemoryOfTree(biomeRun);
    const rows = [
      ...commands.flatMap(({ words, limit }, at) => [
        ...rowsOf(words, rest[at], { times: lint, name: 'Biome', limit }),
        memoryRow(words, memory[at], biomeMemory),
      ]),
      ...(failure === null
        ? rowsOf(commands[0].words, all, { times: rest[own.length], name: 'knip', limit: 1 })
        : []),
      ...rowsOf(['hook', 'pre-commit'], commit, { times: node, name: 'bare Node' }),
      ...rowsOf(['hook', 'pre-commit'], commit, { times: lintOfStaged, name: 'Biome on these files' }),
    ];
    const remarks = failure === null ? [] : [`knip is left out here, because it fails: ${failure}`];
    return { name: describe(name, folder, { repository, biomeRun }), rows, remarks };
  } finally {
    repository.dispose();
    adopted.dispose();
  }
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Run}
 */
export function nodeRun(args, cwd) {
  return { program: process.execPath, args, cwd, ok };
}

/** As a team starts: what the repository uses is in the whitelist, in a commit. */
function adopt(repository) {
  const { status, stderr } = run(repository.root, 'init', '--yes', '--offline');
  if (status !== 0) throw new Error(`init ended with ${status}: ${stderr}`);
  repository.commit();
}

/** @param {Run} hook */
function proveThatItIsSettled(hook) {
  const output = outputOf({ ...hook, ok: [0] });
  if (output !== '') throw new Error(`the commit should be settled, and the hook says:\n${output}`);
}

/** @param {Run} knip @returns {string | null} Why it can't run here: most often a config that needs what is not installed. */
function failureOf(knip) {
  try {
    outputOf(knip);
    return null;
  } catch (error) {
    return /^\w*(?:error|reason):? .*$/im.exec(error.message)?.[0] ?? error.message.split('\n')[0];
  }
}

/** How much both read, so that nobody is fast who reads less. */
function describe(name, folder, { repository, biomeRun }) {
  const { files } = JSON.parse(run(repository.root, '--all', '--offline', '--format', 'json').stdout).summary;
  const checked = Number(/Checked (\d+) files/.exec(outputOf(biomeRun))?.[1]);
  if (!(checked > 0)) throw new Error(`Biome does not say how many files of ${name} it checked`);
  const tracked = trackedFiles(repository).length;
  return `${name} at ${commitOf(folder)}: ${tracked} files, of which check-imports reads ${files} and Biome ${checked}`;
}

/**
 * @param {readonly string[]} words
 * @param {Times} own
 * @param {{ times: Times, name: string, limit?: number }} other
 * @returns {import('../report.js').Row[]} Of wall time, and of CPU time where the system tells it.
 */
function rowsOf(words, own, { times, name, limit }) {
  const row = (kind, values, others) => ({
    name: `\`vetted-imports ${words.join(' ')}\`, ${kind}, against ${name}`,
    value: ratio(values, others),
    unit: '×',
    note: `${seconds(values)} against ${seconds(others)}`,
    ...(limit === undefined ? {} : { budget: limit }),
  });
  const knowsCpu = median(times.cpus) > 0;
  return [row('wall', own.walls, times.walls), ...(knowsCpu ? [row('CPU', own.cpus, times.cpus)] : [])];
}

/**
 * @param {readonly string[]} words
 * @param {number} value
 * @param {number} biome
 * @returns {import('../report.js').Row}
 */
export function memoryRow(words, value, biome) {
  return {
    name: `\`vetted-imports ${words.join(' ')}\`, peak memory above bare Node`,
    value,
    unit: 'MB',
    budget: MEMORY_LIMIT,
    note: biome > 0 ? `Biome holds ${biome.toFixed(0)} MB` : '',
  };
}

function seconds(values) {
  return `${(median(values) / 1000).toFixed(2)} s`;
}
