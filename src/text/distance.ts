/**
 * Are two words one edit apart: two neighbours swapped, or one letter more, less or other? Thousands of words are
 * compared with one, so this looks at what is before the first difference, and at what has to follow it.
 *
 * @returns The edit; null where the words are equal or further apart.
 */
export function singleEdit(left: string, right: string): 'swap' | 'letter' | null {
  const more = left.length - right.length;
  if (more > 1 || more < -1 || left === right) return null;
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  const tailsMatch = (skipLeft: number, skipRight: number) =>
    left.slice(at + skipLeft) === right.slice(at + skipRight);
  if (more !== 0) return tailsMatch(more > 0 ? 1 : 0, more > 0 ? 0 : 1) ? 'letter' : null;
  if (tailsMatch(1, 1)) return 'letter';
  const isSwapped = left[at] === right[at + 1] && left[at + 1] === right[at];
  return isSwapped && tailsMatch(2, 2) ? 'swap' : null;
}

/**
 * The optimal string alignment distance: how many letters were added, dropped, replaced or swapped with
 * their neighbour.
 */
export function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const isEqual = left[i - 1] === right[j - 1];
      let best = Math.min(cell(last, j) + 1, cell(row, j - 1) + 1, cell(last, j - 1) + (isEqual ? 0 : 1));
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) best = Math.min(best, cell(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return cell(last, right.length);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
