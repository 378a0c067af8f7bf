import path from 'node:path';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot, run } from '../kit/scratch.ts';

/** Runs a test file that is at fault, as `npm test` runs the others. */
function runFaulty(file: string) {
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const config = path.join(import.meta.dirname, 'faulty/vitest.config.ts');
  const { PATH = '', HOME = '' } = process.env;
  return run(process.execPath, [vitest, 'run', '--config', config, file], {
    cwd: projectRoot,
    env: { PATH, HOME, NO_COLOR: '1', TEST_GRACE: '200' },
  });
}

test.runIf(existsSync('/proc'))('a test that leaves a process behind fails with its name', async () => {
  const { code, stdout, stderr } = await runFaulty('leaks');
  expect(stdout + stderr).toContain('leaks.ts > leaves a process behind left a process behind: sleep 600');
  expect(code).toBe(1);
});

test('a test that never ends fails with its name', async () => {
  const { code, stdout, stderr } = await runFaulty('hangs');
  expect(stdout + stderr).toContain('hangs.ts > computes for ever did not end within 300 ms');
  expect(code).toBe(1);
});
