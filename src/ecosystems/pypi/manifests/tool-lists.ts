import type { Node, TextNode } from '../../../documents/document.ts';
import { entriesAt, select } from '../../../documents/document.ts';
import { hasPlaceholder } from '../../../text/placeholder.ts';
import { readRequirement } from './requirement.ts';

/** A list of requirements in a table of some tool. */
export interface ToolList {
  readonly items: readonly TextNode[];
  readonly optional: boolean;
}

/** What tools call their lists of requirements: `dependencies`, `requires`, `test-requires`, `build_requirements`. */
const LIST = /^(?:dependencies|(?:[a-z]+[-_])*(?:requires|requirements))$/;
const GROUPS = 'optional-dependencies';
/** Tools that have tables from names to versions where others have lists. */
const WITH_TABLES = new Set(['poetry', 'pixi']);

/**
 * Finds the lists of requirements in the tables of tools, whatever tools they are
 * (https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table),
 * for example of https://github.com/ninoseki/uv-dynamic-versioning. Words that are no requirements, or the names of files,
 * show that a list means something else. What a template fills in is no requirement yet.
 *
 * @returns Those of which every other entry is a requirement with a name.
 */
export function toolLists(root: Node | undefined): readonly ToolList[] {
  const lists: ToolList[] = [];
  const open = entriesAt(root, 'tool').flatMap(({ key, value }) =>
    WITH_TABLES.has(key.value) ? [] : [value],
  );
  // What is added to a list while it is walked is walked too.
  for (const node of open) {
    if (node.kind === 'list') for (const item of node.items) open.push(item);
    if (node.kind !== 'table') continue;
    for (const { key, value } of node.entries) {
      const optional = key.value === GROUPS;
      const named = optional ? select(value, '*') : LIST.test(key.value) ? [value] : [];
      for (const list of named) {
        const items = requirementsOf(list);
        if (items !== null) lists.push({ items, optional });
      }
      open.push(value);
    }
  }
  return lists;
}

function requirementsOf(list: Node): readonly TextNode[] | null {
  if (list.kind !== 'list') return null;
  const items: TextNode[] = [];
  for (const item of list.items) {
    if (item.kind !== 'text') return null;
    if (isRequirement(item.value)) items.push(item);
    else if (!hasPlaceholder(item.value)) return null;
  }
  return items;
}

function isRequirement(text: string): boolean {
  const reading = readRequirement(text);
  return (
    reading.kind === 'requirement' &&
    reading.name !== null &&
    reading.problem === null &&
    !/\.(?:txt|in)$/i.test(reading.name)
  );
}
