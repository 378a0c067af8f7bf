import { defineConfig } from 'vitest/config';

const shared = { setupFiles: ['test/kit/seeds.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

/** Tests that start the command as a process need it built; all others run from the sources. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'parts', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'] } },
      {
        test: {
          ...shared,
          name: 'whole',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/kit/build.ts',
        },
      },
    ],
  },
});
