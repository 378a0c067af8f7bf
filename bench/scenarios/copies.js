import { missingPeers, realPeers } from '../peers.js';
import { checkout, copiesOf, missingRepositories, sources, trackedFiles } from '../real-repositories.js';
import { bin } from '../repository.js';
import { peakMemory, peakMemoryOfTree } from '../timing.js';
import { commands, memoryRow, nodeRun } from './repositories.js';

const COPIES = 10;

/** Memory is a function of the file under way, not of the tree. One run each: a peak does not wander as a time does. */
export default {
  id: 'copies',
  title: 'Real repositories, each copied ten times side by side',
  missing: () => missingPeers() ?? missingRepositories(),
  async run() {
    const groups = [];
    for (const source of sources()) groups.push(await measure(source));
    return { groups, intro };
  },
};

const intro =
  'The same commands in one repository that holds ten copies of another, each in a folder of its own. One run each.';

/** @param {{ name: string, folder: string }} source */
async function measure({ name, folder }) {
  const original = checkout(folder);
  const repository = copiesOf(original, COPIES);
  original.dispose();
  try {
    const cwd = repository.root;
    const bare = peakMemory(nodeRun(['-e', '0'], cwd));
    const biome = await peakMemoryOfTree({ ...realPeers.biome, cwd });
    const rows = commands.map(({ words }) =>
      memoryRow(words, peakMemory(nodeRun([bin, ...words], cwd)) - bare, biome),
    );
    return { name: `${name}, ${trackedFiles(repository).length} files`, rows };
  } finally {
    repository.dispose();
  }
}
