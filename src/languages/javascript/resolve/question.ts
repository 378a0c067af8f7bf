import type { Package } from '../../../model/package.ts';
import type { ImportKind, Origin, Step } from '../../../model/reference.ts';

/** One specifier to resolve, or the one that a mapping puts in its place: `depth` counts these. */
export interface Question {
  /** Path of the importing file, relative to the root. */
  readonly file: string;
  readonly specifier: string;
  readonly kind: ImportKind | null;
  readonly depth: number;
  /** The specifier is only what a longer one begins with, up to a slash. */
  readonly isHead?: true | undefined;
  /** Does the whitelist approve a package? Then it need not be looked for under further names. */
  readonly approves?: (subject: Package) => boolean;
}

/** Receives the steps of a resolution; undefined where nobody wants them. A step is worded when it is taken. */
export type Trace = ((step: () => Step) => void) | undefined;

/** Resolves a specifier to where it leads; more than one origin where several packages take part. */
export type Answer = (question: Question, trace: Trace) => Promise<readonly Origin[]>;

/** Does a runtime provide this specifier itself? Gives the runtime (`node`), undefined for all others. */
export type BuiltinHost = (specifier: string) => string | undefined;
