import { entriesAt, select, textsAt, type Node } from '../../../documents/document.ts';
import { tomlSyntax } from '../../../documents/toml-edit.ts';
import { placeIn } from '../../../documents/tree-place.ts';
import type { Dependency } from '../../../model/manifest.ts';
import { byHand, type ManifestEditor, type NewDependency } from '../../../model/manifest-editor.ts';
import { pypi } from '../names.ts';
import { treeEditor, type NewLine } from '../../shared/tree-editor.ts';

const trees = treeEditor({ syntax: tomlSyntax, newLines });

/** Edits the lists and tables of pyproject.toml. What an extra of Poetry names stands twice, and people change both. */
export const editor: ManifestEditor = {
  ...trees,
  rename: async (text, line, name) =>
    (await isInExtra(text, line)) ? byHand(IN_EXTRA) : trees.rename(text, line, name),
  remove: async (text, line) => ((await isInExtra(text, line)) ? byHand(IN_EXTRA) : trees.remove(text, line)),
};

const IN_EXTRA = 'an extra in [tool.poetry.extras] names the package: change both';

/** https://python-poetry.org/docs/pyproject/#extras */
async function isInExtra(text: string, line: Dependency): Promise<boolean> {
  const { root } = await tomlSyntax.read(text);
  const extras = select(root, 'tool', 'poetry', 'extras', '*').flatMap((list) => textsAt(list));
  return extras.some(({ value }) => pypi.canonical(value) === line.name) && isPoetry(root, line);
}

function isPoetry(root: Node | undefined, line: Dependency): boolean {
  return placeIn(root, line.span.start)?.path[1] === 'poetry';
}

/**
 * The list of the project itself (https://packaging.python.org/en/latest/specifications/pyproject-toml/), else Poetry's table
 * (https://python-poetry.org/docs/pyproject/). Where a project has neither, its list is computed: only a file that
 * describes no project adds to a group, or to the list of a tool.
 */
function newLines(root: Node, { package: { name }, latest }: NewDependency): readonly NewLine[] {
  const item = { kind: 'item', value: name } as const;
  const version = latest === null ? '*' : `^${latest}`;
  const lines: readonly NewLine[] = [
    { path: ['project', 'dependencies'], entry: item },
    { path: ['tool', 'poetry', 'dependencies'], entry: { kind: 'pair', key: name, value: version } },
    { path: ['tool', 'flit', 'metadata', 'requires'], entry: item },
  ];
  const [first] = lines.filter(({ path }) => select(root, ...path).length > 0);
  if (first !== undefined) return [first];
  if (textsAt(root, 'project', 'name').length > 0) return [];
  return [...groupsIn(root), ...TOOL_LISTS].map((path) => ({ path, entry: item }));
}

/** The group that developers get by default comes first (https://docs.astral.sh/uv/concepts/projects/dependencies/#default-groups). */
function groupsIn(root: Node): readonly (readonly string[])[] {
  return [['dependency-groups'], ['tool', 'pdm', 'dev-dependencies']].flatMap((path) => {
    const names = entriesAt(root, ...path).map(({ key }) => key.value);
    const [first] = names.includes('dev') ? ['dev'] : names;
    return first === undefined ? [] : [[...path, first]];
  });
}

const TOOL_LISTS: readonly (readonly string[])[] = [
  ['tool', 'uv', 'dev-dependencies'],
  ['tool', 'hatch', 'envs', 'default', 'dependencies'],
];
