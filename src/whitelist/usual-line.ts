import { findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import type { Entry } from '../model/status.ts';
import { isDate } from './date.ts';
import { longestReason } from './entry.ts';
import { nothing, plain } from './line.ts';

/** A text without escapes that is not null, a day, and modules or packages as nearly all of them are spelled. */
const text = `((?!(?:null|Null|NULL)(?:,| \\}))${plain}|"[^"\\\\]*")`;
/** Whether it is in the calendar is asked of each day once: an expression that knows all of them takes long to compile. */
const day = String.raw`(\d{4}-\d\d-\d\d)`;
const modules = String.raw`\[([A-Za-z_][\w.]*(?:, [A-Za-z_][\w.]*)*)\]`;

/** The keys of an approval in the order in which our commands write them; all may be missing. */
const fields = [
  ['imports', modules],
  ['importsOf', text],
  ['expires', day],
  ['by', text],
  ['date', day],
  ['created', day],
  ['repository', text],
]
  .map(([key, value]) => String.raw`(?:, ${key}: ${value})?`)
  .join('');
const pattern = new RegExp(
  String.raw`^( +)([a-z]+):([a-z0-9][\w.-]*|@[\w.~/-]+): \{ (?:approved: ${text}|baseline: ${day})${fields} \}$`,
);

/** An approval or a baseline, and the column in which its key begins. */
export interface UsualEntry {
  readonly entry: Entry;
  readonly indent: number;
}

/**
 * Reads an entry as `approve` and `init` write nearly all of them, in one step: a hook reads hundreds before it can
 * say anything.
 *
 * @param line Without its end.
 * @returns The entry; undefined for a line that has to be read with care, also for one that is wrong.
 */
export function readUsualLine(
  line: string,
  where: { readonly file: string; readonly line: number },
): UsualEntry | undefined {
  const match = pattern.exec(line);
  if (match === null) return undefined;
  // By their numbers: taking a list apart costs as much as the rest of this.
  const ecosystem = findEcosystem(match[2] ?? '');
  const name = match[3] ?? '';
  const imports = match[6] === undefined ? [] : match[6].split(', ');
  if (ecosystem?.valid(name) !== true || !imports.every((module) => isModule(module, ecosystem)))
    return undefined;
  const reason = unquoted(match[4]);
  const isBaseline = reason === null;
  if (match[7] !== undefined && imports.length === 0) return undefined;
  if (![match[5], match[8], match[10], match[11]].every(isDayOrMissing)) return undefined;
  if (isBaseline ? !isBaselineAlone(match) : !isReason(reason)) return undefined;
  const by = unquoted(match[9]);
  if (by?.trim() === '') return undefined;
  const entry: Entry = {
    kind: isBaseline ? 'baseline' : 'approved',
    ecosystem: ecosystem.id,
    name: ecosystem.canonical(name),
    imports,
    importsOf: unquoted(match[7]),
    source: null,
    reason,
    by,
    date: isBaseline ? (match[5] ?? null) : (match[10] ?? null),
    expires: match[8] ?? null,
    use: null,
    created: match[11] ?? null,
    repository: unquoted(match[12]),
    despite: null,
    unverified: false,
    requestedBy: null,
    file: where.file,
    line: where.line,
  };
  return { entry, indent: match[1]?.length ?? 0 };
}

/** A baseline has modules and an author at most. */
function isBaselineAlone(match: RegExpExecArray): boolean {
  return (
    match[8] === undefined && match[10] === undefined && match[11] === undefined && match[12] === undefined
  );
}

/** Entries that were made together have the same day. */
let lastDay = '';

function isDayOrMissing(text: string | undefined): boolean {
  if (text === undefined || text === lastDay) return true;
  if (!isDate(text)) return false;
  lastDay = text;
  return true;
}

function isReason(reason: string): boolean {
  return reason.length <= longestReason && reason.trim() !== '';
}

function unquoted(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.startsWith('"') ? text.slice(1, -1) : text;
}

function isModule(text: string, ecosystem: Ecosystem): boolean {
  return !nothing.test(text) && ecosystem.importableModule(text) === text;
}
