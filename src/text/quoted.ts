import { escapeForLog } from './escape.ts';

/** What ends a quotation, or looks as if it did: the usual quotation marks, and those of other languages. */
const quotationMarks = /["“”„‟«»＂]/g;

/**
 * Text from outside, as a quotation for a reader that could take it for an instruction: a coding assistant. It stands on
 * one line between `“` and `”`, which occur nowhere inside, so that it shows where the quotation ends; what can't be
 * seen stands as an escape.
 *
 * @param text What a registry, a whitelist or a comment says.
 * @param cap How much of it is shown at most, in UTF-16 code units. What is longer ends in `…`.
 */
export function quoted(text: string, cap: number): string {
  const inner = text.slice(0, cap + 1).replace(quotationMarks, '’');
  return `“${escapeForLog(inner, cap)}”`;
}
