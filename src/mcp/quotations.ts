import type { Evidence } from '../model/evidence.ts';
import type { Entry } from '../model/status.ts';
import { quoted } from '../text/quoted.ts';

/** Of a reason, an author, a fact of a registry: in UTF-16 code units. */
const LONGEST = 200;

/** A fact may hold a list: so many of its items are shown. */
const MOST_ITEMS = 10;

/** @returns A text from outside as a quotation; null where there is none. */
export function quotation(text: string | null): string | null {
  return text === null ? null : quoted(text, LONGEST);
}

/** @returns What people decided about a package, in their own words: as quotations. */
export function decisionData({ kind, by, reason, date, expires }: Entry) {
  return {
    kind,
    by: quotation(by),
    reason: quotation(reason),
    date,
    expires,
  };
}

/** @returns One fact with all of its keys. What a registry wrote is a quotation. */
export function evidenceData(evidence: Evidence) {
  const { fact, state, source } = evidence;
  return {
    fact,
    state,
    value: state === 'present' ? quotedValue(evidence.value) : null,
    reason: quotation(state === 'unknown' || state === 'notAsked' ? evidence.reason : null),
    source,
    asOf: state === 'present' || state === 'absent' ? evidence.asOf : null,
  };
}

function quotedValue(value: string | number | boolean | readonly string[]) {
  if (typeof value === 'string') return quoted(value, LONGEST);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return value.slice(0, MOST_ITEMS).map((item) => quoted(item, LONGEST));
}
