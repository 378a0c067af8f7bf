/** A generator of numbers from 0 to 1, the same ones for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Characters that end something, escape something, or are taken for something else. */
export const strange = [
  ...['\0', '\r', '\n', '\r\n', '\t', '\f', '\u2028', '\u0085', '\ufeff', '\u00a0', '\u200b', '\ud800'],
  ...[
    '\udc00',
    '😀',
    'ｎ',
    '\\',
    '\\u0065',
    '\\x',
    '"',
    "'",
    '`',
    '"""',
    '/*',
    '*/',
    '//',
    '#',
    '<!--',
    '${',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '<',
    '>',
    '&a',
    '*a',
    '<<: ',
    '- ',
    '? ',
    '|',
    '%',
    '@',
    '!',
    '=',
    ':',
    ',',
  ],
  ...['__proto__', 'constructor', 'null', '-1', '1e999', '9'.repeat(400), '../'.repeat(40)],
];

/** Longer texts show nothing that shorter ones don't, and take time. In UTF-16 code units. */
const LONGEST = 40_000;

/**
 * Makes a text that nobody wrote of one of the seeds: one to eight edits, each of which flips, cuts, repeats or
 * inserts something. What is inserted comes from the other seeds, so that it gets past the first check.
 *
 * @param number Which text: the same number and seeds give the same one.
 */
export function mutant(seeds: readonly string[], number: number): string {
  const random = randomFrom(number);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = (from: readonly string[]) => from[below(from.length)] ?? '';
  let text = pick(seeds);
  for (let left = 1 + below(8); left > 0; left -= 1) {
    const at = below(text.length + 1);
    const end = Math.min(text.length, at + below(random() < 0.8 ? 20 : text.length + 1));
    const [before, middle, after] = [text.slice(0, at), text.slice(at, end), text.slice(end)];
    const edits = [
      () => before + String.fromCharCode(below(random() < 0.9 ? 128 : 65_536)) + text.slice(at + 1),
      () => before + after,
      () => before,
      () => before + middle.repeat(random() < 0.9 ? 2 : 500) + after,
      () => before + pick(strange) + text.slice(at),
      () => before + pick(strange).repeat(random() < 0.9 ? 3 : 3_000) + text.slice(at),
      () => before + pick(tokensOf(pick(seeds))) + text.slice(at),
      () => before + pick(seeds).slice(below(200)) + after,
    ];
    text = (edits[below(edits.length)]?.() ?? text).slice(0, LONGEST);
  }
  return text;
}

export function tokensOf(text: string): readonly string[] {
  return text.match(/[\w@./-]+|\s+|[^\w\s]/g) ?? [];
}
