import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { chart } from '../chart.js';
import { monorepo } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, peakMemory } from '../timing.js';
import { MEMORY_LIMIT } from './repositories.js';

/** Tracked files, and in how many rounds each size is measured: once where a round takes minutes. */
const sizes = [
  { files: 1000, rounds: 5 },
  { files: 10_000, rounds: 3 },
  { files: 100_000, rounds: 1 },
];

/** @typedef {import('../timing.js').Run} Run */

/** How time and memory grow with the size of a monorepo: of the hook, and of a check of the whole tree. */
export default {
  id: 'scale',
  title: 'How the cost grows with the size of a monorepo',
  run() {
    const measured = sizes.map(measure);
    const names = measured[0].map(({ name }) => name);
    const series = names.map((name, at) => ({ name, points: measured.map((one) => one[at]) }));
    return {
      rows: series.flatMap(({ name, points }) => rowsOf(name, points)),
      intro: `A generated monorepo of TypeScript, 50 files in a package; what is staged is a line more in each file, none of it new. The times are medians of ${sizes.map(({ rounds }) => rounds).join(', ')} rounds.`,
      pictures: [picture(series)],
      showsAll: true,
    };
  },
};

/**
 * @param {{ files: number, rounds: number }} size
 * @returns {{ name: string, files: number, wall: number, memory: number }[]}
 */
function measure({ files, rounds }) {
  const repository = new Repository();
  try {
    const tree = monorepo(files);
    const programs = tree.map(([name]) => name).filter((name) => name.endsWith('.ts'));
    repository.write(tree);
    repository.commit();
    repository.pack();
    const cwd = repository.root;
    const bare = peakMemory({ program: process.execPath, args: ['-e', '0'], cwd });
    const one = (/** @type {string} */ name, /** @type {string[]} */ words) => {
      const run = { program: process.execPath, args: [bin, ...words], cwd };
      const [walls] = interleaved([run], rounds);
      return { name, files, wall: median(walls), memory: peakMemory(run) - bare };
    };
    const all = one('`vetted-imports --all --offline`', ['--all', '--offline']);
    change(repository, programs.slice(0, 10));
    const few = one('`vetted-imports hook pre-commit`, 10 files staged', ['hook', 'pre-commit']);
    change(repository, programs.slice(10));
    const every = one('`vetted-imports hook pre-commit`, all files staged', ['hook', 'pre-commit']);
    return [few, every, all];
  } finally {
    repository.dispose();
  }
}

/**
 * @param {Repository} repository
 * @param {readonly string[]} programs
 */
function change(repository, programs) {
  for (const name of programs) appendFileSync(path.join(repository.root, name), 'export const added = 1;\n');
  repository.stage();
}

/**
 * @param {string} name
 * @param {ReturnType<typeof measure>} points
 */
function rowsOf(name, points) {
  return points.flatMap(({ files, wall, memory }) => {
    const of = `${name}, ${files.toLocaleString('en')} tracked`;
    return [
      { name: of, value: wall / 1000, unit: 's' },
      { name: `${of}, peak memory above bare Node`, value: memory, unit: 'MB', budget: MEMORY_LIMIT },
    ];
  });
}

/** @param {readonly { name: string, points: ReturnType<typeof measure> }[]} series */
function picture(series) {
  const lines = (/** @type {'wall' | 'memory'} */ what, /** @type {number} */ scale) =>
    series.map(({ name, points }) => ({
      name: name.replaceAll('`', '').replace('vetted-imports ', ''),
      points: points.map((point) => [point.files, point[what] / scale]),
    }));
  return {
    file: 'performance-scale.svg',
    alt: 'Time and peak memory of the hook and of --all at 1,000, 10,000 and 100,000 files; the figures are in the table',
    svg: chart('tracked files', [
      { title: 'seconds', lines: lines('wall', 1000) },
      { title: 'peak memory above bare Node, MB', lines: lines('memory', 1) },
    ]),
  };
}
