import { unreadFaults } from './faults.ts';
import { brokenAt, tooLongFault, unparsableFault } from './syntax-errors.ts';
import { emptyAnalysis, type FileAnalysis, type AnalysisContext } from './file-analysis.ts';
import { contentsOf, isScript, kindOf, programText } from './source-kinds.ts';
import { readReferences } from './parse-references.ts';

/** Reads every reference of one file, without a look at what is settled or was there before. */
export async function readAllReferences(
  path: string,
  { kinds, next, inAssistant }: AnalysisContext,
): Promise<FileAnalysis> {
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
  return {
    references: [...parseResult.references, ...parseResult.glimpsed],
    faults: [
      ...(tooLong ? [tooLong] : []),
      ...wrong.slice(0, 1).map((problem) => unparsableFault(path, problem, inAssistant)),
    ],
    notes: [],
    read: segments.length > 0,
    modules: [],
    writtenModules: [],
  };
}
