const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A word one edit away, and what the edit was. */
export interface Edited {
  readonly word: string;
  readonly edit: 'swap' | 'letter';
}

/**
 * Every word that is one edit from a given one: two neighbours swapped, or one letter less, more or
 * other. About 74 words for each letter, so a lookup of each costs the same however many names are known.
 */
export function* oneEditFrom(word: string): Generator<Edited> {
  for (let at = 0; at < word.length - 1; at++) {
    const swapped = word.charAt(at + 1) + word.charAt(at);
    yield { word: word.slice(0, at) + swapped + word.slice(at + 2), edit: 'swap' };
  }
  for (let at = 0; at < word.length; at++) {
    yield { word: word.slice(0, at) + word.slice(at + 1), edit: 'letter' };
  }
  for (let at = 0; at <= word.length; at++) {
    for (const letter of letters) {
      yield { word: word.slice(0, at) + letter + word.slice(at), edit: 'letter' };
      if (at < word.length) yield { word: word.slice(0, at) + letter + word.slice(at + 1), edit: 'letter' };
    }
  }
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
      const same = left[i - 1] === right[j - 1];
      let best = Math.min(cell(last, j) + 1, cell(row, j - 1) + 1, cell(last, j - 1) + (same ? 0 : 1));
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
