import type { Dependency } from './manifest.ts';
import type { Package } from './package.ts';
import type { TextEdit } from './text.ts';

/** What is to be declared: `latest` is the version that the registry showed, if it was asked. */
export interface NewDependency {
  readonly package: Package;
  readonly latest: string | null;
}

/** Edits of a manifest; or why people have to make them, and how, to be read after “change this by hand:”. */
export type LineEdits =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'byHand'; readonly reason: string };

/** Where a line stands, and when it holds: of two lines with the same group and condition one is enough. */
export interface LinePlace {
  /** Equal for the lines of one list or table, which are for the same purpose. */
  readonly group: string;
  /** A marker, or what a table says besides versions and extras; '' where the line always holds. */
  readonly condition: string;
}

/**
 * How the lines of one manifest format are changed. Each function gets a text that its format has read, and changes the one
 * line that is meant: comments, line ends, indentation and commas around it stay as they are.
 */
export interface ManifestEditor {
  /** @returns The edits that declare a package in the list that everything needs. */
  add(text: string, dependency: NewDependency): Promise<LineEdits>;
  /** @returns The edits that give a line another name, and keep its versions, extras and markers. */
  rename(text: string, line: Dependency, name: string): Promise<LineEdits>;
  /** @returns The edits that take a line out, with all that belongs to it alone. */
  remove(text: string, line: Dependency): Promise<LineEdits>;
  /** @returns null where nobody can tell. */
  placeOf(text: string, line: Dependency): Promise<LinePlace | null>;
}

/** @returns Edits that people have to make. */
export function byHand(reason: string): LineEdits {
  return { kind: 'byHand', reason };
}
