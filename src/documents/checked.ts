import type { Fault } from '../model/fault.ts';
import type { Node } from './document.ts';
import { LineIndex } from '../text/lines.ts';
import { LONGEST_DATA, tooLong } from '../text/longest.ts';

/**
 * What a data file (YAML, JSON, TOML) says, with the offset of everything in its text, so that whoever
 * checks it can point at what is wrong. Maps keep their order and their duplicate keys.
 */
export type Tree =
  | { readonly kind: 'map'; readonly at: number; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Tree[] }
  | ScalarTree;

/** A single value. `text` is how it was written, without quotes and with escapes resolved. */
export interface ScalarTree {
  readonly kind: 'scalar';
  readonly at: number;
  readonly value: string | number | boolean | null;
  readonly text: string;
}

/** One key of a map. `at` is where the key stands. */
export interface Member {
  readonly key: string;
  readonly at: number;
  readonly value: Tree;
}

/** Something wrong at an offset: what it is, and what to do about it. */
export interface Problem {
  readonly at: number;
  readonly message: string;
  readonly next: string;
  /** The grammar is broken here: what stands behind may have been read otherwise than it is meant. */
  readonly breaks?: true;
}

/** A data file after its grammar was checked. `root` is null where the file holds nothing. */
export interface TreeRead {
  readonly root: Tree | null;
  readonly problems: readonly Problem[];
}

/** The same in fewer words. */
export function withoutSpans(node: Node): Tree {
  const { at } = node;
  switch (node.kind) {
    case 'text':
      return { kind: 'scalar', at, value: node.value, text: node.value };
    case 'other':
      return { kind: 'scalar', at, value: node.value === undefined ? node.raw : node.value, text: node.raw };
    case 'list':
      return { kind: 'list', at, items: node.items.map(withoutSpans) };
    case 'table': {
      const members = node.entries.map(({ key, value }) => ({
        key: key.value,
        at: key.at,
        value: withoutSpans(value),
      }));
      return { kind: 'map', at, members };
    }
  }
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

/** @returns What a value is, to be read after "found": `a list`, `a number`. */
export function valueKind(tree: Tree): string {
  if (tree.kind !== 'scalar') return tree.kind === 'map' ? 'a map' : 'a list';
  if (tree.value === null) return 'nothing';
  return tree.value === ''
    ? 'an empty text'
    : `a ${typeof tree.value === 'string' ? 'text' : typeof tree.value}`;
}

/** @returns A name or value for a message: in quotation marks, and cut where it is long. */
export function quoteForMessage(text: string): string {
  return text.length > 80 ? `“${text.slice(0, 79)}…”` : `“${text}”`;
}

/** Levels of nesting that are handed to a parser. Our files need five. */
export const deepest = 100;

/**
 * Why a text should not be handed to any parser: conflict markers, which are no mistake of grammar, and
 * nesting so deep that recursive parsers run out of stack, where Node may abort the whole process.
 *
 * @returns The problem, or undefined where the text may be parsed.
 */
export function whyNotParse(text: string): Problem | undefined {
  if (text.length > LONGEST_DATA) return { at: 0, message: tooLong, next: 'Split it, or shorten it.' };
  const conflict = conflictMarker(text);
  if (conflict !== undefined) {
    const message = 'the file holds git’s conflict markers';
    return { at: conflict, message, next: 'Resolve the conflict: keep the lines of both sides that count.' };
  }
  const at = tooDeep(text);
  return at === undefined ? undefined : tooDeepAt(at);
}

/** @returns What is wrong with a file that is nested too deeply. */
export function tooDeepAt(at: number): Problem {
  return { at, message: `the file is nested more than ${deepest} levels deep`, next: 'Nest less deeply.' };
}

/** Counts brackets wherever they stand but on a line that is a comment, rows of `- - -`, and spaces before a line. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/(?<![^\n])[ \t]*#[^\n]*|[[\]{}]/g)) {
    if (bracket.length > 1 || bracket === '#') continue;
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(depth - 1, 0);
    if (depth > deepest) return index;
  }
  return /^ {400}(?! *#)|^ *(?:[-?:] +){100}/m.exec(text)?.index;
}

/**
 * Where a text holds the marks that git leaves in a conflicted file
 * (https://git-scm.com/docs/git-merge#_how_conflicts_are_presented), or undefined. A row of `=` alone is
 * no mark: it underlines headings in comments.
 */
function conflictMarker(text: string): number | undefined {
  return /^(?:<{7}|>{7})(?= |\r?$)/m.exec(text)?.index;
}
