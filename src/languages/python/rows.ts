/** Lines that hold a comment alone, with empty ones between them. */
const comments = /(?<![^\n])[ \t\f]*#[^\n]*(?:\n[ \t\f\r\n]*#[^\n]*)+/g;
/** Lines that hold a backslash alone, more of them than anybody writes. */
const continuations = /(?<![^\n])(?:[ \t\f]*\\\r?\n){8,}/g;

/**
 * Shortens rows of lines that say nothing. Before each of them, tree-sitter's scanner looks at all that follow
 * (https://github.com/tree-sitter/tree-sitter-python/blob/master/src/scanner.c), so that a megabyte of them takes it
 * hours.
 *
 * @param text Its lines end with `\n` or `\r\n`.
 * @returns The text with each row on one line, everything at the same offset. What follows `#` in a row of comments is
 *   a comment on that line too; where the row is part of a string, the string is none that anything is read from.
 */
export function withShortRows(text: string): string {
  return text
    .replace(comments, (row) => row.replace(/\\?\r?\n/g, (end) => ' '.repeat(end.length)))
    .replace(continuations, (row) => {
      const secondLine = row.indexOf('\n') + 1;
      // Of what may fill a line, a form feed alone does not indent it.
      return row.slice(0, secondLine) + '\f'.repeat(row.length - secondLine);
    });
}
