import type { Node, TextNode } from '../../../documents/document.ts';
import { entriesAt, partsOf, select } from '../../../documents/document.ts';
import { hasPlaceholder } from '../../../text/placeholder.ts';
import { readRequirement } from './requirement.ts';

/** A list of requirements in a table of some tool. */
export interface ToolList {
  readonly items: readonly TextNode[];
  readonly optional: boolean;
}

/**
 * What tools call their lists of requirements: `dependencies`, `requires`, `test-requires`, `build_requirements`. Those of
 * the system are packages of its distribution
 * (https://briefcase.readthedocs.io/en/stable/reference/platforms/linux/system.html#system-requires, read on 2026-11-30).
 */
const LIST = /^(?:dependencies|(?!system[-_])(?:[a-z]+[-_])*(?:requires|requirements))$/;
const GROUPS = 'optional-dependencies';
/** Tools that have tables from names to versions where others have lists. */
const WITH_TABLES = new Set(['poetry', 'pixi']);

/**
 * Tools that install what their tables list, so that bare names are packages there: those of `LISTS` in pyproject.ts, and
 * https://cibuildwheel.pypa.io/en/stable/options/#test-requires, https://unidep.readthedocs.io, https://nox.thea.codes
 * (read on 2026-11-30).
 */
const INSTALLING = new Set([
  ...['hatch', 'pdm', 'uv', 'rye', 'flit', 'briefcase', 'tox', 'setuptools', 'scikit-build', 'pixi'],
  ...['cibuildwheel', 'unidep', 'conda-lock', 'nox'],
]);

/** https://cibuildwheel.pypa.io/en/stable/options/#test-requires */
const WITH_STRINGS = new Set(['cibuildwheel']);

/**
 * Finds the lists of requirements in the tables of tools, whatever tools they are
 * (https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table),
 * for example of https://github.com/ninoseki/uv-dynamic-versioning. In the table of a tool that nobody knows, words that are
 * no requirements, or the names of files, show that a list means something else, and so do bare words alone under
 * `requires`: tasks have names, too. What a template fills in is no requirement yet.
 *
 * @returns Their entries that are requirements with a name.
 */
export function toolLists(root: Node | undefined): readonly ToolList[] {
  return entriesAt(root, 'tool').flatMap(({ key, value }) =>
    WITH_TABLES.has(key.value) ? [] : listsBelow(value, key.value),
  );
}

function listsBelow(tool: Node, name: string): readonly ToolList[] {
  const lists: ToolList[] = [];
  const open = [tool];
  // What is added to a list while it is walked is walked too.
  for (const node of open) {
    if (node.kind === 'list') for (const item of node.items) open.push(item);
    if (node.kind !== 'table') continue;
    for (const { key, value } of node.entries) {
      const optional = key.value === GROUPS;
      const named = optional ? select(value, '*') : LIST.test(key.value) ? [value] : [];
      for (const list of named)
        lists.push({
          items: INSTALLING.has(name) ? installedBy(list, name) : requirementsOf(list, key.value),
          optional,
        });
      open.push(value);
    }
  }
  return lists;
}

/** One odd entry, as a path or a table, hides no other; a string holds several names with blanks between them. */
function installedBy(list: Node, name: string): readonly TextNode[] {
  if (list.kind === 'list')
    return list.items.flatMap((item) => (item.kind === 'text' && isRequirement(item.value) ? [item] : []));
  if (list.kind !== 'text' || !WITH_STRINGS.has(name)) return [];
  return isRequirement(list.value)
    ? [list]
    : partsOf(list, /\S+/g).filter(({ value }) => isRequirement(value));
}

function requirementsOf(list: Node, key: string): readonly TextNode[] {
  if (list.kind !== 'list') return [];
  const items: TextNode[] = [];
  for (const item of list.items) {
    if (item.kind !== 'text') return [];
    if (isRequirement(item.value)) items.push(item);
    else if (!hasPlaceholder(item.value)) return [];
  }
  return key !== OF_TASKS || items.some(({ value }) => !BARE.test(value.trim())) ? items : [];
}

/** What a task names that it runs after others. */
const OF_TASKS = 'requires';
const BARE = /^[\w.-]*$/;

function isRequirement(text: string): boolean {
  const reading = readRequirement(text);
  return (
    reading.kind === 'requirement' &&
    reading.name !== null &&
    reading.problem === null &&
    !/\.(?:txt|in)$/i.test(reading.name)
  );
}
