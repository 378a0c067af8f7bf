import type { LockfileFormat } from '../../../model/lockfile.ts';
import { lockfileFormat } from '../../shared/lockfile-format.ts';
import { golang as ecosystem } from '../names.ts';
import { readGoSum } from './go-sum.ts';

/** Every format that says which modules were fetched. */
export const lockfiles: readonly LockfileFormat[] = [
  lockfileFormat({ ecosystem, fileNames: ['go.sum', 'go.work.sum'], read: readGoSum }),
];
