import type { LockfileFormat } from '../../../model/lockfile.ts';
import { lockfileFormat } from '../../shared/lockfile-format.ts';
import { cargo as ecosystem } from '../names.ts';
import { readCargoLock } from './cargo-lock.ts';

/** Every format in which crates are locked. */
export const lockfiles: readonly LockfileFormat[] = [
  lockfileFormat({ ecosystem, fileNames: ['Cargo.lock'], read: readCargoLock }),
];
