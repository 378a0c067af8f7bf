/** What a setting of a project lets packages do while they are installed, or keeps them from. */
export interface InstallPermission {
  /** What is said of it is the same, whichever file says it: `install scripts of sharp`, `install scripts of every package`. */
  readonly subject: string;
  readonly kind: 'allows' | 'forbids';
  /** Others that allow as much, or more: where one of them stood before, this one is nothing new. */
  readonly within: readonly string[];
  /** An offset in the file. */
  readonly at: number;
}

/** The files in which a project says what packages may do while they are installed. */
export interface InstallPermissions {
  /** Matches the paths of such files. */
  readonly files: RegExp;
  /** Matches every text that may say so; others as well. */
  readonly quick: RegExp;
  /** @returns What a file says; what can't be read says nothing. */
  readonly reader: () => Promise<(path: string, text: string) => Promise<readonly InstallPermission[]>>;
}
