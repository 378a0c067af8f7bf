import type { PolicyChange } from '../model/policy.ts';
import type { Fault } from '../model/fault.ts';
import type { OpenSource } from '../model/finding.ts';
import type { FileAnalysis } from './file-analysis.ts';
import type { ReferenceWithStatus } from '../model/status.ts';

/** What the files of a scope refer to, and what went wrong while they were read. */
export interface ScopeReferences {
  readonly judged: readonly ReferenceWithStatus[];
  readonly sources: readonly OpenSource[];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  /** Files of the project that imports lead to, as far as no scan settled them. */
  readonly modules: readonly string[];
  readonly writtenModules: FileAnalysis['writtenModules'];
  readonly changes: readonly PolicyChange[];
  readonly files: number;
}

/** Of a program in which there is nothing to see. */
export const settledFile: ScopeReferences = {
  judged: [],
  sources: [],
  faults: [],
  notes: [],
  modules: [],
  writtenModules: [],
  changes: [],
  files: 1,
};

const emptyFile: ScopeReferences = { ...settledFile, files: 0 };

/** @returns The same; where nothing is left of a file, one object for all of them, since there may be ten thousands. */
export function shared(file: ScopeReferences): ScopeReferences {
  const lists = [
    file.judged,
    file.sources,
    file.faults,
    file.notes,
    file.modules,
    file.writtenModules,
    file.changes,
  ];
  if (lists.some((list) => list.length > 0)) return file;
  return file.files === 0 ? emptyFile : settledFile;
}

/** @returns What some files refer to together, in their order. */
export function combined(files: readonly ScopeReferences[]): ScopeReferences {
  return {
    judged: files.flatMap((file) => file.judged),
    sources: files.flatMap(({ sources }) => sources),
    faults: files.flatMap(({ faults }) => faults),
    notes: files.flatMap(({ notes }) => notes),
    modules: files.flatMap(({ modules }) => modules),
    writtenModules: files.flatMap(({ writtenModules }) => writtenModules),
    changes: files.flatMap(({ changes }) => changes),
    files: files.reduce((sum, { files: count }) => sum + count, 0),
  };
}

/** @returns The faults of a file: a manifest may hold commands as well, and is told once what is wrong with it. */
export function faultsOnce(ofText: readonly Fault[], ofManifest: readonly Fault[]): readonly Fault[] {
  if (ofText.length === 0 || ofManifest.length === 0) return [...ofText, ...ofManifest];
  const manifestKinds = new Set(ofManifest.map(({ kind }) => kind));
  return [...ofText.filter(({ kind }) => !manifestKinds.has(kind)), ...ofManifest];
}
