import { unreadFaults } from './faults.ts';
import { brokenAt, tooLongFault, unparsableFault } from './syntax-errors.ts';
import { emptyAnalysis, type FileAnalysis, type AnalysisContext } from './file-analysis.ts';
import { ignoringComments, mayIgnore } from './ignored-lines.ts';
import { contentsOf, isScript, kindOf, programText } from './source-kinds.ts';
import { readReferences, type ReadReferences } from './parse-references.ts';

/**
 * Reads every reference of one file, without a look at what is settled or was there before. What a comment ignores leads to no
 * package; notes tell of the comments that ignore nothing.
 */
export async function readAllReferences(path: string, inspection: AnalysisContext): Promise<FileAnalysis> {
  const { kinds, next, inAssistant } = inspection;
  const kind = kindOf(path, kinds);
  if (!kind) return emptyAnalysis;
  const read = await next.snapshot.read(path);
  if (read.kind !== 'bytes') {
    const isProgram = kind.kind !== 'script' || read.kind !== 'tooLarge' || isScript(read.start, kinds);
    return isProgram ? { ...emptyAnalysis, faults: unreadFaults(path, read) } : emptyAnalysis;
  }
  const text = programText(read.bytes, kind, kinds);
  const { segments, broken } = await contentsOf(text, kind, kinds);
  const parseResult = await readReferences({ path, text, segments }, next.reader);
  const wrong = [...(broken ? [brokenAt(text, broken)] : []), ...parseResult.broken];
  const tooLong = tooLongFault(path, parseResult.glimpsed);
  const ignoring = mayIgnore(text)
    ? await ambientWhereIgnored(path, parseResult.references, inspection)
    : null;
  const { references } = ignoring ?? parseResult;
  const comments = ignoring === null ? [] : ignoringComments(segments, kinds.languages);
  const needless = comments.filter((comment) => !ignoring?.needed.has(comment));
  return {
    references: [...references, ...parseResult.glimpsed],
    faults: [
      ...(tooLong ? [tooLong] : []),
      ...wrong.slice(0, 1).map((problem) => unparsableFault(path, problem, inAssistant)),
    ],
    notes: needless.map(
      (specifier) => `${path}: a comment ignores ${specifier}, which needs none: delete the comment`,
    ),
    read: segments.length > 0,
    modules: [],
    writtenModules: [],
    changes: [],
  };
}

/** What a file refers to, and the specifiers that its comments are needed for. */
interface Ignoring {
  readonly references: ReadReferences['references'];
  readonly needed: ReadonlySet<string>;
}

/** A reference that a comment ignores leads to no package. */
async function ambientWhereIgnored(
  path: string,
  references: ReadReferences['references'],
  { isDecided, settlesReference }: AnalysisContext,
): Promise<Ignoring> {
  const needed = new Set<string>();
  const read = references.map(async (reference) => {
    if (reference.ignoreReason === undefined) return reference;
    // One that gives no reason, or names what was decided, has no effect: a check tells so.
    if (!(await settlesReference(reference, path))) needed.add(reference.specifier);
    if (reference.ignoreReason === '' || (await isDecided(reference, path))) return reference;
    return { ...reference, origin: { kind: 'ambient', host: 'a comment of its line' } } as const;
  });
  return { references: await Promise.all(read), needed };
}
