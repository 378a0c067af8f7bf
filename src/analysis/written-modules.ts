import type { Language, Segment } from '../model/language.ts';
import type { Change } from '../model/snapshot.ts';
import type { AnalysisContext } from './file-analysis.ts';
import { contentsOf, kindOf, programText } from './source-kinds.ts';

/** A module that a program writes when it runs; paths from the root. */
export interface WrittenModule {
  readonly by: string;
  readonly path: string;
}

/** @returns The module that a part of a file writes when it runs, from the root; undefined where it writes none. */
export function moduleWrittenBy(language: Language, segment: Segment, file: string): string | undefined {
  const path = language.writes?.(segment);
  return path === undefined ? undefined : file.slice(0, file.lastIndexOf('/') + 1) + path;
}

/**
 * @param modules What the file writes now.
 * @returns What of it no version before wrote.
 */
export async function newlyWritten(
  { path, previous }: Change,
  modules: readonly string[],
  { bases, kinds, ignores }: AnalysisContext,
): Promise<readonly WrittenModule[]> {
  if (modules.length === 0) return [];
  const writtenBefore = new Set<string>();
  for (const [at, { snapshot }] of bases.entries())
    for (const old of previous[at] ?? []) {
      const kind = ignores(old) ? undefined : kindOf(old, kinds);
      const read = kind && (await snapshot.read(old));
      if (kind === undefined || read?.kind !== 'bytes') continue;
      const { segments } = await contentsOf(programText(read.bytes, kind, kinds), kind, kinds);
      for (const segment of segments) {
        const language = kinds.languages.find(({ id }) => id === segment.language);
        const module = language && moduleWrittenBy(language, segment, old);
        if (module !== undefined) writtenBefore.add(module);
      }
    }
  return [...new Set(modules)]
    .filter((module) => !writtenBefore.has(module))
    .map((module) => ({ by: path, path: module }));
}
