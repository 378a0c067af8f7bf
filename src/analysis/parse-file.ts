import type { Contained, Segment } from '../model/language.ts';
import type { Change } from '../model/snapshot.ts';
import { brokenAt, rejectedNote, tooLongFault, unparsableFault, vendoredNote } from './syntax-errors.ts';
import { cleanFile, type FileAnalysis, type AnalysisContext } from './file-analysis.ts';
import { contentsOf, kindOf, programText, type TextKind } from './source-kinds.ts';
import { ignoreKey, withoutIgnored } from './ignored-lines.ts';
import { newlyWritten } from './written-modules.ts';
import { notALiteral, readReferences, type ReadReferences } from './parse-references.ts';

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
  inspection: AnalysisContext,
): Promise<FileAnalysis> {
  // What is parsed is resolved with the list of all files, which git can make while the parser is loaded.
  void Promise.allSettled([inspection.next.snapshot.list()]);
  const read = await readReferences({ path: change.path, text, segments }, inspection.next.reader);
  const references = { ...read, references: await asAtBases(read.references, change.path, inspection) };
  const container = broken ? [brokenAt(text, broken)] : [];
  const analysis = await compare(
    { change, parseResult: { ...references, broken: [...container, ...references.broken] } },
    inspection,
  );
  if (inspection.bases.length === 0) return analysis;
  const modules = read.references.flatMap(({ origin }) =>
    origin.kind === 'local' ? (origin.file ?? []) : [],
  );
  const writtenModules = await newlyWritten(change, read.writtenModules, inspection);
  if (modules.length + writtenModules.length === 0) return analysis;
  return { ...analysis, modules: [...new Set(modules)], writtenModules };
}

type References = ReadReferences['references'];

/**
 * What only the settings of this change say is generated, and was a package at every base, is still that package: a
 * change could hide an invented one so.
 */
async function asAtBases(
  references: References,
  file: string,
  { bases, kinds }: AnalysisContext,
): Promise<References> {
  return Promise.all(
    references.map(async (reference) => {
      const { origin, specifier, kind } = reference;
      const language = kinds.languages.find(({ id }) => id === reference.language);
      if (origin.kind !== 'unknown' || origin.reason === notALiteral) return reference;
      if (!language || kind === 'dependency') return reference;
      const resolutions = await Promise.all(
        bases.map(({ reader }) => reader.resolver(language).resolve({ file, specifier, names: [], kind })),
      );
      const packages = resolutions.flatMap(([first]) =>
        first?.origin.kind === 'package' ? [first.origin] : [],
      );
      const [basePackage] = packages.length === bases.length ? packages : [];
      return basePackage ? { ...reference, origin: basePackage } : reference;
    }),
  );
}

/** Keeps what is neither settled nor in a version before. */
async function compare(
  { change, parseResult }: { change: Change; parseResult: ReadReferences },
  inspection: AnalysisContext,
): Promise<FileAnalysis> {
  const open = await openOf(parseResult.references, change, inspection);
  const glimpsed = await openOf(parseResult.glimpsed, change, inspection);
  if (open.length + glimpsed.length + parseResult.broken.length === 0) return cleanFile;
  const previousVersions = await readBefore(change, inspection);
  const freshOf = async (references: References, ...previousKeys: readonly ReadonlySet<string>[]) => {
    const keys = await Promise.all(references.map((reference) => inspection.useKey(reference, change.path)));
    return references.filter((_, at) => !previousKeys.some((uses) => uses.has(keys[at] ?? '')));
  };
  const doubts = previousVersions.wasBroken ? await freshOf(parseResult.doubts, previousVersions.doubts) : [];
  const unread = await freshOf(glimpsed, previousVersions.uses, previousVersions.glimpsed);
  const tooLong = tooLongFault(change.path, unread);
  const vendored = tooLong && (await reasonOfOthers(change.path, inspection));
  const rejected = previousVersions.wasBroken ? [] : parseResult.broken;
  const unsure = rejected.filter(({ isAccountedFor }) => !isAccountedFor);
  const fresh = await freshOf(open, previousVersions.uses);
  const { ignored: ignoredBefore } = previousVersions;
  const unignored = await withoutIgnored(fresh, { file: change.path, ignoredBefore }, inspection);
  return {
    references: [...unignored.references, ...doubts],
    faults: [
      ...unignored.faults,
      ...(tooLong && vendored === null ? [tooLong] : []),
      ...unsure.slice(0, 1).map((broken) => unparsableFault(change.path, broken, inspection.inAssistant)),
    ],
    notes: [
      ...previousVersions.notes,
      ...unignored.notes,
      ...(vendored === null ? [] : [vendoredNote(change.path, vendored)]),
      ...(unsure.length > 0 ? [] : rejected.slice(0, 1).map((broken) => rejectedNote(change.path, broken))),
    ],
    read: true,
    modules: [],
    writtenModules: [],
    changes: unignored.changes,
  };
}

