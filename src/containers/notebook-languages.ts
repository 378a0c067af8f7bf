import { languages } from '../languages/index.ts';
import type { ProgramKind } from './interpreters.ts';

/** What notebooks call the language of cells whose notebook names no kernel. */
export const USUAL_NAME = languages.find(isUsual)?.notebooks?.usualName ?? '';

/** @returns What the cells are of a notebook with a name of a kernel or language; undefined where they are not read. */
export function programNamed(name: string): ProgramKind | undefined {
  for (const { id, notebooks } of languages) {
    const dialect = notebooks?.dialectOf(name);
    if (dialect !== undefined) return { language: id, dialect };
  }
  return undefined;
}

/** @returns What the cells are of a notebook that names no kernel. */
export function usualProgram(): ProgramKind | undefined {
  return programNamed(USUAL_NAME);
}

function isUsual({ notebooks }: (typeof languages)[number]): boolean {
  return notebooks !== null && notebooks.usualName !== null;
}
