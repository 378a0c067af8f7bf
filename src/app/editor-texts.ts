/** The texts of a project that an editor has open: they count in place of what is on disk. */
export interface EditorTexts {
  /** By their paths, relative to the root, with `/`. */
  readonly buffers: ReadonlyMap<string, string>;
  /** @returns The open text of a file, by its absolute path; null where the editor does not have it open. */
  readonly textOf: (file: string) => EditorText | null;
}

/** One text as the editor holds it, saved or not. */
export interface EditorText {
  readonly text: string;
  /**
   * Has the editor put another text in its place. Nothing is saved.
   *
   * @throws UsageError where the editor did not do that: then nothing has changed.
   */
  readonly replaceBy: (newText: string) => Promise<void>;
}
