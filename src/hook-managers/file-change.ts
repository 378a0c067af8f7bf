/** What becomes of one file. `before` is what it said when the change was planned; null: there is no file. */
export interface FileChange {
  /** Absolute path. */
  readonly file: string;
  readonly before: string | null;
  /** null takes the file away. */
  readonly after: string | null;
  /** A file that is new gets the permission to be executed. */
  readonly executable: boolean;
}

/** @returns A change of a file, or none where its text stays as it is. */
export function changeOf(change: FileChange): readonly FileChange[] {
  return change.before === change.after ? [] : [change];
}
