import type { Language, Segment } from '../model/language.ts';
import type { Change } from '../model/snapshot.ts';
import { unreadFaults } from './faults.ts';
import { emptyAnalysis, cleanFile, type FileAnalysis, type AnalysisContext } from './file-analysis.ts';
import { contentsOf, kindOf, programText } from './source-kinds.ts';

/**
 * Looks at one changed file: scan, settle, and only for what is left parse, resolve, and compare with
 * the versions before.
 */
export async function scanFile(change: Change, inspection: AnalysisContext): Promise<FileAnalysis> {
  const kind = kindOf(change.path, inspection.kinds);
  if (!kind) return emptyAnalysis;
  const read = await inspection.next.snapshot.read(change.path);
  if (read.kind !== 'bytes') {
    const isKnown = kind.kind === 'script' || (await isMoved(change, inspection));
    return isKnown ? emptyAnalysis : { ...emptyAnalysis, faults: unreadFaults(change.path, read) };
  }
  const text = programText(read.bytes, kind, inspection.kinds);
  if (isPointer(text)) return { ...emptyAnalysis, notes: [pointerNote(change.path)] };
  const { segments, broken } = await contentsOf(text, kind, inspection.kinds);
  if (segments.length === 0 && !broken) return kind.kind === 'script' ? emptyAnalysis : cleanFile;
  const open = await unsettled(segments, change.path, inspection);
  if (open.length === 0 && !broken) return cleanFile;
  const { readUnsettled } = await import('./parse-file.ts');
  return readUnsettled(change, { text, segments: open, broken }, inspection);
}

/** A file of the same content as one before, which was read for imports too, brings nothing new. */
async function isMoved(
  { path, previous }: Change,
  { next, bases, kinds, ignores }: AnalysisContext,
): Promise<boolean> {
  const id = (await next.snapshot.contentIds([path]))?.get(path);
  if (id === undefined) return false;
  for (const [at, { snapshot }] of bases.entries()) {
    const paths = (previous[at] ?? []).filter(
      (old) => !ignores(old) && kindOf(old, kinds)?.kind === kindOf(path, kinds)?.kind,
    );
    const ids = await snapshot.contentIds(paths);
    if (paths.some((old) => ids?.get(old) === id)) return true;
  }
  return false;
}

/**
 * @returns The segments that only a parser can tell more of. The others hold nothing to report, even if they
 *   are no programs yet: a cell of a notebook may be a draft.
 */
async function unsettled(
  segments: readonly Segment[],
  file: string,
  inspection: AnalysisContext,
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
  inspection: AnalysisContext,
): Promise<boolean> {
  const scan = language.scan(segment);
  if (scan.kind === 'unsure') return false;
  const settled = await Promise.all(
    [...scan.specifiers].map((specifier) => inspection.settlesSpecifier(language, specifier, file)),
  );
  return !settled.includes(false);
}

/**
 * What git holds in place of a file that Git LFS keeps: nothing but lines of keys in their order, `version` first
 * (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer).
 */
function isPointer(text: string): boolean {
  return text.length < 1024 && POINTER.test(text);
}

const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-\d-[\w.-]+ sha256:[0-9a-f]{64}\n)*oid sha256:[0-9a-f]{64}\nsize \d{1,19}\n?$/;

function pointerNote(file: string): string {
  return `${file}: the file is a Git LFS pointer, so its imports were not checked`;
}
