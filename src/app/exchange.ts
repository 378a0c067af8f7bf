import type { Package } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import type { Place } from '../model/text.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { ReplacementTarget } from './replacement-targets.ts';

/** What is put in the place of what. */
export interface Exchange {
  readonly replaced: Package;
  readonly target: ReplacementTarget;
  /** Which references are meant; all that use the package, if left out. */
  readonly isMeant?: (reference: Reference) => boolean;
}

/** An edit of one specifier. `specifier` is the whole of it afterwards. */
export interface SpecifierEdit extends TextEdit {
  readonly kind: 'edit';
  readonly place: Place;
  readonly specifier: string;
}

/** A place that people have to change themselves, and why. */
export interface ManualChange {
  readonly kind: 'manual';
  /** null: the whole file. */
  readonly place: Place | null;
  /** To be read after “change this by hand:”. */
  readonly reason: string;
  /** Of a manifest: the line as it is. */
  readonly line: string | null;
}

/** How a text is changed. Where it does not use the package, there is neither. */
export interface TextReplacement {
  readonly edits: readonly SpecifierEdit[];
  readonly manual: readonly ManualChange[];
}

/** @returns A change of a place in program text, or of a file as a whole. */
export function manualChange(place: Place | null, reason: string): ManualChange {
  return { kind: 'manual', place, reason, line: null };
}
