import type { ImportKind } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import type { KeywordForm } from './harmless.ts';
import type { Reader } from './reader.ts';

/**
 * What a quick look finds at a keyword: a specifier, a loader that is called with something else than a
 * literal, or a reason why only the parser can tell. `at` is the keyword's offset.
 */
export type Candidate =
  | {
      readonly found: 'specifier';
      readonly form: KeywordForm;
      readonly kind: ImportKind;
      readonly at: number;
      readonly specifier: string;
      readonly span: Span;
    }
  /** The specifier is what the URL in the span leads to from the program's folder. */
  | {
      readonly found: 'url';
      readonly kind: ImportKind;
      readonly at: number;
      readonly specifier: string;
      readonly span: Span;
    }
  | {
      readonly found: 'expression';
      readonly kind: ImportKind;
      readonly at: number;
      /** Where the argument starts. */
      readonly start: number;
    }
  | { readonly found: 'doubt'; readonly at: number; readonly reason: string };

/** A loader's call: `at` is the offset of its keyword, `opening` that of its parenthesis. */
export interface Call {
  readonly kind: ImportKind;
  readonly at: number;
  readonly opening: number;
}

/** @returns What a loader is called with; undefined for a call without arguments. */
export function callCandidate(reader: Reader, { kind, at, opening }: Call): Candidate | undefined {
  const start = reader.skipTrivia(opening + 1);
  if (start < 0) return doubt(at, 'a comment without an end');
  if (reader.text[start] === ')') return undefined;
  const literal = reader.literal(start);
  if (literal.kind === 'escaped') return doubt(at, 'an escape in a specifier');
  if (literal.kind === 'none') return { found: 'expression', kind, at, start };
  const end = reader.skipTrivia(literal.end);
  if (end < 0) return doubt(at, 'a comment without an end');
  if (reader.text[end] !== ')' && reader.text[end] !== ',') return { found: 'expression', kind, at, start };
  return { found: 'specifier', form: 'call', kind, at, specifier: literal.specifier, span: literal.span };
}

export function doubt(at: number, reason: string): Candidate {
  return { found: 'doubt', at, reason };
}
