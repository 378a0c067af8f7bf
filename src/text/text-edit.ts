import type { TextEdit } from '../model/text.ts';

export type { TextEdit } from '../model/text.ts';

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

/**
 * Joins edits of a text with edits of what came of it.
 *
 * @param later Edits of the text after the earlier ones.
 * @returns Edits of the first text; null where a later one begins or ends within what an earlier one wrote.
 */
export function rebased(
  later: readonly TextEdit[],
  earlier: readonly TextEdit[],
): readonly TextEdit[] | null {
  const sorted = earlier.toSorted((left, right) => left.start - right.start);
  const moved: TextEdit[] = [];
  for (const { start, end, text } of later) {
    const [from, to] = [offsetBefore(start, sorted, 'start'), offsetBefore(end, sorted, 'end')];
    if (from === null || to === null || sorted.some((edit) => from < edit.end && edit.start < to))
      return null;
    moved.push({ start: from, end: Math.max(from, to), text });
  }
  return [...sorted, ...moved].sort((left, right) => left.start - right.start);
}

/** @returns Where an offset was before the edits; a start at which something went is behind that, an end in front of it. */
function offsetBefore(offset: number, edits: readonly TextEdit[], side: 'start' | 'end'): number | null {
  let shift = 0;
  for (const { start, end, text } of edits) {
    const from = start + shift;
    if (offset < from || (offset === from && side === 'end')) break;
    if (offset < from + text.length) return null;
    shift += text.length - (end - start);
  }
  return offset - shift;
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
