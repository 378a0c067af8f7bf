import type { Fault } from '../model/fault.ts';
import type { Language, Segment } from '../model/language.ts';
import type { Reference } from '../model/reference.ts';
import type { Change, FileRead, Snapshot } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';
import { contentsOf, kindOf, type TextKind, type TextKinds } from './kinds.ts';
import { readReferences, type Reader, type ReadReferences } from './read.ts';

/** UTF-16 code units; longer files are scanned and not parsed. */
const PARSE_LIMIT = 2 * 1024 * 1024;

/** A state of the project, with what reads its text. */
export interface Side {
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

/** What the inspection of a file needs to know. */
export interface Inspection {
  readonly kinds: TextKinds;
  readonly next: Side;
  readonly bases: readonly Side[];
  /** Paths that are left out of every scope. */
  readonly ignores: (path: string) => boolean;
  /** Does an import need nobody's attention, however it may be written? Asked after the scan. */
  readonly settlesSpecifier: (language: Language, specifier: string, file: string) => Promise<boolean>;
  /** Does a reference need nobody's attention? Asked after parsing. */
  readonly settlesReference: (reference: Reference, file: string) => Promise<boolean>;
  /** What one reference uses; two references with the same key use the same package. */
  readonly useKey: (reference: Reference, file: string) => Promise<string>;
}

/** What a changed file newly refers to and nobody has settled. */
export interface Inspected {
  readonly references: ReadReferences['references'];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  /** The file holds program text. */
  readonly read: boolean;
}

const nothing: Inspected = { references: [], faults: [], notes: [], read: false };

/**
 * Looks at one changed file: scan, settle, and only for what is left parse, resolve, and compare with
 * the versions before.
 */
export async function inspect(change: Change, inspection: Inspection): Promise<Inspected> {
  const kind = kindOf(change.path, inspection.kinds);
  if (!kind) return nothing;
  const read = await inspection.next.snapshot.read(change.path);
  if (read.kind !== 'bytes')
    return kind.kind === 'script' ? nothing : { ...nothing, faults: unread(change.path, read) };
  const text = decodeText(read.bytes);
  if (isPointer(text)) return { ...nothing, notes: [pointerNote(change.path)] };
  const { segments, broken } = contentsOf(text, kind, inspection.kinds);
  if (segments.length === 0 && !broken) return { ...nothing, read: kind.kind !== 'script' };
  const open = await unsettled(segments, change.path, inspection);
  if (open.length === 0 && !broken) return { ...nothing, read: true };
  if (text.length > PARSE_LIMIT) return { ...nothing, read: true, faults: [tooLong(change.path)] };
  const file = { path: change.path, text, segments: open };
  // What is parsed is resolved with the list of all files, which git can make while the parser is loaded.
  void Promise.allSettled([inspection.next.snapshot.list()]);
  const found = await readReferences(file, inspection.next.reader);
  const containerBroken = broken
    ? [{ message: broken.message, cell: null, ...positionIn(text, broken.offset) }]
    : [];
  return compare({ change, found: { ...found, broken: [...containerBroken, ...found.broken] } }, inspection);
}

/** Reads every reference of one file, without a look at what is settled or was there before. */
export async function readWhole(path: string, { kinds, next }: Inspection): Promise<Inspected> {
  const kind = kindOf(path, kinds);
  if (!kind) return nothing;
  const read = await next.snapshot.read(path);
  if (read.kind !== 'bytes')
    return kind.kind === 'script' ? nothing : { ...nothing, faults: unread(path, read) };
  const text = decodeText(read.bytes);
  const { segments, broken } = contentsOf(text, kind, kinds);
  const faults = broken
    ? [unparsable(path, { message: broken.message, cell: null, ...positionIn(text, broken.offset) })]
    : [];
  const found = await readReferences({ path, text, segments }, next.reader);
  const rejected = found.broken.map((problem) => unparsable(path, problem));
  return {
    references: found.references,
    faults: [...faults, ...rejected].slice(0, 1),
    notes: [],
    read: segments.length > 0,
  };
}

/**
 * @returns The segments that only a parser can tell more of. The others hold nothing to report, even if they
 *   are no programs yet: a cell of a notebook may be a draft.
 */
async function unsettled(
  segments: readonly Segment[],
  file: string,
  inspection: Inspection,
): Promise<readonly Segment[]> {
  const open: Segment[] = [];
  for (const segment of segments) {
    const language = inspection.kinds.languages.find(({ id }) => id === segment.language);
    if (language && !(await scanSettles(segment, { language, file }, inspection))) open.push(segment);
  }
  return open;
}

async function scanSettles(
  segment: Segment,
  { language, file }: { readonly language: Language; readonly file: string },
  inspection: Inspection,
): Promise<boolean> {
  const scan = language.scan(segment);
  if (scan.kind === 'unsure') return false;
  const settled = await Promise.all(
    [...scan.specifiers].map((specifier) => inspection.settlesSpecifier(language, specifier, file)),
  );
  return !settled.includes(false);
}

/** Keeps what is neither settled nor in a version before. */
async function compare(
  { change, found }: { change: Change; found: ReadReferences },
  inspection: Inspection,
): Promise<Inspected> {
  const open: ReadReferences['references'][number][] = [];
  for (const reference of found.references) {
    if (!(await inspection.settlesReference(reference, change.path))) open.push(reference);
  }
  if (open.length === 0 && found.broken.length === 0) return { ...nothing, read: true };
  const before = await readBefore(change, inspection);
  const fresh: typeof open = [];
  for (const reference of open) {
    if (!before.uses.has(await inspection.useKey(reference, change.path))) fresh.push(reference);
  }
  const faults = before.wasBroken
    ? []
    : found.broken.slice(0, 1).map((broken) => unparsable(change.path, broken));
  return { references: fresh, faults, notes: before.notes, read: true };
}

/** What the versions before used, over all bases. */
interface Before {
  readonly uses: ReadonlySet<string>;
  /** A version before could not be parsed either: the project lives with that. */
  readonly wasBroken: boolean;
  readonly notes: readonly string[];
}

async function readBefore(change: Change, inspection: Inspection): Promise<Before> {
  const uses = new Set<string>();
  const notes: string[] = [];
  let wasBroken = false;
  for (const [at, base] of inspection.bases.entries()) {
    const path = change.previous[at];
    const oldKind = path ? programKind(path, inspection) : undefined;
    if (!path || !oldKind) continue;
    const read = await base.snapshot.read(path);
    if (read.kind === 'unreadable' || read.kind === 'tooLarge')
      notes.push(
        `${path}: the version in ${base.snapshot.label} could not be read, so all of its imports count as new`,
      );
    if (read.kind !== 'bytes') continue;
    const text = decodeText(read.bytes);
    const contents = contentsOf(text, oldKind, inspection.kinds);
    const old = await readReferences(
      { path, text, segments: text.length > PARSE_LIMIT ? [] : contents.segments },
      base.reader,
    );
    wasBroken ||= old.broken.length > 0 || contents.broken !== null;
    for (const reference of old.references) uses.add(await inspection.useKey(reference, path));
  }
  return { uses, wasBroken, notes };
}

/** What a file that nobody looked at says was not used: it may have been prose, or ignored, under its old name. */
function programKind(path: string, { kinds, ignores }: Inspection): TextKind | undefined {
  return ignores(path) ? undefined : kindOf(path, kinds);
}

function unread(file: string, read: Exclude<FileRead, { kind: 'bytes' }>): Fault[] {
  switch (read.kind) {
    case 'absent':
      return [];
    case 'tooLarge':
      return [
        {
          ...tooLong(file),
          message: `the file has ${String(Math.round(read.size / 1e6))} MB, which is too much to read`,
        },
      ];
    case 'unreadable':
      return [
        {
          kind: 'unreadable',
          file,
          line: null,
          column: null,
          message: `the file can't be read: ${read.reason}`,
          next: 'Its imports were not checked. `git fsck` and `git fetch` mend missing objects.',
        },
      ];
  }
}

/** What git holds in place of a file that Git LFS keeps (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
function isPointer(text: string): boolean {
  return text.length < 1024 && text.startsWith('version https://git-lfs.github.com/spec/');
}

function pointerNote(file: string): string {
  return `${file}: a pointer of Git LFS stands for the file, so its imports were not checked`;
}

function tooLong(file: string): Fault {
  return {
    kind: 'too-large',
    file,
    line: null,
    column: null,
    message:
      'the file is over 2 MB, too long to be parsed, and a quick look does not settle all of its imports',
    next: 'Generated files belong into `ignorePaths` of the config. Its imports were not checked.',
  };
}

function unparsable(file: string, { message, line, column, cell }: ReadReferences['broken'][number]): Fault {
  if (cell !== null)
    return {
      kind: 'unparsable',
      file,
      line,
      column,
      message: `cell ${String(cell)} can’t be parsed: ${message}`,
      next: 'Mend the cell, or make a raw cell of it. Imports in it may have been missed; the other cells were checked.',
    };
  return {
    kind: 'unparsable',
    file,
    line,
    column,
    message: `the file can't be parsed: ${message}`,
    next: 'Mend the syntax, or put the file into `ignorePaths` of the config. Imports in it may have been missed.',
  };
}

function positionIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
