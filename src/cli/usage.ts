/** The command line asks for something that can't be. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly next: string;

  /**
   * @param message What is wrong.
   * @param next What to do instead.
   */
  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}