/** Few files are too long to be parsed. */
async function reasonOfOthers(file: string, { wholeBases }: AnalysisContext): Promise<string | null> {
  const { vendoredReason } = await import('./vendored-files.ts');
  return vendoredReason(file, wholeBases);
}

async function openOf(
  references: References,
  { path }: Change,
  { settlesReference }: AnalysisContext,
): Promise<References> {
  const isSettled = await Promise.all(references.map((reference) => settlesReference(reference, path)));
  return references.filter((_, at) => isSettled[at] !== true);
}

/** What the versions before used, over all bases. */
interface Before {
  readonly uses: ReadonlySet<string>;
  /** What comments ignore, as {@link ignoreKey} has it: that uses nothing. */
  readonly ignored: ReadonlySet<string>;
  /** What only a parser could have told of a version that no parser accepted. */
  readonly doubts: ReadonlySet<string>;
  /** What a quick look sees in a version that was too long to be parsed. */
  readonly glimpsed: ReadonlySet<string>;
  /** A version before could not be parsed either: the project lives with that. */
  readonly wasBroken: boolean;
  readonly notes: readonly string[];
}

async function readBefore(change: Change, inspection: AnalysisContext): Promise<Before> {
  const useKeys = { uses: new Set<string>(), doubts: new Set<string>(), glimpsed: new Set<string>() };
  const ignored = new Set<string>();
  const notes: string[] = [];
  let wasBroken = false;
  const versions = inspection.bases.flatMap((base, at) =>
    (change.previous[at] ?? []).map((path) => ({ base, path })),
  );
  for (const { base, path } of versions) {
    const oldKind = programKind(path, inspection);
    if (!oldKind) continue;
    const read = await base.snapshot.read(path);
    if (read.kind === 'unreadable' || read.kind === 'tooLarge')
      notes.push(
        `${path}: the version in ${base.snapshot.label} could not be read, so all of its imports count as new`,
      );
    if (read.kind !== 'bytes') continue;
    const text = programText(read.bytes, oldKind, inspection.kinds);
    const { segments, broken } = await contentsOf(text, oldKind, inspection.kinds);
    const old = await readReferences({ path, text, segments }, base.reader);
    wasBroken ||= old.broken.length > 0 || broken !== null;
    const add = async (references: References, to: Set<string>) => {
      for (const reference of references)
        if (reference.ignoreReason) ignored.add(ignoreKey(reference));
        else to.add(await inspection.useKey(reference, path));
    };
    await add(old.references, useKeys.uses);
    await add(old.doubts, useKeys.doubts);
    await add(old.glimpsed, useKeys.glimpsed);
  }
  return { ...useKeys, ignored, wasBroken, notes };
}

/** What a file that nobody looked at says was not used: it may have been prose, or ignored, under its old name. */
function programKind(path: string, { kinds, ignores }: AnalysisContext): TextKind | undefined {
  return ignores(path) ? undefined : kindOf(path, kinds);
}
