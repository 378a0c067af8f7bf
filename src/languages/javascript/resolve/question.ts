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
  /** Nobody can tell whether there has to be a file at a path: only the program's run tells where it starts or ends, or a mock stands in for it. */
  readonly isOpen?: boolean | undefined;
  /** Only whether the import is settled is asked: of a module that is not there nobody wants to know why. */
  readonly isScan?: boolean | undefined;
  /** Does the whitelist approve a package? Then it need not be looked for under further names. */
  readonly approves?: ((subject: Package) => boolean) | undefined;
}

/** Receives the steps of a resolution; undefined where nobody wants them. A step is worded when it is taken. */
export type Trace = ((step: () => Step) => void) | undefined;

/** Resolves a specifier to where it leads; more than one origin where several packages take part. */
export type Answer = (question: Question, trace: Trace) => Promise<readonly Origin[]>;

/** Does a runtime provide this specifier itself? Gives the runtime (`node`), undefined for all others. */
export type BuiltinHost = (specifier: string) => string | undefined;
