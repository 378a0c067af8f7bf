import type { TextNode } from '../../../documents/document.ts';

/** The strings that an expression holds, and those of the variables that it uses. */
export interface Strings {
  readonly texts: readonly TextNode[];
  /** Keys that stand before versions: `{"name": ">=1"}`. */
  readonly keys: readonly TextNode[];
  readonly parts: readonly Strings[];
  /** Words in it that are no variables of the file, or not yet: what it imports is among them. */
  readonly otherWords: readonly string[];
}

/** @returns Every string once, in the order of the text. */
export function textsIn(roots: readonly Strings[]): readonly TextNode[] {
  return inOrder([...withParts(roots)].flatMap(({ texts }) => texts));
}

/** @returns Every key that stands before a version once, in the order of the text. */
export function keysIn(roots: readonly Strings[]): readonly TextNode[] {
  return inOrder([...withParts(roots)].flatMap(({ keys }) => keys));
}

function inOrder(nodes: readonly TextNode[]): readonly TextNode[] {
  return [...new Set(nodes)].sort((left, right) => left.span.start - right.span.start);
}

/** @returns The words that are no variables of the file. */
export function otherWordsIn(roots: readonly Strings[]): ReadonlySet<string> {
  return new Set([...withParts(roots)].flatMap((strings) => strings.otherWords));
}

function withParts(roots: readonly Strings[]): ReadonlySet<Strings> {
  const allStrings = new Set<Strings>(roots);
  // A set hands out what is added to it while it is walked, so this visits shared and cyclic parts once.
  for (const { parts } of allStrings) for (const part of parts) allStrings.add(part);
  return allStrings;
}

/** A variable while the file is read: later statements add to it. */
export interface Variable {
  readonly texts: TextNode[];
  readonly keys: TextNode[];
  readonly parts: Strings[];
  readonly otherWords: string[];
  /** It is one string of one line: a call that gets it mostly reads a file of that name. */
  isWord: boolean;
  isAssigned: boolean;
}

/** @returns A variable of which nothing is known yet. */
export function newVariable(isWord: boolean): Variable {
  return { texts: [], keys: [], parts: [], otherWords: [], isWord, isAssigned: false };
}
