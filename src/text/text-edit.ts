/** One replacement: what stands from `start` up to `end` becomes `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** @returns The text after all replacements. Those at the same offset keep their order. */
export function applySplices(text: string, splices: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const splice of splices.toSorted((left, right) => left.start - right.start)) {
    parts.push(text.slice(at, splice.start), splice.text);
    at = Math.max(at, splice.end);
  }
  return parts.join('') + text.slice(at);
}

/** @returns Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** @returns Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** @returns Where the line after that of an offset begins; the text's end on the last line. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** @returns The column of an offset, counted from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
