/** A program that runs Python code of a project and brings modules along that no index has, or another one of their name. */
export interface Host {
  readonly host: string;
  /** What it provides, each with everything below it. */
  readonly modules: readonly string[];
  /** Files by which a project shows the host, by their paths; left out where the file that imports is all it takes. */
  readonly files?: RegExp;
  /** What such a file has to hold; left out where its name says enough. */
  readonly holds?: RegExp;
  /** Finds further modules in the text of such a file: those that the project asks the host for. */
  readonly brings?: (text: string) => readonly string[] | Promise<readonly string[]>;
  /** Files that the host runs; left out where it may run any. */
  readonly runs?: RegExp;
  /** The only kind of imports that it is there for; left out where it is there for any. */
  readonly kind?: 'type';
  /**
   * Folders that the host puts on Python's path: those beside a folder that the importing file lies in and that is one of
   * them.
   */
  readonly roots?: readonly string[];
  /** Where the host documents it. */
  readonly source: string;
  /** The day on which the row was written or last changed. */
  readonly date: string;
}

/** @returns The rows of a table that was written on a day. */
export function hostsOf(date: string, rows: readonly Omit<Host, 'date'>[]): readonly Host[] {
  return rows.map((row) => ({ ...row, date }));
}
