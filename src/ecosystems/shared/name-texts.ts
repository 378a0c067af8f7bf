import type { NameTexts } from '../../model/popular-names.ts';

/** @returns The letters of a name: case and `. _ - @ /` don't count, so that `@types/node` is `typesnode`. */
export function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[._\-@/]+/g, '');
}

/** @param lookalikeKey That of the ecosystem: it is asked once for all names. */
export function textsOf(names: readonly string[], lookalikeKey: (text: string) => string): NameTexts {
  const text = names.map((name) => `\n${name}`).join('') + '\n';
  return { names: text, keys: lookalikeKey(text) };
}
