import { defineConfig } from 'vitest/config';

const shared = { setupFiles: ['test/kit/seeds.ts'], testTimeout: 60_000, hookTimeout: 120_000 };
const built = 'test/kit/build.ts';

/**
 * Tests of parts run from the sources; those of the whole start the command as a process and need it built; the last
 * ones need it installed.
 */
export default defineConfig({
  test: {
    // By default a core is left free, which on two of them is half: most tests wait for processes that they started.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/installed/**'],
        },
      },
      { test: { ...shared, name: 'whole', include: ['test/e2e/**/*.test.ts'], globalSetup: built } },
      {
        test: {
          ...shared,
          name: 'installed',
          include: ['test/installed/**/*.test.ts'],
          globalSetup: [built, 'test/kit/install.ts'],
        },
      },
    ],
  },
});
