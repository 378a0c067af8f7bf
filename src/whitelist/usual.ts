import type { Ecosystem } from '../ecosystems/index.ts';
import type { Entry } from '../model/standing.ts';
import { isDate } from './date.ts';
import { moduleName } from './entry.ts';
import { nothing, plain } from './line.ts';

/** A text without escapes, a day, and modules or packages as nearly all of them are spelled. */
const text = `(${plain}|"[^"\\\\]*")`;
const day = String.raw`(\d{4}-\d\d-\d\d)`;
const modules = String.raw`\[([A-Za-z_][\w.]*(?:, [A-Za-z_][\w.]*)*)\]`;

/** The keys of an approval in the order in which our commands write them; all may be missing. */
const fields = [
  ['imports', modules],
  ['reason', text],
  ['by', text],
  ['date', day],
  ['expires', day],
  ['created', day],
  ['repository', text],
]
  .map(([key, value]) => String.raw`(?:${key}: ${value}(?:, |(?= \}$)))?`)
  .join('');
const pattern = new RegExp(String.raw`^( +)(?:([a-z0-9][\w.-]*)|"(@[^"\\]+)"): \{ ${fields} \}$`);

/** An approval, and the column in which its name begins. */
export interface UsualEntry {
  readonly entry: Entry;
  readonly indent: number;
}

/**
 * Reads an approval as `approve` writes nearly all of them, in one step: a hook reads hundreds before it can say
 * anything.
 *
 * @param line Without its end.
 * @returns The entry; undefined for a line that has to be read with care, also for one that is wrong.
 */
export function readUsual(
  line: string,
  ecosystem: Ecosystem,
  where: { readonly file: string; readonly line: number },
): UsualEntry | undefined {
  const match = pattern.exec(line);
  if (match === null) return undefined;
  const [, indent = '', bare, quoted, imports, reason, by, date, expires, created, repository] = match;
  const name = bare ?? quoted ?? '';
  const provided = imports === undefined ? [] : imports.split(', ');
  if (!ecosystem.valid(name) || !isDay(date) || !isDay(expires) || !isDay(created)) return undefined;
  if (isNothing(reason) || isNothing(by) || isNothing(repository) || provided.some(isNothing))
    return undefined;
  if (!provided.every((module) => moduleName(module, ecosystem) === module)) return undefined;
  const entry: Entry = {
    section: 'approved',
    ecosystem: ecosystem.id,
    name: ecosystem.canonical(name),
    imports: provided,
    source: null,
    reason: unquoted(reason),
    by: unquoted(by),
    date: date ?? null,
    expires: expires ?? null,
    use: null,
    created: created ?? null,
    repository: unquoted(repository),
    despite: null,
    unverified: false,
    ...where,
  };
  return { entry, indent: indent.length };
}

function unquoted(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.startsWith('"') ? text.slice(1, -1) : text;
}

function isDay(text: string | undefined): boolean {
  return text === undefined || isDate(text);
}

function isNothing(text: string | undefined): boolean {
  return text !== undefined && nothing.test(text);
}
