import type { Fault } from '../model/fault.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { coverableWords } from './coverable-words.ts';
import { EditedLines } from './edited-lines.ts';
import type { CoveredWord, WhitelistFile } from './file.ts';
import { readKey } from './key.ts';
import { readWhitelist, withoutMark } from './read.ts';
import { joinTwins } from './twins.ts';
import { entryOf, writeContent, writeEntry, type EntryContent } from './write.ts';

/**
 * What becomes of a package: `content` is all that its line will say, null takes it out. However often the package
 * stands in the file, one line is left of it.
 */
export interface Edit extends Package {
  readonly content: EntryContent | null;
}

export type Edited =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'refused'; readonly fault: Fault };

/**
 * @param covers The words for what the file is to be the authority for.
 * @returns What a new file begins with. Prettier would break long lines, and a decision is one line.
 */
export function newFileText(covers: readonly string[] = coverableWords): string {
  return [
    '# What people decided about packages: one line each, in order, so that branches merge.',
    `covers: [${covers.join(', ')}]`,
    '# prettier-ignore',
    'packages:',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * Edits a whitelist line by line: what is not about the edited packages stays as it is, byte by byte. A new line goes
 * before the first with a greater key. Keys of the file itself that a merge left twice are joined, and so are entries
 * that take several lines.
 *
 * @param text The file's content, or null where there is no file yet.
 * @param edits Each about another package; the last one counts of several about the same.
 * @returns The new content. Refused are a file with faults, and an edit that would not be read as it was meant (a
 *   date that is none, entries that share a line): the fault says which line to write by hand.
 */
export async function edit(file: string, text: string | null, edits: readonly Edit[]): Promise<Edited> {
  const mark = text?.startsWith('\ufeff') === true ? '\ufeff' : '';
  const old = text === null || holdsNothing(withoutMark(text)) ? newFileText() : withoutMark(text);
  const originalFile = await readWhitelist(file, mark + old);
  const [fault] = originalFile.faults;
  if (fault !== undefined) return { kind: 'refused', fault };
  const editsByLabel = new Map(edits.map(canonical).map((entryEdit) => [packageLabel(entryEdit), entryEdit]));
  for (const joinsEntries of [true, false]) {
    const edited = editedText(old, originalFile, { editsByLabel, joinsEntries });
    const editedFile = await readWhitelist(file, mark + edited);
    if (editedFile.faults.length === 0 && saysTheSame(editedFile, originalFile, editsByLabel))
      return { kind: 'edited', text: mark + edited };
  }
  return refuse(file, ...(await whyNotMade(file, [...editsByLabel.values()])));
}

/** Only what every reader of YAML passes over: other white space is a text, or a fault. */
function holdsNothing(text: string): boolean {
  return /^(?: |\r?\n)*$/.test(text);
}

function editedText(
  text: string,
  originalFile: WhitelistFile,
  {
    editsByLabel,
    joinsEntries,
  }: { readonly editsByLabel: ReadonlyMap<string, Edit>; readonly joinsEntries: boolean },
): string {
  const lines = new EditedLines(text, originalFile.entries);
  lines.joinHeaders(wordsOf(originalFile));
  if (joinsEntries) lines.joinEntries(writeContent);
  for (const [label, { content }] of editsByLabel) {
    if (content === null) lines.remove(label);
    else lines.put(label, writeContent(content));
  }
  return lines.text();
}

/** Is it what was to be written, or how the file is written? */
async function whyNotMade(file: string, edits: readonly Edit[]): Promise<[message: string, next: string]> {
  const lines = edits.flatMap(({ content, ...subject }) =>
    content === null ? [] : [`  ${writeEntry(subject, content)}\n`],
  );
  const {
    faults: [wrong],
  } = await readWhitelist(file, newFileText() + lines.join(''));
  if (wrong !== undefined) return [`the edit was not made: ${wrong.message}`, wrong.next];
  return ['this edit can’t be made safely in the file', byHand(edits)];
}

/** Names stand in the spelling of their ecosystem; what names no package is for the reader to refuse. */
function canonical(entryEdit: Edit): Edit {
  const read = readKey(packageLabel(entryEdit));
  return read.kind === 'package' ? { ...entryEdit, ...read.package } : entryEdit;
}

/**
 * Edits the words of `covers`.
 *
 * @param words Ids of ecosystems, all that the file is to cover.
 */
export async function editCovers(file: string, text: string, words: readonly string[]): Promise<Edited> {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const old = withoutMark(text);
  const originalFile = await readWhitelist(file, mark + old);
  const [fault] = originalFile.faults;
  if (fault !== undefined) return { kind: 'refused', fault };
  const lines = new EditedLines(old, originalFile.entries);
  lines.joinHeaders(wordsOf(originalFile));
  lines.putCovers(words);
  const edited = lines.text();
  const editedFile = await readWhitelist(file, mark + edited);
  const isRight =
    editedFile.faults.length === 0 &&
    wordsIn(editedFile.covers).join(' ') === words.join(' ') &&
    sameEntries(editedFile.entries, originalFile.entries);
  if (isRight) return { kind: 'edited', text: mark + edited };
  const message = '“covers” can’t be edited safely in this file';
  return refuse(file, message, `Write covers: [${words.join(', ')}] above packages.`);
}

/** The words of the keys that stand beside `packages`; null where the file does not have the key. */
function wordsOf({ covers, extends: extensions }: WhitelistFile): {
  readonly covers: readonly string[] | null;
  readonly extends: readonly string[];
} {
  return {
    covers: covers === null ? null : wordsIn(covers),
    extends: [...new Set(extensions.map(({ path }) => path))],
  };
}

function wordsIn(covers: readonly CoveredWord[] | null): string[] {
  return [...new Set((covers ?? []).map(({ word }) => word))];
}

function refuse(file: string, message: string, next: string): Edited {
  return { kind: 'refused', fault: { kind: 'whitelist', file, line: null, column: null, message, next } };
}

/** @returns What a person writes instead of an edit that was refused. */
function byHand(edits: readonly Edit[]): string {
  const lines = edits.map(({ content, ...subject }) =>
    content === null ? `take out ${packageLabel(subject)}` : `write ${writeEntry(subject, content)}`,
  );
  return `Give each package a line of its own, and by hand ${lines.join('; ')}.`;
}

/** Does the file say what it said, but for the edits? */
function saysTheSame(
  editedFile: WhitelistFile,
  originalFile: WhitelistFile,
  edits: ReadonlyMap<string, Edit>,
): boolean {
  const unedited = originalFile.entries.filter((entry) => !edits.has(packageLabel(entry)));
  const put = [...edits.values()].flatMap((entryEdit) => entryOfEdit(entryEdit) ?? []);
  return (
    sameEntries(editedFile.entries, [...unedited, ...put]) &&
    JSON.stringify(wordsOf(editedFile)) === JSON.stringify(wordsOf(originalFile))
  );
}

/** The entry that an edit is to leave; a package that it names is read in its canonical spelling. */
function entryOfEdit({ content, ...subject }: Edit): Entry | undefined {
  if (content === null) return undefined;
  const entry = entryOf(subject, content, { file: '', line: 0 });
  const read = entry.use === null ? null : readKey(entry.use);
  return read?.kind === 'package' ? { ...entry, use: packageLabel(read.package) } : entry;
}

/** Compares everything but the lines, which edits move. */
function sameEntries(left: readonly Entry[], right: readonly Entry[]): boolean {
  const [leftFingerprints, rightFingerprints] = [left, right].map((entries) =>
    entries.map(fingerprint).toSorted(),
  );
  return JSON.stringify(leftFingerprints) === JSON.stringify(rightFingerprints);
}

function fingerprint(entry: Entry): string {
  return JSON.stringify([packageLabel(entry), writeContent(entry)]);
}

/** @returns What is written for a package that stands several times, or takes several lines. */
export function joinedEdit(entries: readonly Entry[]): Edit | null {
  const effectiveEntry = joinTwins(entries);
  if (effectiveEntry === undefined) return null;
  const { ecosystem, name, ...content } = effectiveEntry;
  return { ecosystem, name, content };
}
