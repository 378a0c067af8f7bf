import type { TextEdit } from '../model/text.ts';
import type { Node, Tree } from './document.ts';
import type { TreePlace } from './tree-place.ts';

/** What is added: an item of a list, or a key with its value; the values as they are, without quotes. */
export type NewEntry =
  | { readonly kind: 'item'; readonly value: string }
  | { readonly kind: 'pair'; readonly key: string; readonly value: string };

/** The list or table at a path of keys. */
export interface Destination {
  readonly root: Node;
  /** As `select` follows it. */
  readonly path: readonly string[];
}

/** A name in a tree, and where it stands in the text. */
export interface NamePlace {
  readonly root: Node;
  readonly place: TreePlace;
  readonly start: number;
  readonly end: number;
}

/** How the texts of a syntax are changed. `null` is what can't be done without changing more than is meant. */
export interface TreeSyntax {
  readonly read: (text: string) => Promise<Tree>;
  /** @returns The edits that take the item or the key with its value out. */
  readonly removal: (text: string, name: NamePlace) => readonly TextEdit[] | null;
  /** @returns The edits that put another name in the place of one. */
  readonly renaming: (text: string, name: NamePlace, newName: string) => readonly TextEdit[] | null;
  /** @returns The edits that put something at the end of a list or table. */
  readonly insertion: (text: string, destination: Destination, entry: NewEntry) => readonly TextEdit[] | null;
}

/** @returns What the text is indented by: what its first indented line has. */
export function indentIn(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}
