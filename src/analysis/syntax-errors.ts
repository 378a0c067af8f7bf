import type { Fault } from '../model/fault.ts';
import type { Reference } from '../model/reference.ts';
import { trimSuffix } from '../text/ends.ts';
import { quoteForMessage } from '../documents/problems.ts';
import type { Broken } from './parse-references.ts';

/**
 * @param references What a quick look sees in a file, or in the cells of a notebook, that are too long to be parsed.
 * @returns A fault that names what is in question; null where there is nothing.
 */
export function tooLongFault(file: string, references: readonly Reference[]): Fault | null {
  const [first] = references;
  if (first === undefined) return null;
  const named = [...new Set(references.map(({ specifier }) => specifier))];
  const more = named.length > NAMED ? `, and ${named.length - NAMED} more` : '';
  const { cell } = first.place;
  const [subject, part] = cell === null ? ['the file', 'file'] : [`the code of cell ${cell}`, 'cell'];
  return {
    kind: 'too-large',
    file,
    line: null,
    column: null,
    ...(cell === null ? {} : { cell }),
    message: `${subject} is over 2 MB, too long to be parsed, and a quick scan finds packages that are not approved: ${named.slice(0, NAMED).map(quoteForMessage).join(', ')}${more}`,
    next: `Split the ${part} so that it can be parsed. Whether they are imported is unknown.`,
  };
}

/** @returns What is said of a file that is too long to be parsed, and that nobody here wrote. @param reason What says so. */
export function vendoredNote(file: string, reason: string): string {
  return `${file} was not parsed: it is over 2 MB, and ${reason}`;
}

/** As many names as fit into two lines. */
const NAMED = 3;

/** @returns What is said of a program that no parser accepts, and whose imports were found all the same. */
export function rejectedNote(file: string, { message, line, column, cell }: Broken): string {
  const place = cell === null ? `${file}:${line}:${column}` : `${file}, cell ${cell}:${line}:${column}`;
  const reason = trimSuffix(message, '.');
  return `${place}: no parser accepts this (${reason}); everything in it that looks like an import was checked`;
}

/** @returns What people may do in place of mending a file; '' for a coding assistant, which is told no way past a check. */
export function exemption(inAssistant: boolean): string {
  return inAssistant ? '' : ', or add the file to `ignorePaths` in the config';
}

/** What is no program, so that nobody knows all of its imports. */
export function unparsableFault(
  file: string,
  { message, cause, line, column, cell }: Broken,
  inAssistant: boolean,
): Fault {
  if (cell !== null)
    return {
      kind: 'unparsable',
      file,
      line,
      column,
      cell,
      message: `cell ${String(cell)} can’t be parsed: ${message}`,
      next: `${cause === 'bound' ? 'Split' : 'Fix'} the cell, or change it to a raw cell. Imports in it may have been missed; the other cells were checked.`,
    };
  return {
    kind: 'unparsable',
    file,
    line,
    column,
    message: `the file can’t be parsed: ${message}`,
    next: `${cause === 'bound' ? 'Split the file' : 'Fix the syntax'}${exemption(inAssistant)}. Imports in it may have been missed.`,
  };
}

/** @returns The problem of a container, at its place in the file's text. */
export function brokenAt(text: string, { message, offset }: { message: string; offset: number }): Broken {
  const lines = text.slice(0, offset).split(/\r\n?|\n/);
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return { message, cause: 'errors', cell: null, line: lines.length, column, isAccountedFor: false };
}
