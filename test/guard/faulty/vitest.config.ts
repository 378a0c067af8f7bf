import { defineConfig } from 'vitest/config';

/** Tests that are at fault, for test/guard/guard.test.ts. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.ts'],
    exclude: ['*.config.ts'],
    setupFiles: ['../../kit/guard.ts'],
    isolate: false,
  },
});
