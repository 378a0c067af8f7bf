/** For which commands a script completes, and what its functions are called after. */
export interface CommandNames {
  readonly names: readonly string[];
  /** Of letters and `_`. */
  readonly id: string;
}

/** @returns A text as one word of a shell; fish reads what we write in the same way. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A pattern of a `case`, and what is done where it matches. */
export type Branch = readonly [pattern: string, line: string];

/** @returns The branches of a `case`, those that do the same together. */
export function caseLines(branches: readonly Branch[], depth = 2): string {
  const lines = [...new Set(branches.map(([, line]) => line))];
  return lines
    .map((line) => {
      const patterns = branches.filter((branch) => branch[1] === line).map(([pattern]) => quoted(pattern));
      return `${'  '.repeat(depth)}${patterns.join(' | ')}) ${line} ;;`;
    })
    .join('\n');
}
