/** Beyond this many, settings name more than a person wrote by hand. */
const MOST_WORDS = 1_500;
const LONGEST_WORD = 214;

/**
 * What of a text may be a specifier that settings map, or a package that they put in its place: texts in quotes, keys,
 * names in regular expressions. Most of it is neither; resolution tells.
 */
export function wordsOf(texts: readonly string[]): readonly string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const [, , quoted = ''] of text.matchAll(/(["'`])([^"'`\\\n]+)\1/g)) words.add(quoted);
    for (const [word] of text.matchAll(/[@#~$]?[\w$][\w.$-]*(?:\/[\w.*$-]+)*/g)) words.add(word);
  }
  return [...words].filter(isSpecifier).slice(0, MOST_WORDS);
}

function isSpecifier(word: string): boolean {
  return word.length <= LONGEST_WORD && !/^[./]|^\d+$|[\s(){}<>|^]/.test(word);
}

/** @returns The folders that a text names with a `/` at their end, as scopes of an import map are written. */
export function folderWords(text: string): readonly string[] {
  return [...text.matchAll(/["']((?:\.\/)?[\w.@/-]{1,200})\/["']/g)].flatMap(([, folder]) => folder ?? []);
}
