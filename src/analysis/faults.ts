import type { Fault } from '../model/fault.ts';
import type { FileRead } from '../model/snapshot.ts';

/** What became of a file that nobody could read. */
export type Unread = Exclude<FileRead, { kind: 'bytes' }>;

/** @returns Why a file's imports could not be checked; nothing of a file that is not there. */
export function unreadFaults(file: string, read: Unread): Fault[] {
  return faultsOf(file, read, { next: 'Split the file; of a notebook, clear the outputs.', what: 'imports' });
}

/** @returns Why the lines of a manifest could not be checked; nothing of one that is not there. */
export function unreadManifestFaults(file: string, read: Unread): Fault[] {
  return faultsOf(file, read, { next: 'Take out what declares nothing.', what: 'lines' });
}

function faultsOf(file: string, read: Unread, { next, what }: { next: string; what: string }): Fault[] {
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
          next: `${next} Its ${what} were not checked.`,
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
          next: `Its ${what} were not checked. If git objects are missing, run \`git fetch --refetch\`.`,
        },
      ];
  }
}
