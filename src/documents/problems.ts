import type { Fault } from '../model/fault.ts';
import { LineIndex } from '../text/lines.ts';

/** Something wrong at an offset: what it is, and what to do about it. */
export interface Problem {
  readonly at: number;
  readonly message: string;
  readonly next: string;
  /** The grammar is broken here: what stands behind may have been read otherwise than it is meant. */
  readonly breaks?: true;
}

/**
 * @returns The problems of a file as faults, in the order of the text. Behind a broken grammar only the grammar's
 *   problems are told: the others mostly follow from them.
 */
export function faultsOf(
  where: { readonly kind: Fault['kind']; readonly file: string },
  text: string,
  problems: readonly Problem[],
): Fault[] {
  if (problems.length === 0) return [];
  const lines = new LineIndex(text);
  const broken = problems.reduce((least, { at, breaks }) => (breaks ? Math.min(least, at) : least), Infinity);
  return problems
    .filter(({ at, breaks }) => breaks === true || at <= broken)
    .toSorted((left, right) => left.at - right.at)
    .map(({ at, message, next }) => ({ ...where, ...lines.locate(at), message, next }));
}

/** @returns A name or value for a message: in quotation marks, and cut where it is long. */
export function quoteForMessage(text: string): string {
  return text.length > 80 ? `“${text.slice(0, 79)}…”` : `“${text}”`;
}
