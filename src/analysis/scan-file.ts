import type { Language, Segment } from '../model/language.ts';
import type { Change } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';
import { unreadFaults } from './faults.ts';
import {
  emptyAnalysis,
  cleanFile,
  type FileAnalysis,
  type AnalysisContext,
  type Side,
} from './file-analysis.ts';
import { contentsOf, kindOf, type SourceKinds } from './source-kinds.ts';

/**
 * Looks at one changed file: scan, settle, and only for what is left parse, resolve, and compare with
 * the versions before.
 */
export async function scanFile(change: Change, inspection: AnalysisContext): Promise<FileAnalysis> {
  const kind = kindOf(change.path, inspection.kinds);
  if (!kind) return emptyAnalysis;
  const read = await inspection.next.snapshot.read(change.path);
  if (read.kind !== 'bytes')
    return kind.kind === 'script'
      ? emptyAnalysis
      : { ...emptyAnalysis, faults: unreadFaults(change.path, read) };
  const text = decodeText(read.bytes);
  if (isPointer(text)) return { ...emptyAnalysis, notes: [pointerNote(change.path)] };
  const { segments, broken } = await contentsOf(text, kind, inspection.kinds);
  if (segments.length === 0 && !broken) return kind.kind === 'script' ? emptyAnalysis : cleanFile;
  const open = await unsettled(segments, change, inspection);
  if (open.length === 0 && !broken) return cleanFile;
  const { readUnsettled } = await import('./parse-file.ts');
  return readUnsettled(change, { text, segments: open, broken }, inspection);
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
  const scan = language.scan(segment);
  if (scan.kind === 'unsure') return false;
  const specifiers = [...scan.specifiers];
  const settlements = await Promise.all(
    specifiers.map((specifier) => inspection.settlementOf(language, specifier, change.path)),
  );
  if (settlements.includes('open')) return false;
  const members = specifiers.filter((_, at) => settlements[at] === 'member');
  const addedMembers = members.length === 0 ? [] : await addedSpecifiers(members, change, inspection);
  for (const specifier of addedMembers)
    if (await inspection.isNewMember(language, specifier, change.path)) return false;
  return true;
}

/** @returns The specifiers that the version of the file in some base lacks, as far as a quick look tells. */
async function addedSpecifiers(
  specifiers: readonly string[],
  { previous }: Change,
  { bases, kinds }: AnalysisContext,
): Promise<readonly string[]> {
  const perBase = bases.map(async (base, at) => {
    const texts = (previous[at] ?? []).map((path) => specifiersIn(path, base, kinds));
    return new Set((await Promise.all(texts)).flat());
  });
  const specifiersBefore = await Promise.all(perBase);
  return specifiers.filter((specifier) => specifiersBefore.some((names) => !names.has(specifier)));
}

async function specifiersIn(
  path: string,
  { snapshot }: Side,
  kinds: SourceKinds,
): Promise<readonly string[]> {
  const kind = kindOf(path, kinds);
  const read = await snapshot.read(path);
  if (kind === undefined || read.kind !== 'bytes') return [];
  const { segments } = await contentsOf(decodeText(read.bytes), kind, kinds);
  return segments.flatMap((segment) => {
    const scan = kinds.languages.find(({ id }) => id === segment.language)?.scan(segment);
    return scan?.kind === 'superset' ? [...scan.specifiers] : [];
  });
}

/** What git holds in place of a file that Git LFS keeps (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
function isPointer(text: string): boolean {
  return text.length < 1024 && text.startsWith('version https://git-lfs.github.com/spec/');
}

function pointerNote(file: string): string {
  return `${file}: the file is a Git LFS pointer, so its imports were not checked`;
}
