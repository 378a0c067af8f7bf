import type { Span } from '../model/text.ts';

/** @returns Whether an offset lies within one of the spans, which stand in order and apart from each other. */
export function isWithin(offset: number, spans: readonly Span[]): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return (spans[low]?.start ?? Infinity) <= offset;
}
