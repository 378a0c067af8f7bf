import { randomFrom, strange, tokensOf } from './mutate.ts';
import { BrokenPromise } from './reader.ts';

/** Texts that look alike and may have any length. */
export type Family = (length: number) => string;

/** Stands for a number: how often the piece that it stands in was repeated before. */
const counter = '\u0001';

/**
 * Makes a family of texts that repeat one piece, or one piece and then another: what a reader takes long for whose
 * time grows faster than its text. Pieces are tokens of the seeds, odd characters, and parts of a seed that are
 * repeated in their place, so that the text gets past the first check. Half of the families number their pieces.
 *
 * @param number Which family: the same number and seeds give the same one.
 */
export function familyOf(seeds: readonly string[], number: number): Family {
  const random = randomFrom(number);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = (from: readonly string[]) => from[below(from.length)] ?? '';
  const tokens = tokensOf(pick(seeds));
  const word = () => (random() < 0.4 ? pick(strange) : pick(tokens));
  const words = (most: number) => Array.from({ length: below(most + 1) }, word).join('');
  const piece = () => numbered(words(3) + word(), random() < 0.3);
  const seed = pick(seeds);
  const [start, end] = [below(seed.length + 1), below(seed.length + 1)].sort((one, other) => one - other);
  const inner = seed.slice(start, Math.min(end ?? 0, (start ?? 0) + 200));
  const shapes: (() => Family)[] = [
    () => repeated([words(3), piece(), '', words(2)]),
    () => repeated([words(3), piece(), piece(), words(2)]),
    () => repeated([seed.slice(0, start), piece(), '', seed.slice(start)]),
    () => repeated([seed.slice(0, start), numbered(inner, random() < 0.7), '', seed.slice(end)]),
    () => repeated([seed.slice(0, start), piece(), piece(), seed.slice(end)]),
  ];
  return (shapes[below(shapes.length)] ?? repeated.bind(null, ['', 'a', '', '']))();
}

/** Puts a counter behind the first word of a piece. */
function numbered(piece: string, isNumbered: boolean): string {
  return isNumbered ? piece.replace(/\w+/, (word) => word + counter) : piece;
}

function repeated([before, first, second, after]: readonly [string, string, string, string]): Family {
  return (length) => {
    const room = Math.max(0, length - before.length - after.length);
    const size = Math.max(1, first.length + second.length);
    const count = Math.max(1, Math.floor(room / size));
    return before + times(first, count) + times(second, count) + after;
  };
}

function times(piece: string, count: number): string {
  if (!piece.includes(counter)) return piece.repeat(count);
  return Array.from({ length: count }, (_, at) => piece.replaceAll(counter, String(at))).join('');
}

/** How a reader's time grows on one family. */
export interface Growth {
  /** For each UTF-16 code unit of the longest text, of the processor's time. */
  readonly nanoseconds: number;
  /** By how much the time grows where the text doubles; null where it is too short to be told. */
  readonly ratio: number | null;
}

/** The shortest text that is measured, in UTF-16 code units. It is doubled twice. */
const SHORTEST = 16_000;
/** Below it, what else the process does counts for more than the text. In milliseconds. */
const TELLING = 25;
/** Time in proportion to the text gives 2, its square 4. What collects garbage takes its share of what is above 2. */
export const MOST_GROWTH = 2.7;

/**
 * Measures a reader on a text, and on two that are twice and four times as long. Where one look shows more than
 * proportion, the best of several looks at each length counts.
 */
export async function growthOf(read: (text: string) => unknown, family: Family): Promise<Growth> {
  const texts = [1, 2, 4].map((times) => family(SHORTEST * times));
  const [short = '', , long = ''] = texts;
  const [first, last] = [await best(1, read, short), await best(1, read, long)];
  const nanoseconds = (last * 1e6) / Math.max(1, long.length);
  if (last < TELLING) return { nanoseconds, ratio: null };
  let ratio = Math.sqrt(last / first);
  for (const looks of [2, 4]) {
    if (ratio <= MOST_GROWTH) break;
    const times: number[] = [];
    for (const text of texts) times.push(await best(looks, read, text));
    const [one = 1, two = 1, four = 1] = times;
    ratio = four < TELLING ? 0 : Math.min(two / one, four / two);
  }
  return { nanoseconds, ratio: ratio === 0 ? null : ratio };
}

/** @returns The least of the processor's time that reading took, in milliseconds. */
async function best(looks: number, read: (text: string) => unknown, text: string): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < looks; look += 1) {
    const before = process.cpuUsage();
    try {
      await read(text);
    } catch (error) {
      // What is promised of an answer is another question.
      if (!(error instanceof BrokenPromise)) throw error;
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
