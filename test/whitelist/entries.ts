import { packageOf } from '../../src/ecosystems/index.ts';
import type { Package } from '../../src/model/package.ts';
import type { Entry } from '../../src/model/status.ts';
import { newFileText, type Edit } from '../../src/whitelist/edit.ts';
import { writeEntry, type EntryContent } from '../../src/whitelist/write.ts';
import { bareEntry } from '../kit/entries.ts';

export const file = 'approved-packages.yaml';

/** What an entry says, and what its line is about: `['npm:lodash', { kind: 'approved', reason: 'arrays' }]`. */
export type Row = readonly [label: string, content: EntryContent];

/** @returns The package of a label: `npm:@acme/ui`. */
export function subjectOf(label: string): Package {
  const colon = label.indexOf(':');
  return packageOf(label.slice(0, colon), label.slice(colon + 1));
}

/** @returns The entry of a row as it is read, on a line of a file. */
export function entryOf([label, content]: Row, place: { file?: string; line?: number } = {}): Entry {
  return {
    ...subjectOf(label),
    ...bareEntry,
    ...content,
    ...place,
  };
}

/** @returns The line of a row, without indentation. */
export function lineOf([label, content]: Row): string {
  return writeEntry(subjectOf(label), content);
}

/** @returns What stands below `packages:`: the first line is the file's second. */
export function packagesText(...lines: readonly string[]): string {
  return `packages:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** @returns A file as our commands write it, with these rows in their order. */
export function fileText(...rows: readonly Row[]): string {
  return newFileText() + rows.map((row) => `  ${lineOf(row)}\n`).join('');
}

/** @returns The edit that puts a row into a file. */
export function put(label: string, content: EntryContent): Edit {
  return { ...subjectOf(label), content };
}

/** @returns The edit that takes a package out. */
export function takeOut(label: string): Edit {
  return { ...subjectOf(label), content: null };
}

/** @returns An approval for a reason, with what is given besides. */
export function approval(reason: string, more: Partial<EntryContent> = {}): EntryContent {
  return { kind: 'approved', reason, ...more };
}

/** @returns All that an entry says, as a text to compare: not where it stands. */
export function meaningOf(entry: Entry): string {
  return JSON.stringify(
    Object.entries({ ...entry, file: '', line: 0 }).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
