import type { Node } from '../../documents/document.ts';
import type { NamePlace, NewEntry, TreeSyntax } from '../../documents/tree-edit.ts';
import { placeIn } from '../../documents/tree-place.ts';
import type { Dependency } from '../../model/manifest.ts';
import type { LineEdits, LinePlace, ManifestEditor, NewDependency } from '../../model/manifest-editor.ts';
import { byHand } from '../../model/manifest-editor.ts';
import type { TextEdit } from '../../model/text.ts';

/** Where a new line goes, and what it is; null where more has to be known of the package. */
export interface NewLine {
  /** The keys that lead to the list or the table. */
  readonly path: readonly string[];
  readonly entry: NewEntry | null;
}

/** What an editor of a format needs to know beyond its syntax. */
export interface TreeFormat {
  readonly syntax: TreeSyntax;
  /** @returns Where a manifest may declare something for all that it does, the first choice first. */
  readonly newLines: (root: Node, dependency: NewDependency) => readonly NewLine[];
}

/** Edits the manifests of a format that are trees: names are items of lists or keys of tables. */
export function treeEditor({ syntax, newLines }: TreeFormat): ManifestEditor {
  const named = async (text: string, line: Dependency): Promise<NamePlace | null> => {
    const { root, broken } = await syntax.read(text);
    const place = placeIn(root, line.span.start);
    return root === undefined || broken.length > 0 || place === null ? null : { root, place, ...line.span };
  };
  return {
    async add(text, dependency) {
      const { root, broken } = await syntax.read(text);
      if (root === undefined || broken.length > 0) return byHand(UNREADABLE);
      const edits = newLines(root, dependency).map(({ path, entry }) =>
        entry === null ? null : syntax.insertion(text, { root, path }, entry),
      );
      return outcome(edits.find((edit) => edit !== null) ?? null, NO_LIST);
    },
    async rename(text, line, name) {
      const place = await named(text, line);
      if (place === null) return byHand(UNREADABLE);
      const isPlain = text.slice(place.start, place.end) === line.specifier;
      return outcome(isPlain ? syntax.renaming(text, place, name) : null, NOT_PLAIN);
    },
    async remove(text, line) {
      const place = await named(text, line);
      return place === null ? byHand(UNREADABLE) : outcome(syntax.removal(text, place), ENTWINED);
    },
    async placeOf(text, line) {
      const place = await named(text, line);
      return place === null ? null : linePlace(place, line);
    },
  };
}

const UNREADABLE =
  'correct what can’t be read in the manifest first, or write out the alias that shows the line in several places';
const NO_LIST = 'write the list or table first that takes what the whole project needs';
const NOT_PLAIN = 'the name is not written there letter by letter: write the other one in its place';
const ENTWINED =
  'take it out with what belongs to it: nothing else is in its list, or it shares a line with something else';

function outcome(edits: readonly TextEdit[] | null, reason: string): LineEdits {
  return edits === null ? byHand(reason) : { kind: 'edits', edits };
}

function linePlace({ place, start }: NamePlace, { specifier }: Dependency): LinePlace {
  const group = JSON.stringify(place.path);
  if (place.kind === 'key') {
    const entry = place.table.entries[place.at];
    return { group, condition: entry === undefined ? '' : conditionOf(entry.value) };
  }
  const item = place.kind === 'item' ? place.list.items[place.at] : undefined;
  if (item?.kind !== 'text') return { group: JSON.stringify([...place.path, start]), condition: '' };
  return { group, condition: markerIn(item.value.slice(item.value.indexOf(specifier) + specifier.length)) };
}

/** @returns What stands behind the semicolon of a requirement. */
export function markerIn(text: string): string {
  const at = text.indexOf(';');
  return at === -1 ? '' : text.slice(at + 1).trim();
}

/** Keys that say which version of a package is meant, and how much of it. */
const CONDITIONLESS = new Set(['version', 'extras']);

function conditionOf(value: Node): string {
  if (value.kind === 'list') return JSON.stringify(plainValue(value));
  if (value.kind !== 'table') return '';
  const conditions = value.entries.filter(({ key }) => !CONDITIONLESS.has(key.value));
  return conditions.map(({ key, value: inner }) => JSON.stringify([key.value, plainValue(inner)])).join('');
}

function plainValue(node: Node): unknown {
  if (node.kind === 'list') return node.items.map(plainValue);
  if (node.kind === 'table') return node.entries.map(({ key, value }) => [key.value, plainValue(value)]);
  return node.kind === 'text' ? node.value : [node.raw];
}
