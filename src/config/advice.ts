import { closestMatch } from '../text/nearest.ts';

/** Patterns that are only wildcards, and what to write instead. */
export interface Everything {
  readonly pattern: RegExp;
  readonly next: string;
}

/** Without a letter or a digit, as no package is called: `*`, or an `@` before it, which all scoped names fit. */
export const everyPackage: Everything = {
  pattern: /^[^A-Za-z0-9]*$/,
  next: 'Write the names that are private, or how they begin: "@acme/*". `lookup: off` asks no registry at all.',
};

/** Of modules, `@/*` is an alias that people have. */
export const everyModule: Everything = {
  pattern: /^\*+$/,
  next: 'Write the modules that are meant, or how they begin: "acme_*".',
};

/** @returns What to do about a key that means nothing here. */
export function adviceAbout(key: string, knownKeys: readonly string[]): string {
  const meant = closestMatch(key, knownKeys);
  return meant === undefined ? `Keys here are ${knownKeys.join(', ')}.` : `Did you mean “${meant}”?`;
}
