import { numbers, program, service } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, peakMemory } from '../timing.js';

/** How time and memory grow with the number of staged files, all of them settled. */
export default {
  id: 'growth',
  title: 'Growth with the number of staged files, all settled',
  run() {
    const sizes = [10, 100, 1000, 10_000];
    const measured = sizes.map((staged) => measure(staged));
    const [, few, many, most] = measured;
    const rows = measured.flatMap(({ staged, wall, memory }) => [
      { name: `${staged} files`, value: wall, unit: 'ms', note: `${(wall / staged).toFixed(2)} ms a file` },
      { name: `${staged} files, peak memory above bare Node`, value: memory, unit: 'MB', budget: 40 },
    ]);
    const [early, late] = [perFile(few, many), perFile(many, most)];
    const note = `${late.toFixed(2)} ms a file from 1,000 to 10,000, ${early.toFixed(2)} ms from 100 to 1,000`;
    return {
      rows: [
        ...rows,
        { name: 'each further file, late to early', value: late / early, unit: '×', budget: 1.5, note },
      ],
    };
  },
};

/** @param {number} staged */
function measure(staged) {
  const repository = new Repository();
  try {
    repository.write(service(staged + 100));
    repository.commit();
    repository.write(numbers(staged).map((n) => program(n, 'second')));
    repository.stage();
    const cwd = repository.root;
    const run = { program: process.execPath, args: [bin, '--staged'], cwd };
    const bare = { program: process.execPath, args: ['-e', '0'], cwd };
    const [walls] = interleaved([run], staged > 1000 ? 3 : 7);
    const peak = (/** @type {typeof run} */ one) => median([1, 2, 3].map(() => peakMemory(one)));
    return { staged, wall: median(walls), memory: peak(run) - peak(bare) };
  } finally {
    repository.dispose();
  }
}

/**
 * @typedef {ReturnType<typeof measure>} Measured
 * @param {Measured} one
 * @param {Measured} other With more files.
 * @returns {number} What each file more costs, in milliseconds.
 */
function perFile(one, other) {
  return (other.wall - one.wall) / (other.staged - one.staged);
}
