/**
 * @returns The command that commits one file alone. A name with a dot at its start, or with anything that a shell reads, is
 *   one that a report would have people quote: the command without it.
 */
export function commitCommand(file: string): string {
  return /^[\w@][\w@./+-]*$/.test(file) ? `git commit ${file}` : 'git commit';
}
