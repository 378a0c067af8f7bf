import { mayBeAttributeCrate } from './words.ts';

/**
 * Finds crates in the text of an attribute (https://doc.rust-lang.org/reference/attributes.html): at the start of its path,
 * where a macro makes its value, and in the arguments of `derive` and `cfg_attr`. What other attributes make of their arguments nobody knows.
 *
 * @param words Of the program. @param from Where the attribute begins, behind its bracket. @param to Where it ends.
 * @returns Where the names of the crates stand in the words.
 */
export function readAttribute(words: readonly string[], from: number, to: number): readonly number[] {
  const crates: number[] = [];
  const open = [{ from, to }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const start = words[part.from] === 'unsafe' && words[part.from + 1] === '(' ? part.from + 2 : part.from;
    const crate = words[start] === '::' ? start + 1 : start;
    if (words[crate + 1] === '::') {
      if (mayBeAttributeCrate(words[crate] ?? '')) crates.push(crate);
      continue;
    }
    if (words[start + 1] === '=') {
      const value = words[start + 2] === '::' ? start + 3 : start + 2;
      if (words[value + 1] === '::' && mayBeAttributeCrate(words[value] ?? '')) crates.push(value);
    }
    if (words[start + 1] !== '(') continue;
    const pieces = argumentsOf(words, start + 2, part.to - 1);
    if (words[start] === 'derive') for (const piece of pieces) open.push(piece);
    // Its first argument is a condition.
    if (words[start] === 'cfg_attr') for (const piece of pieces.slice(1)) open.push(piece);
  }
  return crates;
}

/** @returns The parts between the commas of a list, without those of lists in it. */
function argumentsOf(words: readonly string[], from: number, to: number): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < to; at += 1) {
    const word = words[at];
    if (word === '(' || word === '[' || word === '{') depth += 1;
    else if (word === ')' || word === ']' || word === '}') depth -= 1;
    else if (word === ',' && depth === 0) {
      parts.push({ from: start, to: at });
      start = at + 1;
    }
  }
  return [...parts, { from: start, to }];
}
