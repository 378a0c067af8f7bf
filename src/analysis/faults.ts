import type { Fault } from '../model/fault.ts';
import type { FileRead } from '../model/snapshot.ts';

/** @returns Why a file's imports could not be checked; nothing of a file that is not there. */
export function unreadFaults(file: string, read: Exclude<FileRead, { kind: 'bytes' }>): Fault[] {
  switch (read.kind) {
    case 'absent':
      return [];
    case 'tooLarge':
      return [
        {
          kind: 'too-large',
          file,
          line: null,
          column: null,
          message: `the file has ${String(Math.round(read.size / 1e6))} MB, which is too large to read`,
          next: 'Split the file; of a notebook, clear the outputs. Its imports were not checked.',
        },
      ];
    case 'unreadable':
      return [
        {
          kind: 'unreadable',
          file,
          line: null,
          column: null,
          message: `the file can’t be read: ${read.reason}`,
          next: 'Its imports were not checked. If git objects are missing, run `git fetch --refetch`.',
        },
      ];
  }
}
