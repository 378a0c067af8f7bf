/** Foreign JSON as maps and lists: nothing of it is ever a key of a plain object. */

/* eslint no-restricted-globals: off -- `Date` reads a text here, and no clock. */

/** @returns The document, or undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @returns The object's own members; none where it is no object. */
export function asRecord(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  return new Map(Object.entries(value));
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * Reads a time of day or a day, as ISO 8601 writes it. `Date.parse` alone also takes prose with a number in it, days that
 * no calendar has, and years beyond four digits, which no longer compare as texts.
 *
 * @returns The time in UTC with milliseconds, or null where it is none.
 */
export function asTime(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const day = /^\d{4}-\d\d-\d\d(?=[T ]|$)/.exec(value)?.[0];
  if (day === undefined || timeOf(day)?.startsWith(day) !== true) return null;
  return timeOf(value);
}

function timeOf(text: string): string | null {
  const time = Date.parse(text);
  const iso = Number.isNaN(time) ? '' : new Date(time).toISOString();
  return /^\d{4}-/.test(iso) ? iso : null;
}
