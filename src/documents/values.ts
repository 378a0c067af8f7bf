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

/** @returns The object's own members; none where it is no object. Keys such as `__proto__` are members like all others. */
export function members(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/** @returns One member of an object; undefined where there is none, or no object. */
export function member(value: unknown, key: string): unknown {
  const ownValue: unknown = isObject(value) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
  return ownValue;
}

/** @returns The object's own members by their keys; none where it is no object. */
export function asRecord(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(members(value));
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @returns The texts of a list; none where it is no list. */
export function textsOf(value: unknown): readonly string[] {
  return asList(value).filter((item) => typeof item === 'string');
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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
