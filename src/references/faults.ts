import type { Fault } from '../model/fault.ts';
import type { FileRead } from '../model/snapshot.ts';
import type { Broken } from './read.ts';

/** @returns Why a file's imports could not be checked; nothing of a file that is not there. */
export function unreadFaults(file: string, read: Exclude<FileRead, { kind: 'bytes' }>): Fault[] {
  switch (read.kind) {
    case 'absent':
      return [];
    case 'tooLarge':
      return [
        {
          ...tooLongFault(file),
          message: `the file has ${String(Math.round(read.size / 1e6))} MB, which is too much to read`,
        },
      ];
    case 'unreadable':
      return [
        {
          kind: 'unreadable',
          file,
          line: null,
          column: null,
          message: `the file can't be read: ${read.reason}`,
          next: 'Its imports were not checked. `git fsck` and `git fetch` mend missing objects.',
        },
      ];
  }
}

/** A file that is not parsed, and that the scan alone does not settle. */
export function tooLongFault(file: string): Fault {
  return {
    kind: 'too-large',
    file,
    line: null,
    column: null,
    message:
      'the file is over 2 MB, too long to be parsed, and a quick look does not settle all of its imports',
    next: 'Generated files belong into `ignorePaths` of the config. Its imports were not checked.',
  };
}

/** What is no program, so that nobody knows all of its imports. */
export function unparsableFault(file: string, { message, line, column, cell }: Broken): Fault {
  if (cell !== null)
    return {
      kind: 'unparsable',
      file,
      line,
      column,
      message: `cell ${String(cell)} can’t be parsed: ${message}`,
      next: 'Mend the cell, or make a raw cell of it. Imports in it may have been missed; the other cells were checked.',
    };
  return {
    kind: 'unparsable',
    file,
    line,
    column,
    message: `the file can't be parsed: ${message}`,
    next: 'Mend the syntax, or put the file into `ignorePaths` of the config. Imports in it may have been missed.',
  };
}

/** @returns The problem of a container, at its place in the file's text. */
export function brokenAt(text: string, { message, offset }: { message: string; offset: number }): Broken {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return { message, cell: null, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
