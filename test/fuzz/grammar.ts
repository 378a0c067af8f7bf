import { randomFrom } from './mutate.ts';

/**
 * The rules of a language: for each name, what it may stand for. `«name»` stands for one of the alternatives of a
 * rule, `~` for what may stand between two tokens (the rule `~`). The first alternative is the one that ends soonest.
 */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** How deeply rules are put into rules before everything ends as soon as it can. */
const DEPTH = 14;
/** In UTF-16 code units: what is longer shows nothing that shorter texts don't. */
const LONGEST = 6_000;

/** @returns A text of the rule `start`: the same number and grammar give the same one. */
export function textOf(grammar: Grammar, start: string, number: number): string {
  const random = randomFrom(number);
  let length = 0;
  const expand = (name: string, depth: number): string => {
    const alternatives = grammar[name] ?? [];
    const ends = depth > DEPTH || length > LONGEST;
    const chosen = alternatives[ends ? 0 : Math.floor(random() * alternatives.length)];
    if (chosen === undefined) throw new Error(`the grammar has no rule ${name}`);
    return chosen.replace(/«([^»]+)»|~/g, (_, inner?: string) => {
      const text = inner === undefined ? expand('~', depth + 1) : expand(inner, depth + 1);
      if (inner === undefined) length += text.length;
      else length += 1;
      return text;
    });
  };
  return expand(start, 0);
}

/** @returns An alternative so often that it is chosen as if there were that many. */
export function times(count: number, alternative: string): readonly string[] {
  return Array.from({ length: count }, () => alternative);
}
