import { defineConfig } from 'vitest/config';

const slow = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Tests that start the command as a process need it built; all others run from the sources. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...slow, name: 'parts', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'] } },
      {
        test: {
          ...slow,
          name: 'whole',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/kit/build.ts',
        },
      },
    ],
  },
});
