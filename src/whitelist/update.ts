import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { editCovers, newFileText, type Edited } from './edit.ts';
import { longestReason } from './entry.ts';
import { updateAdvice } from './headings.ts';
import { readKey } from './key.ts';
import { commentOf } from './line.ts';
import { compareKeys } from './order.ts';
import { readWhitelist, withoutMark } from './read.ts';
import { joinTwins } from './twins.ts';
import { writeContent, writeEntry, type EntryContent } from './write.ts';

/** What stands in the file of a project that never said why. */
const noReason = 'not recorded';

/** What version 0.1.0 wrote at the top, and what this version writes there. */
const ownComments = [
  '# Packages that people decided about. Imports of any other package stop at the pre-commit hook.',
  '# approved: may be used. denied: may not. baseline: was in use before. requested: someone asks for it.',
  '# What people decided about packages: one line each, in order, so that branches merge.',
  '# prettier-ignore',
];

/**
 * Rewrites a whitelist of the form with headings that version 0.1.0 wrote, also one in which a merge left both forms.
 * Where a package stands several times, the strictest entry counts. Comments stay: those directly above an entry with
 * it, all others at the top.
 *
 * @param covers What the new file covers where the old one does not say it.
 * @param today `YYYY-MM-DD`: the day of a baseline that has none.
 * @returns The new text; null where the file has no headings; refused where anything else is wrong with it.
 */
export async function withoutHeadings(
  file: string,
  text: string,
  { covers, today }: { readonly covers: readonly string[]; readonly today: string },
): Promise<Edited | null> {
  const bare = withoutMark(text);
  const originalFile = await readWhitelist(file, bare);
  const { faults } = originalFile;
  if (!faults.some(({ next }) => next === updateAdvice)) return null;
  const [fault] = faults.filter(({ next }) => next !== updateAdvice);
  if (fault !== undefined) return { kind: 'refused', fault };
  const lines = bare.split(/\r?\n/);
  const blocks = blocksOf(originalFile.entries, lines, today);
  const words = originalFile.covers?.map(({ word }) => word) ?? covers;
  const head = newFileText([...new Set(words)])
    .trimEnd()
    .split('\n');
  const paths = [...new Set(originalFile.extends.map(({ path }) => path))];
  const extensions =
    paths.length === 0 ? [] : [`extends: [${paths.map((path) => JSON.stringify(path)).join(', ')}]`];
  const [first = '', ...headerLines] = head;
  const rewritten = [
    first,
    ...otherComments(lines, blocks),
    ...extensions,
    ...headerLines,
    ...blocks.flatMap(({ comments, line }) => [...comments.map((comment) => `  ${comment}`), `  ${line}`]),
    '',
  ].join(/\r?\n/.exec(bare)?.[0] ?? '\n');
  return verified({ file, text, rewritten, blocks });
}

/** One entry as it is written, with the comments above it and the lines of the old text that these came from. */
interface Block {
  readonly label: string;
  readonly line: string;
  readonly content: EntryContent;
  readonly comments: readonly string[];
  readonly origins: readonly number[];
}

function blocksOf(entries: readonly Entry[], lines: readonly string[], today: string): Block[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const label = packageLabel(entry);
    groups.set(label, [...(groups.get(label) ?? []), entry]);
  }
  return [...groups]
    .toSorted(([left], [right]) => compareKeys(left, right))
    .flatMap(([label, twins]) => {
      const entry = joinTwins(twins);
      return entry === undefined ? [] : [blockOf({ label, entry, twins }, lines, today)];
    });
}

function blockOf(
  {
    label,
    entry,
    twins,
  }: { readonly label: string; readonly entry: Entry; readonly twins: readonly Entry[] },
  lines: readonly string[],
  today: string,
): Block {
  const origins = twins.flatMap(({ line }) => commentLines(lines, line - 1));
  const trailing = twins
    .map(({ line }) => commentOf(lines[line - 1] ?? '').trim())
    .filter((comment) => comment !== '');
  const content = contentOf(entry, today);
  const lost = [
    content.reason === entry.reason ? null : entry.reason,
    content.use === entry.use ? null : `use: ${entry.use ?? ''}`,
  ].flatMap((text) => (text === null || text.trim() === '' ? [] : [`# ${text.replaceAll(/\s+/g, ' ')}`]));
  const comments = origins.map((index) => (lines[index] ?? '').trim());
  return {
    label,
    line: writeEntry(entry, content),
    content,
    comments: [...new Set([...comments, ...trailing, ...lost])],
    origins,
  };
}

/** What the new form does not hold, or holds elsewhere: a baseline has a day and no reason, all else has a reason. */
function contentOf(entry: Entry, today: string): EntryContent {
  return { ...entry, ...reasonAndDay(entry, today), use: useOf(entry) };
}

function useOf({ use }: Entry): string | null {
  return use !== null && readKey(use).kind === 'package' ? use : null;
}

function reasonAndDay(entry: Entry, today: string): Pick<Entry, 'reason' | 'date'> {
  const { date } = entry;
  const reason = entry.reason?.trim() ?? '';
  if (entry.kind === 'baseline') return { reason: null, date: date ?? today };
  if (reason === '') return { reason: noReason, date };
  const characters = Array.from(reason);
  const isLong = characters.length > longestReason;
  return { reason: isLong ? `${characters.slice(0, longestReason - 1).join('')}…` : entry.reason, date };
}

/** @returns Indexes of the comment lines directly above a line. */
function commentLines(lines: readonly string[], index: number): number[] {
  const indexes: number[] = [];
  for (let at = index - 1; at >= 0 && /^\s+#/.test(lines[at] ?? ''); at -= 1) indexes.unshift(at);
  return indexes;
}

function otherComments(lines: readonly string[], blocks: readonly Block[]): string[] {
  const used = new Set(blocks.flatMap(({ origins }) => origins));
  return lines.flatMap((line, index) => {
    const comment = line.trim();
    const isFree = comment.startsWith('#') && !used.has(index) && !ownComments.includes(comment);
    return isFree ? [comment] : [];
  });
}

async function verified({
  file,
  text,
  rewritten,
  blocks,
}: {
  readonly file: string;
  readonly text: string;
  readonly rewritten: string;
  readonly blocks: readonly Block[];
}): Promise<Edited> {
  const read = await readWhitelist(file, rewritten);
  const [fault] = read.faults;
  if (fault !== undefined) return { kind: 'refused', fault: unsafe(file, fault) };
  const isRight =
    read.entries.length === blocks.length &&
    read.entries.every(
      (entry, index) => writeContent(entry) === writeContent(blocks[index]?.content ?? entry),
    );
  if (!isRight) return { kind: 'refused', fault: unsafe(file, null) };
  return { kind: 'edited', text: (text.startsWith('\ufeff') ? '\ufeff' : '') + rewritten };
}

function unsafe(file: string, fault: Fault | null): Fault {
  const why = fault === null ? '' : `: ${fault.message}`;
  return {
    kind: 'whitelist',
    file,
    line: null,
    column: null,
    message: `the file can’t be rewritten safely${why}`,
    next: fault?.next ?? 'Write each decision by hand as npm:NAME: { approved: WHY } below packages.',
  };
}

/** @returns The text with more words in `covers`; null where it has them all. */
export async function withCovers(
  file: string,
  text: string,
  words: readonly string[],
): Promise<Edited | null> {
  const { covers } = await readWhitelist(file, text);
  const present = new Set((covers ?? []).map(({ word }) => word));
  if (covers === null || words.every((word) => present.has(word))) return null;
  return editCovers(file, text, [...new Set([...present, ...words])]);
}
