import type { Contained, Segment } from '../model/language.ts';
import type { Change } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';
import { brokenAt, tooLongFault, unparsableFault } from './faults.ts';
import { settled, type Inspected, type Inspection } from './inspection.ts';
import { contentsOf, kindOf, type TextKind } from './kinds.ts';
import { readReferences, type ReadReferences } from './read.ts';

/** UTF-16 code units; longer files are scanned and not parsed. */
const PARSE_LIMIT = 2 * 1024 * 1024;

/** The text of a file, the parts of it that the scan does not settle, and what is wrong with its container. */
interface Unsettled {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly broken: Contained['broken'];
}

/**
 * Parses and resolves what the scan could not settle, and compares it with the versions before.
 *
 * @returns What is neither settled nor used before, and why the file may hold more.
 */
export async function readUnsettled(
  change: Change,
  { text, segments, broken }: Unsettled,
  inspection: Inspection,
): Promise<Inspected> {
  if (text.length > PARSE_LIMIT) return { ...settled, faults: [tooLongFault(change.path)] };
  // What is parsed is resolved with the list of all files, which git can make while the parser is loaded.
  void Promise.allSettled([inspection.next.snapshot.list()]);
  const found = await readReferences({ path: change.path, text, segments }, inspection.next.reader);
  const container = broken ? [brokenAt(text, broken)] : [];
  return compare({ change, found: { ...found, broken: [...container, ...found.broken] } }, inspection);
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
  if (open.length === 0 && found.broken.length === 0) return settled;
  const before = await readBefore(change, inspection);
  const fresh: typeof open = [];
  for (const reference of open) {
    if (!before.uses.has(await inspection.useKey(reference, change.path))) fresh.push(reference);
  }
  const faults = before.wasBroken
    ? []
    : found.broken.slice(0, 1).map((broken) => unparsableFault(change.path, broken));
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
    const contents = await contentsOf(text, oldKind, inspection.kinds);
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
