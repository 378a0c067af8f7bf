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
export function diffOf({ before, after }: Pick<FileChange, 'before' | 'after'>, name: string): string {
  const header = [
    `--- ${before === null ? '/dev/null' : `a/${name}`}`,
    `+++ ${after === null ? '/dev/null' : `b/${name}`}`,
  ];
  const lines = compare(linesOf(before), linesOf(after));
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
function compare(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const stay = (lines: readonly string[]) => lines.map((text) => ({ mark: ' ', text }) as const);
  return [
    ...stay(before.slice(0, start)),
    ...compareMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...stay(before.slice(before.length - end)),
  ];
}

function compareMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const result: DiffLine[] = [];
  const common = before.length * after.length > TABLE_LIMIT ? null : commonLengths(before, after);
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, added] = [before[row], after[column]];
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
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let row = before.length - 1; row >= 0; row -= 1) {
    const [here, below] = [table[row] ?? [], table[row + 1] ?? []];
    for (let column = after.length - 1; column >= 0; column -= 1) {
      here[column] =
        before[row] === after[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0);
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
function countOf(lines: readonly DiffLine[], other: '-' | '+'): number {
  return lines.filter(({ mark }) => mark !== other).length;
}

/** An empty side is named by the line before it. */
function rangeOf(first: number, count: number): string {
  if (count === 1) return String(first);
  return `${String(count === 0 ? first - 1 : first)},${String(count)}`;
}
