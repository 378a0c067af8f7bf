/** @returns A text without the mark that some editors put before it, which `JSON.parse` refuses. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
