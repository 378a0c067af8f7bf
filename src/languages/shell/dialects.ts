/** What other file formats call commands of shells. */
export const SHELL = 'shell';

/**
 * How commands are written. `sh`: as a POSIX shell reads them. `exec`: the words of one command, quoted as for a shell, which
 * none reads. `words`: one command a line, in quotes of PowerShell or cmd.
 */
export type ShellDialect = 'sh' | 'exec' | 'words';

/** Shells whose grammar is that of POSIX, or near it; fish is none. */
const POSIX_SHELL = /^(?:ba|da|a|k|mk|pdk|z)?sh$/;

const LINE_SHELL = /^(?:pwsh|powershell|cmd)$/i;

/** @returns The dialect that a shell reads; undefined for what is none. @param name Without folder and `.exe`. */
export function dialectOfShell(name: string): Exclude<ShellDialect, 'exec'> | undefined {
  if (POSIX_SHELL.test(name)) return 'sh';
  return LINE_SHELL.test(name) ? 'words' : undefined;
}

/** @returns The dialect of a text by that of its source: files have the ending of their shell. */
export function shellDialect(dialect: string): ShellDialect {
  return dialect === 'exec' || dialect === 'words' ? dialect : 'sh';
}
