import path from 'node:path';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, run } from '../kit/scratch.ts';

/** Runs test files that are at fault, as `npm test` runs the others. */
function runFaulty(...files: readonly string[]) {
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const config = path.join(import.meta.dirname, 'faulty/vitest.config.ts');
  const { PATH = '', HOME = '' } = process.env;
  return run(process.execPath, [vitest, 'run', '--config', config, ...files], {
    cwd: projectRoot,
    env: { PATH, HOME, NO_COLOR: '1', TEST_GRACE: '200' },
  });
}

describe('fails with its name:', () => {
  let said: string;
  beforeAll(async () => {
    const { code, stdout, stderr } = await runFaulty('leaks', 'asks');
    expect(code).toBe(1);
    said = stdout + stderr;
  });

  test.runIf(existsSync('/proc'))('a test that leaves a process behind', () => {
    expect(said).toContain('leaks.ts > leaves a process behind left a process behind: sleep 600');
  });

  test.each([
    ['name', 'another-machine'],
    ['address', '192.0.2.1'],
  ])('a test that asks for another machine by its %s', (what, machine) => {
    const message = 'other machines that the test asked for';
    expect(said).toContain(
      `FAIL  asks.ts > asks for another machine by its ${what}\nAssertionError: ${message}: expected [ '${machine}' ]`,
    );
    expect(said).not.toMatch(/FAIL .*innocent/);
  });
});

test('a test that never ends fails with its name', async () => {
  const { code, stdout, stderr } = await runFaulty('hangs');
  expect(stdout + stderr).toContain('hangs.ts > computes for ever did not end within 300 ms');
  expect(code).toBe(1);
});
