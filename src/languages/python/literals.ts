import type { Span } from '../../model/text.ts';

/**
 * @param code The text without what its comments and strings hold, at the same offsets.
 * @returns What the strings in a part of a program hold; a string of several lines is left out.
 */
export function literalsIn(text: string, code: string, { start, end }: Span): readonly string[] {
  return [...code.slice(start, end).matchAll(/(["'])( *)\1/g)].map(({ index, 2: { length } = '' }) =>
    text.slice(start + index + 1, start + index + 1 + length),
  );
}
