import { dialectOfInterpreter, PYTHON } from '../languages/python/dialects.ts';
import { dialectOfShell, SHELL } from '../languages/shell/dialects.ts';

/** In what language a text is written that a command reads. */
export interface ProgramKind {
  readonly language: string;
  readonly dialect: string;
}

/** What a shell of POSIX reads. */
export const SH: ProgramKind = { language: SHELL, dialect: 'sh' };

/** The words of one command, which no shell reads. */
export const EXEC: ProgramKind = { language: SHELL, dialect: 'exec' };

/** One command a line, in quotes that are none of a POSIX shell's. */
export const WORDS: ProgramKind = { language: SHELL, dialect: 'words' };

/**
 * @param command What reads a text: `/bin/bash -eo pipefail`, `python3 {0}`, `/usr/bin/env sh`.
 * @returns What the text is; undefined where it is no program that is read.
 */
export function programReadBy(command: string): ProgramKind | undefined {
  const words = command.trim().split(/\s+/);
  const at = words.findIndex((word) => !/^(?:env|-.*|[A-Za-z_]\w*=.*)$/.test(nameOf(word)));
  const name = nameOf(words[at] ?? '');
  const dialect = dialectOfShell(name);
  if (dialect !== undefined) return { language: SHELL, dialect };
  const python = dialectOfInterpreter(name);
  return python === undefined ? undefined : { language: PYTHON, dialect: python };
}

/** @returns What a text is by its `#!` line; null where it has none. */
export function programOfScript(text: string): ProgramKind | undefined | null {
  const command = /^#![ \t]*(.*)/.exec(text)?.[1];
  return command === undefined ? null : programReadBy(command);
}

function nameOf(word: string): string {
  return word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
}
