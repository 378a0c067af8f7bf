/** The command line asks for something that can't be. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly next: string;

  /**
   * @param message What is wrong. @param next What to do instead. Of each a line, or several: a line end inside of one
   * comes from a name or an argument, and is shown.
   */
  constructor(message: string | readonly string[], next: string | readonly string[]) {
    super(linesOf(message));
    this.next = linesOf(next);
  }
}

function linesOf(text: string | readonly string[]): string {
  const lines = typeof text === 'string' ? [text] : text;
  return lines.map((line) => line.replaceAll('\n', '\\n')).join('\n');
}
