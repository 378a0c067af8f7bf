import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Machine } from '../../src/lookups/index.ts';

/** A machine with a home folder of its own, and the way to take it away again. */
export interface TestMachine {
  readonly machine: Machine;
  remove(): Promise<void>;
}

/**
 * Makes a machine whose home holds these files, and whose environment is exactly this one. The settings
 * of the machine that the tests run on are out of its sight.
 */
export async function makeMachine(
  files: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<TestMachine> {
  const home = await mkdtemp(join(tmpdir(), 'check-imports-home-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
  }
  const nowhere = {
    NPM_CONFIG_GLOBALCONFIG: join(home, 'no-global-npmrc'),
    PIP_CONFIG_FILE: '/dev/null',
    UV_CONFIG_FILE: join(home, 'no-uv.toml'),
    GOROOT: join(home, 'no-go'),
  };
  return {
    machine: {
      environment: new Map(Object.entries({ ...nowhere, ...environment })),
      home,
      platform: 'linux',
    },
    remove: async () => rm(home, { recursive: true, force: true }),
  };
}
