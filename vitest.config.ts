import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { WholeFirst } from './test/kit/sequencer.ts';
import { temporaryFolder } from './test/kit/temporary-folder.ts';
import { longSuites } from './test/long-suites.ts';

process.env['TMPDIR'] ??= temporaryFolder();
// Tests talk to this machine alone. Certificates of a company's authorities would cost each start of Node 35 ms, which
// reads them all, and the first request of a run 0.2 s.
delete process.env['NODE_EXTRA_CA_CERTS'];
delete process.env['PIP_CERT'];

const templates = 'test/kit/templates.ts';
const built = 'test/kit/build.ts';

/**
 * Tests of parts run from the sources; those of the whole start the command as a process and need it built; the last
 * ones need it installed. The files of a worker share their modules, so that parsers and grammars are loaded once:
 * no module of ours has a state.
 */
export default defineConfig(({ mode }) => {
  const isLong = mode === 'long';
  const shared = {
    alias: { 'node:child_process': path.join(import.meta.dirname, 'test/kit/child-process.ts') },
    setupFiles: ['test/kit/seeds.ts', 'test/kit/guard.ts'],
    testTimeout: isLong ? 3_600_000 : 60_000,
    hookTimeout: isLong ? 3_600_000 : 120_000,
    isolate: false,
    // Parsers make much that is short-lived: with room for it V8 collects garbage a tenth of the time less (in MB).
    execArgv: ['--max-semi-space-size=64'],
    env: { TEST_LENGTH: isLong ? 'long' : 'short' },
  };
  /** The files of a project; in a long run those of them that have a long form. */
  const filesOf = (folder: string) =>
    isLong
      ? longSuites.map(({ suite }) => suite).filter((suite) => suite.startsWith(folder))
      : [`${folder}**/*.test.ts`];
  return {
    test: {
      // By default a core is left free, which on two of them is half: most tests wait for processes that they started.
      maxWorkers: '100%',
      sequence: { sequencer: WholeFirst },
      projects: [
        {
          test: {
            ...shared,
            name: 'parts',
            include: filesOf('test/'),
            exclude: ['test/e2e/**', 'test/installed/**', '**/node_modules/**'],
            globalSetup: templates,
          },
        },
        {
          test: { ...shared, name: 'whole', include: filesOf('test/e2e/'), globalSetup: [templates, built] },
        },
        {
          test: {
            ...shared,
            name: 'installed',
            include: filesOf('test/installed/'),
            globalSetup: [templates, built, 'test/kit/install.ts'],
          },
        },
      ],
    },
  };
});
