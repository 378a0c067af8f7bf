import { distance } from './distance.ts';

/**
 * The known word that an unknown one was probably meant to be: at most two edits away (insertion,
 * deletion, substitution, or a swap of neighbours), and no more than half of the word.
 *
 * @returns The word, or undefined where none is near.
 */
export function closestMatch(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > 2) continue;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits > 2 || edits * 2 > candidate.length) continue;
    if (best === undefined || edits < best.edits) best = { word: candidate, edits };
  }
  return best?.word;
}
