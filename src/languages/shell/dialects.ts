/** What other file formats call the language of shells. */
export const SHELL = 'shell';

/**
 * How a text of commands is written: for a shell; as the words of one command, quoted as for a shell and read by none; as
 * lines of PowerShell or cmd, of which the words alone are read.
 */
export type ShellDialect = 'sh' | 'exec' | 'words';

/** @returns The dialect of a text by that of its source: files have the ending of their shell. */
export function shellDialect(dialect: string): ShellDialect {
  return dialect === 'exec' || dialect === 'words' ? dialect : 'sh';
}
