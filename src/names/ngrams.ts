/** The bigrams and trigrams of a word as numbers, with a mark before and after it. ASCII letters only. */
export function gramsOf(word: string): Set<number> {
  const grams = new Set<number>();
  eachGram(word, (gram) => grams.add(gram));
  return grams;
}

/**
 * How much two words share: twice the shared grams by all grams (Sørensen and Dice), 0 to 1.
 *
 * @param grams Those of one word; the other is read in place, so that thousands can be compared.
 */
export function overlap(grams: ReadonlySet<number>, other: string): number {
  let shared = 0;
  let total = 0;
  eachGram(other, (gram) => {
    total++;
    if (grams.has(gram)) shared++;
  });
  return (2 * shared) / Math.max(1, grams.size + total);
}

const mark = 1;

function eachGram(word: string, visit: (gram: number) => void): void {
  let first = 0;
  let second = mark;
  for (let at = 0; at <= word.length; at++) {
    const third = at < word.length ? word.charCodeAt(at) & 127 : mark;
    visit(second * 128 + third);
    if (first !== 0) visit((first * 128 + second) * 128 + third);
    first = second;
    second = third;
  }
}
