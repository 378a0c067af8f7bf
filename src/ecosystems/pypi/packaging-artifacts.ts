/** Folders that careless wheels install beside their modules: nobody imports them from a distribution. */
export const packagingArtifacts: ReadonlySet<string> = new Set([
  'benchmark',
  'benchmarks',
  'config',
  'conftest',
  'doc',
  'docs',
  'example',
  'examples',
  'script',
  'scripts',
  'setup',
  'test',
  'testing',
  'tests',
  'utils',
]);
