/** @returns A text without a character that stands at its end any number of times. Linear, as no expression for it is. */
export function trimSuffix(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
