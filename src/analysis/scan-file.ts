import type { Language, Segment } from '../model/language.ts';
import type { Fault } from '../model/fault.ts';
import type { Change } from '../model/snapshot.ts';
import { isPointer } from '../text/lfs-pointer.ts';
import { unreadFaults, type Unread } from './faults.ts';
import { emptyAnalysis, cleanFile, type FileAnalysis, type AnalysisContext } from './file-analysis.ts';
import { isKnownContent } from './known-content.ts';
import { contentsOf, isScript, kindOf, programText, type TextKind } from './source-kinds.ts';

/**
 * Looks at one changed file: scan, settle, and only for what is left parse, resolve, and compare with
 * the versions before.
 */
export async function scanFile(change: Change, inspection: AnalysisContext): Promise<FileAnalysis> {
  const kind = kindOf(change.path, inspection.kinds);
  if (!kind) return emptyAnalysis;
  const read = await inspection.next.snapshot.read(change.path);
  if (read.kind !== 'bytes')
    return { ...emptyAnalysis, faults: await faultsOfUnread(change, { kind, read }, inspection) };
  const text = programText(read.bytes, kind, inspection.kinds);
  if (isPointer(text)) return { ...emptyAnalysis, notes: [pointerNote(change.path)] };
  const { segments, broken } = await contentsOf(text, kind, inspection.kinds);
  if (segments.length === 0 && !broken) return kind.kind === 'script' ? emptyAnalysis : cleanFile;
  const open = await unsettled(segments, change, inspection);
  if (open.length === 0 && !broken) return cleanFile;
  const { readUnsettled } = await import('./parse-file.ts');
  return readUnsettled(change, { text, segments: open, broken }, inspection);
}

/** Of a file without an ending its first line tells whether it is a program, as far as that can be read. */
async function faultsOfUnread(
  change: Change,
  { kind, read }: { readonly kind: TextKind; readonly read: Unread },
  { next, bases, kinds, ignores }: AnalysisContext,
): Promise<readonly Fault[]> {
  const isProgram = kind.kind !== 'script' || read.kind !== 'tooLarge' || isScript(read.start, kinds);
  if (!isProgram) return [];
  const states = { next: next.snapshot, bases: bases.map(({ snapshot }) => snapshot) };
  const wasRead = (old: string) => !ignores(old) && kindOf(old, kinds)?.kind === kind.kind;
  return (await isKnownContent(change, states, wasRead)) ? [] : unreadFaults(change.path, read);
}

/**
 * @returns The segments that only a parser can tell more of. The others hold nothing to report, even if they
 *   are no programs yet: a cell of a notebook may be a draft.
 */
async function unsettled(
  segments: readonly Segment[],
  change: Change,
  inspection: AnalysisContext,
): Promise<readonly Segment[]> {
  const open: Segment[] = [];
  for (const segment of segments) {
    const language = inspection.kinds.languages.find(({ id }) => id === segment.language);
    if (language && !(await scanSettles(segment, { language, change }, inspection))) open.push(segment);
  }
  return open;
}

async function scanSettles(
  segment: Segment,
  { language, change }: { readonly language: Language; readonly change: Change },
  inspection: AnalysisContext,
): Promise<boolean> {
  const scan = await language.scan(segment);
  if (scan.kind === 'unsure') return false;
  const { path: file } = change;
  const scanned = [...scan.specifiers].map((specifier) => {
    return {
      specifier,
      scannedNames: scan.names?.get(specifier),
      omission: scan.omissions?.get(specifier),
      file,
    };
  });
  const statuses = await Promise.all(scanned.map((each) => inspection.scanStatus(language, each)));
  if (statuses.includes('open')) return false;
  const missing = scanned.filter((_, at) => statuses[at] === 'missing');
  if (missing.length === 0) return true;
  const { wereMissing } = await import('./missing-before.ts');
  return wereMissing(missing, { language, segment, change, scan }, inspection);
}

function pointerNote(file: string): string {
  return `${file}: the file is a Git LFS pointer, so its imports were not checked`;
}
