/**
 * @param escape A backslash with what belongs to it: `\n`, `\x41`, `\u00e9`, `\U0001F600`.
 * @param letters What single letters stand for.
 * @returns The character, or the escape as written where it stands for none.
 */
export function resolveEscape(escape: string, letters: ReadonlyMap<string, string>): string {
  const digits = /^\\[xuU]([0-9a-f]+)$/i.exec(escape)?.[1];
  if (digits === undefined) return letters.get(escape.slice(1)) ?? escape;
  const point = Number.parseInt(digits, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : escape;
}
