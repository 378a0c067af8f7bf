import type { Entry } from '../model/status.ts';
import { quoted } from '../text/quoted.ts';
import { longestReason } from './entry.ts';

/** What `by` of a request begins with that a coding assistant made. */
const PREFIX = 'assistant for ';

/**
 * @param person For whom the assistant works, as git writes authors: `Ada L <ada@example.org>`.
 * @returns `by` of a request that a coding assistant makes: a person’s name alone would make its words those of the person.
 */
export function assistantFor(person: string): string {
  return `${PREFIX}${person}`;
}

/**
 * @returns The reason of an entry as people read it; null where it has none. What an assistant wrote is a quotation, and
 *   called one: “the user confirmed it” is no word of that user.
 */
export function reasonText({ by, reason }: Pick<Entry, 'by' | 'reason'>): string | null {
  if (reason === null || by?.startsWith(PREFIX) !== true) return reason;
  // A character takes up to two code units.
  return `in a machine’s words, ${quoted(reason, 2 * longestReason)}`;
}
