import type { FileChange } from '../../hook-managers/file-change.ts';

/** Lines that are shown before and after what changes. */
const CONTEXT = 3;

/** Beyond this many cells, what changes is shown as one piece: nobody reads the difference line by line. */
const TABLE_LIMIT = 4_000_000;

/** One line of a difference: it stays, goes or comes. */
interface DiffLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * Shows what becomes of a file, in the unified format
 * (https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html).
 *
 * @param name What the file is called in the header.
 */
export function diffOf(
  { before: oldText, after: newText }: Pick<FileChange, 'before' | 'after'>,
  name: string,
): string {
  const header = [
    `--- ${oldText === null ? '/dev/null' : `a/${name}`}`,
    `+++ ${newText === null ? '/dev/null' : `b/${name}`}`,
  ];
  const lines = compare(linesOf(oldText), linesOf(newText));
  return [...header, ...hunksOf(lines)].map((line) => `${line}\n`).join('');
}

/** A last line without its line break is another line than the same with it. */
function linesOf(text: string | null): string[] {
  if (text === null || text === '') return [];
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

/** Sets aside what begins and ends both; a table of longest common subsequences tells the rest. */
function compare(oldLines: readonly string[], newLines: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < oldLines.length && start < newLines.length && oldLines[start] === newLines[start])
    start += 1;
  let end = 0;
  while (
    end < oldLines.length - start &&
    end < newLines.length - start &&
    oldLines[oldLines.length - 1 - end] === newLines[newLines.length - 1 - end]
  )
    end += 1;
  const stay = (lines: readonly string[]) => lines.map((text) => ({ mark: ' ', text }) as const);
  return [
    ...stay(oldLines.slice(0, start)),
    ...compareMiddle(
      oldLines.slice(start, oldLines.length - end),
      newLines.slice(start, newLines.length - end),
    ),
    ...stay(oldLines.slice(oldLines.length - end)),
  ];
}

function compareMiddle(oldLines: readonly string[], newLines: readonly string[]): DiffLine[] {
  const result: DiffLine[] = [];
  const common = oldLines.length * newLines.length > TABLE_LIMIT ? null : commonLengths(oldLines, newLines);
  let [row, column] = [0, 0];
  while (row < oldLines.length || column < newLines.length) {
    const [old, added] = [oldLines[row], newLines[column]];
    const down = common?.[row + 1]?.[column] ?? 0;
    const right = common?.[row]?.[column + 1] ?? 0;
    if (common && old !== undefined && old === added) {
      result.push({ mark: ' ', text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (added === undefined || down >= right)) {
      result.push({ mark: '-', text: old });
      row += 1;
    } else if (added !== undefined) {
      result.push({ mark: '+', text: added });
      column += 1;
    }
  }
  return result;
}

/** `table[row][column]`: how many lines the rests from there have in common. */
function commonLengths(oldLines: readonly string[], newLines: readonly string[]): number[][] {
  const table = Array.from({ length: oldLines.length + 1 }, () =>
    new Array<number>(newLines.length + 1).fill(0),
  );
  for (let row = oldLines.length - 1; row >= 0; row -= 1) {
    const [currentRow, nextRow] = [table[row] ?? [], table[row + 1] ?? []];
    for (let column = newLines.length - 1; column >= 0; column -= 1) {
      currentRow[column] =
        oldLines[row] === newLines[column]
          ? (nextRow[column + 1] ?? 0) + 1
          : Math.max(nextRow[column] ?? 0, currentRow[column + 1] ?? 0);
    }
  }
  return table;
}

function hunksOf(lines: readonly DiffLine[]): string[] {
  const shown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ mark }) => mark !== ' '),
  );
  const hunks: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (let at = 0; at < lines.length;) {
    const stop = shown[at] === true ? endOf(shown, at) : at + 1;
    const piece = lines.slice(at, stop);
    const [olds, news] = [countOf(piece, '+'), countOf(piece, '-')];
    if (shown[at] === true) {
      hunks.push(`@@ -${rangeOf(oldLine, olds)} +${rangeOf(newLine, news)} @@`);
      for (const { mark, text } of piece) hunks.push(mark + text);
    }
    oldLine += olds;
    newLine += news;
    at = stop;
  }
  return hunks;
}

function endOf(shown: readonly boolean[], start: number): number {
  const end = shown.indexOf(false, start);
  return end < 0 ? shown.length : end;
}

/** How many lines of one side: all but those that only the other side has. */
function countOf(lines: readonly DiffLine[], otherMark: '-' | '+'): number {
  return lines.filter(({ mark }) => mark !== otherMark).length;
}

/** An empty side is named by the line before it. */
function rangeOf(first: number, count: number): string {
  if (count === 1) return String(first);
  return `${String(count === 0 ? first - 1 : first)},${String(count)}`;
}
