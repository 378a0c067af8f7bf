import type { Ecosystem } from '../ecosystems/index.ts';
import type { Entry } from '../model/status.ts';
import { nothing, plain } from './line.ts';

/** A text without escapes that is not null, a day, and modules or packages as nearly all of them are spelled. */
const text = `((?!(?:null|Null|NULL)(?:,| \\}))${plain}|"[^"\\\\]*")`;
/** As `isDate` has it, but for the 29th of February: only some years have one. */
const day =
  /(\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))/
    .source;
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
  // By their numbers: taking a list apart costs as much as the rest of this.
  const name = match[2] ?? match[3] ?? '';
  const imports = match[4] === undefined ? [] : match[4].split(', ');
  if (!ecosystem.valid(name) || !imports.every((module) => isModule(module, ecosystem))) return undefined;
  const entry: Entry = {
    kind: 'approved',
    ecosystem: ecosystem.id,
    name: ecosystem.canonical(name),
    imports,
    source: null,
    reason: unquoted(match[5]),
    by: unquoted(match[6]),
    date: match[7] ?? null,
    expires: match[8] ?? null,
    use: null,
    created: match[9] ?? null,
    repository: unquoted(match[10]),
    despite: null,
    unverified: false,
    file: where.file,
    line: where.line,
  };
  return { entry, indent: match[1]?.length ?? 0 };
}

function unquoted(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.startsWith('"') ? text.slice(1, -1) : text;
}

function isModule(text: string, ecosystem: Ecosystem): boolean {
  return !nothing.test(text) && ecosystem.importableModule(text) === text;
}
