import { numbers, program, service } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, peakMemory } from '../timing.js';

/** How time and memory grow with the number of staged files, all of them settled. */
export default {
  id: 'growth',
  title: 'Growth with the number of staged files',
  run() {
    const rows = [10, 100, 1000, 10_000].flatMap((staged) => measure(staged));
    return { rows };
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
    const run = { program: process.execPath, args: [bin, '--staged'], cwd: repository.root };
    const [walls] = interleaved([run], staged > 1000 ? 3 : 7);
    const name = `${staged} files`;
    return [
      { name, value: median(walls), unit: 'ms', note: `${(median(walls) / staged).toFixed(2)} ms a file` },
      { name: `${name}, peak memory`, value: peakMemory(run), unit: 'MB' },
    ];
  } finally {
    repository.dispose();
  }
}
