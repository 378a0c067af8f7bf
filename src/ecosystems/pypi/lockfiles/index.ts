import type { LockfileFormat } from '../../../model/lockfile.ts';
import { lockfileFormat } from '../../shared/lockfile-format.ts';
import { pypi as ecosystem } from '../names.ts';
import { readPipfileLock } from './pipfile-lock.ts';
import { readPdmLock, readPoetryLock, readPylock, readUvLock } from './toml-lockfiles.ts';

/**
 * Every format in which distributions are locked. Requirements files are manifests, also where they pin versions, and
 * pixi.lock is mostly about packages of conda.
 */
export const lockfiles: readonly LockfileFormat[] = [
  lockfileFormat({ ecosystem, fileNames: ['uv.lock'], read: readUvLock }),
  lockfileFormat({ ecosystem, fileNames: ['poetry.lock'], read: readPoetryLock }),
  lockfileFormat({ ecosystem, fileNames: ['pdm.lock'], read: readPdmLock }),
  lockfileFormat({ ecosystem, fileNames: ['Pipfile.lock'], read: readPipfileLock }),
  lockfileFormat({
    ecosystem,
    fileNames: ['pylock.toml'],
    matches: /^pylock\.[^.]+\.toml$/,
    read: readPylock,
  }),
];
