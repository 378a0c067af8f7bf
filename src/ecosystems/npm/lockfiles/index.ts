import type { LockfileFormat } from '../../../model/lockfile.ts';
import { lockfileFormat } from '../../shared/lockfile-format.ts';
import { npm as ecosystem } from '../names.ts';
import { readBunLock } from './bun-lock.ts';
import { readDenoLock } from './deno-lock.ts';
import { readPackageLock } from './package-lock.ts';
import { readPnpmLock } from './pnpm-lock.ts';
import { readYarnLock } from './yarn-lock.ts';

/** Every format in which npm packages are locked. bun.lockb is no text, and is not read. */
export const lockfiles: readonly LockfileFormat[] = [
  lockfileFormat({
    ecosystem,
    fileNames: ['package-lock.json', 'npm-shrinkwrap.json'],
    read: readPackageLock,
  }),
  lockfileFormat({ ecosystem, fileNames: ['pnpm-lock.yaml'], read: readPnpmLock }),
  lockfileFormat({ ecosystem, fileNames: ['yarn.lock'], read: readYarnLock }),
  lockfileFormat({ ecosystem, fileNames: ['bun.lock'], read: readBunLock }),
  lockfileFormat({ ecosystem, fileNames: ['deno.lock'], read: readDenoLock }),
];
