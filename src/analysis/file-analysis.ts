import type { PolicyChange } from '../model/policy.ts';
import type { Fault } from '../model/fault.ts';
import type { Language, ResolveRequest } from '../model/language.ts';
import type { Reference } from '../model/reference.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { WrittenModule } from './written-modules.ts';
import type { SourceKinds } from './source-kinds.ts';
import type { ReferenceParser, ReadReferences } from './parse-references.ts';

/** A state of the project, with what reads its text. */
export interface Side {
  readonly snapshot: Snapshot;
  readonly reader: ReferenceParser;
}

/** What the inspection of a file needs to know. */
export interface AnalysisContext {
  readonly kinds: SourceKinds;
  readonly next: Side;
  readonly bases: readonly Side[];
  /** The states that are trusted where everything is judged and nothing compared; none where a change is judged. */
  readonly wholeBases: readonly Snapshot[];
  /** Paths that are left out of every scope. */
  readonly ignores: (path: string) => boolean;
  /** Whoever reads a fault is a coding assistant. */
  readonly inAssistant: boolean;
  /** The policy that judges is that of the change itself. */
  readonly headJudges: boolean;
  /** Was something decided against the package of a reference, or does a line say where it comes from? */
  readonly isDecided: (reference: Reference, file: string) => Promise<boolean>;
  /** What a scan tells of an import, however it may be written. */
  readonly scanStatus: (language: Language, scanned: ScannedImport) => Promise<ScanStatus>;
  /** Does a reference need nobody's attention? Asked after parsing. */
  readonly settlesReference: (reference: Reference, file: string) => Promise<boolean>;
  /** What one reference uses; two references with the same key use the same package. */
  readonly useKey: (reference: Reference, file: string) => Promise<string>;
}

/**
 * Does an import need nobody's attention? One that is `missing` leads to no file of the project at the places where it most
 * likely is; of one that is `open` only a parser can tell more.
 */
export type ScanStatus = 'settled' | 'missing' | 'open';

/** What a scan tells of an import. */
export type ScannedImport = Pick<ResolveRequest, 'file' | 'specifier' | 'scannedNames' | 'omission'>;

/** What a changed file newly refers to and nobody has settled. */
export interface FileAnalysis {
  readonly references: ReadReferences['references'];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  /** The file holds program text. */
  readonly read: boolean;
  /** Files of the project that its imports lead to, as far as the scan did not settle them. */
  readonly modules: readonly string[];
  /** Modules that it writes when it runs, and that no version before wrote. */
  readonly writtenModules: readonly WrittenModule[];
  /** What its comments newly ignore. */
  readonly changes: readonly PolicyChange[];
}

/** Of a file in which there is nothing to see. */
export const emptyAnalysis: FileAnalysis = {
  references: [],
  faults: [],
  notes: [],
  read: false,
  modules: [],
  writtenModules: [],
  changes: [],
};
/** Of a program in which there is nothing to see: one for all of them, since there may be ten thousand. */
export const cleanFile: FileAnalysis = { ...emptyAnalysis, read: true };
