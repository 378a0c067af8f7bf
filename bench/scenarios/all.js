import { monorepo } from '../generate.js';
import { missingPeers, peers } from '../peers.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, outputOf, ratio } from '../timing.js';

const own = { name: 'check-imports', program: process.execPath, args: [bin, '--all', '--offline'] };
const everyone = [own, ...peers];

/** A whole TypeScript monorepo: check-imports against linters that also find imports nobody declared. */
export default {
  id: 'all',
  title: 'A whole TypeScript monorepo, as ratios to other linters in the same rounds',
  missing: missingPeers,
  run() {
    return { rows: [...measure(500, { rounds: 5 }), ...measure(5000, { rounds: 3, budget: 1 })] };
  },
};

/**
 * @param {number} files
 * @param {{ rounds: number, budget?: number }} options
 */
function measure(files, { rounds, budget }) {
  const repository = new Repository();
  try {
    repository.write(monorepo(files));
    repository.write(peers.map(({ config }) => config));
    repository.commit();
    const cwd = repository.root;
    proveThatAllSee(repository);
    const [walls, ...others] = interleaved(
      everyone.map(({ program, args }) => ({ program, args, cwd })),
      rounds,
    );
    return peers.map(({ name }, at) => ({
      name: `${files} files, against ${name}`,
      value: ratio(walls, others[at]),
      unit: '×',
      ...(budget === undefined ? {} : { budget }),
      note: `${median(walls).toFixed(0)} ms against ${median(others[at]).toFixed(0)} ms`,
    }));
  } finally {
    repository.dispose();
  }
}

/**
 * Who reads only a part of the tree would be fast. Each must see an undeclared import in the last file of a
 * package in the middle, and nothing else; that the tree without it is healthy is what exit code 0 says
 * while they are timed.
 *
 * @param {Repository} repository
 */
function proveThatAllSee(repository) {
  const file = 'packages/p5/src/planted.ts';
  const planted = 'left-pad-utils';
  repository.write([
    [file, `import pad from '${planted}';\nexport default pad;\n`],
    [
      'packages/p5/src/f49.ts',
      "import pad from './planted.js';\nexport const f49_1 = pad;\nexport default pad;\n",
    ],
  ]);
  for (const { name, program, args } of everyone) {
    const output = outputOf({ program, args, cwd: repository.root, ok: [1] });
    const places = output.split('\n').filter((line) => /\.ts:\d+|^packages\/\S+\.ts$/.test(line));
    if (!output.includes(planted) || places.length !== 1 || !places[0].includes(file))
      throw new Error(`${name} should find ${planted} and nothing else, and says:\n${output}`);
  }
  repository.git('reset', '--quiet', '--hard');
  repository.git('clean', '--quiet', '--force', '-d');
}
