import { pypi } from '../names.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addCondaLock } from './conda-lock-table.ts';
import { addIncludes } from './file-lists.ts';
import { addPixi } from './pixi.ts';
import { addPythonTable, indexUrls, isSet, nameOf, sourcesOf } from './python-tables.ts';
import type { IndexLine, RequirementContext } from './python-dependencies.ts';
import {
  addIndexNode,
  addNamed,
  addRequirement,
  explicitIndex,
  EXTRA_INDEX,
  INDEX,
  indexSource,
  LINKS,
  PLAIN,
  SECOND_INDEX,
} from './python-dependencies.ts';
import { groupSources, mainSources } from './poetry-sources.ts';
import { addRequirementLine } from './requirement-lines.ts';
import { readTomlOrTemplate } from '../../../documents/toml.ts';
import type { Node, TextNode, Tree } from '../../../documents/document.ts';
import { toolLists } from './tool-lists.ts';
import { addUv, uvTables } from './uv.ts';
import { uvSources, type ListName } from './uv-sources.ts';
import { entriesAt, linesOf, partSpan, select, textsAt } from '../../../documents/document.ts';

/**
 * Reads pyproject.toml: the standard tables (PEP 518, 621, 735), those of Poetry, PDM, Hatch, uv, pixi and conda-lock, and what is
 * called a list of requirements in those of other tools.
 * A requirement for the project itself, `name[extra]`, declares nothing.
 */
export async function read(text: string): Promise<ManifestContents> {
  return contentsOf(await readTomlOrTemplate(text));
}

/** @returns What a tree says that has the tables of a pyproject.toml. */
export function contentsOf({ root, broken }: Tree): ManifestContents {
  const draft = newManifest(broken);
  draft.defines = ownNameOf(root) ?? null;
  addRequirements(draft, root);
  addHatchOverrides(draft, root);
  addTox(draft, root);
  addPoetry(draft, root);
  addOverrides(draft, root);
  for (const pixi of select(root, 'tool', 'pixi')) addPixi(draft, pixi);
  addCondaLock(draft, root);
  addUv(draft, root, 'tool', 'uv');
  draft.tables = uvTables(root);
  addIndexes(draft, root);
  bindToIndexes(draft, root);
  for (const path of DYNAMIC) {
    for (const list of textsAt(root, ...path, 'file')) addIncludes(draft, list);
  }
  for (const path of HOOK_FILES)
    for (const { value, span } of textsAt(root, ...path)) draft.includes.push({ path: value, span });
  return normalise(draft);
}

/** Where lists of requirements stand, whether they are optional, and whether Poetry's main table adds to them. */
const LISTS: readonly {
  readonly path: readonly string[];
  readonly optional: boolean;
  readonly isMain?: true;
}[] = [
  // https://packaging.python.org/en/latest/specifications/pyproject-toml/
  { path: ['build-system', 'requires'], optional: false },
  { path: ['project', 'dependencies'], optional: false, isMain: true },
  // https://docs.astral.sh/uv/reference/settings/
  { path: ['tool', 'uv', 'dev-dependencies'], optional: false },
  // https://pdm-project.org/en/latest/reference/pep621/
  { path: ['tool', 'pdm', 'dev-dependencies', '*'], optional: false },
  { path: ['tool', 'pdm', 'plugins'], optional: false },
  // https://flit.pypa.io/en/stable/pyproject_toml.html#old-style-metadata
  { path: ['tool', 'flit', 'metadata', 'requires'], optional: false },
  { path: ['tool', 'flit', 'metadata', 'dev-requires'], optional: false },
  { path: ['tool', 'flit', 'metadata', 'requires-extra', '*'], optional: true },
  // https://rye.astral.sh/guide/pyproject/
  { path: ['tool', 'rye', 'dev-dependencies'], optional: false },
  // https://briefcase.readthedocs.io/en/stable/reference/configuration.html
  { path: ['tool', 'briefcase', 'app', '*', 'requires'], optional: false },
  { path: ['tool', 'briefcase', 'app', '*', 'test_requires'], optional: false },
  // https://hatch.pypa.io/latest/config/environment/overview/ and /config/build/
  { path: ['tool', 'hatch', 'env', 'requires'], optional: false },
  { path: ['tool', 'hatch', 'envs', '*', 'dependencies'], optional: false },
  { path: ['tool', 'hatch', 'envs', '*', 'extra-dependencies'], optional: false },
  { path: ['tool', 'hatch', 'build', 'dependencies'], optional: false },
  { path: ['tool', 'hatch', 'build', 'hooks', '*', 'dependencies'], optional: false },
  { path: ['tool', 'hatch', 'build', 'targets', '*', 'dependencies'], optional: false },
  { path: ['tool', 'hatch', 'build', 'targets', '*', 'hooks', '*', 'dependencies'], optional: false },
];

/** Requirements files that setuptools reads (https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html). */
const DYNAMIC: readonly (readonly string[])[] = [
  ['tool', 'setuptools', 'dynamic', 'dependencies'],
  ['tool', 'setuptools', 'dynamic', 'optional-dependencies', '*'],
];

/** Those that a well-known plug-in of Hatch reads (https://github.com/repo-helper/hatch-requirements-txt). */
const HOOK_FILES: readonly (readonly string[])[] = [
  ['tool', 'hatch', 'metadata', 'hooks', 'requirements_txt', 'files'],
  ['tool', 'hatch', 'metadata', 'hooks', 'requirements_txt', 'filename'],
  ['tool', 'hatch', 'metadata', 'hooks', 'requirements_txt', 'optional-dependencies', '*'],
];

/** @returns The canonical name of the project that the file describes. */
function ownNameOf(root: Node | undefined): string | undefined {
  const [nameNode] = [...textsAt(root, 'project', 'name'), ...textsAt(root, 'tool', 'poetry', 'name')];
  return nameNode === undefined ? undefined : pypi.canonical(nameNode.value);
}

function addRequirements(draft: ManifestBuilder, root: Node | undefined): void {
  const ownName = ownNameOf(root);
  const sourcesFor = (list: ListName) => uvSources(root, ['tool', 'uv'], list);
  const main = mainSources(root);
  for (const { path, optional, isMain } of LISTS) {
    const sources = new Map([...(isMain === true ? main : []), ...sourcesFor({})]);
    for (const list of select(root, ...path)) addList(draft, list, { ownName, sources, optional });
  }
  for (const { items, optional } of toolLists(root)) {
    for (const item of items) addRequirement(draft, item, { ownName, sources: sourcesFor({}), optional });
  }
  for (const { key, value } of entriesAt(root, 'project', 'optional-dependencies')) {
    const sources = new Map([...main, ...sourcesFor({ extra: pypi.canonical(key.value) })]);
    addList(draft, value, { ownName, sources, optional: true });
  }
  // https://packaging.python.org/en/latest/specifications/dependency-groups/
  for (const { key, value } of entriesAt(root, 'dependency-groups')) {
    const group = new Map([
      ...groupSources(root, key.value),
      ...sourcesFor({ group: pypi.canonical(key.value) }),
    ]);
    addList(draft, value, { ownName, sources: group, optional: false });
  }
}

function addList(draft: ManifestBuilder, list: Node, context: RequirementContext): void {
  for (const item of requirementsIn(draft, list)) addListed(draft, item, context);
}

/** The strings of a list; tables in it, such as `{ include-group = "test" }`, declare nothing. */
function requirementsIn(draft: ManifestBuilder, list: Node): readonly TextNode[] {
  if (list.kind === 'list') return list.items.filter((item) => item.kind === 'text');
  draft.broken.push({ message: 'expected a list of requirements', offset: list.span.start });
  return [];
}

/**
 * What an environment of Hatch has beyond its own lists on a platform, in a matrix or under a name: a string, a list,
 * or tables with a `value` (https://hatch.pypa.io/latest/config/environment/advanced/#option-overrides).
 */
function addHatchOverrides(draft: ManifestBuilder, root: Node | undefined): void {
  const context = { ...PLAIN, ownName: ownNameOf(root) };
  for (const option of ['dependencies', 'extra-dependencies', 'set-dependencies', 'set-extra-dependencies']) {
    for (const value of select(root, 'tool', 'hatch', 'envs', '*', 'overrides', '*', '*', option)) {
      const items = [...textsAt(value), ...textsAt(value, 'value'), ...textsAt(value, '[]', 'value')];
      for (const item of items) addListed(draft, item, context);
    }
  }
}

/** Where tox lists what it installs in an environment: https://tox.wiki/en/latest/config.html#deps */
const TOX_LISTS: readonly (readonly string[])[] = [
  ['env_run_base', 'deps'],
  ['env_base', '*', 'deps'],
  ['env', '*', 'deps'],
];

/** The lines are those of a list of requirements. What tox puts in place of braces is known to tox alone. */
function addTox(draft: ManifestBuilder, root: Node | undefined): void {
  const context = { ...PLAIN, ownName: ownNameOf(root) };
  for (const path of TOX_LISTS) {
    for (const item of textsAt(root, 'tool', 'tox', ...path).flatMap(linesOf)) {
      const [text = ''] = item.value.split(/(?<!\S)#/, 1);
      if (text.trim() !== '' && !text.includes('{'))
        addRequirementLine(draft, { text, spanOf: (part) => partSpan(item, part) }, context);
    }
  }
}

/** PDM also has editable requirements, written as pip's option. */
function addListed(draft: ManifestBuilder, item: TextNode, context: RequirementContext): void {
  if (!item.value.startsWith('-')) addRequirement(draft, item, context);
  else addRequirementLine(draft, { text: item.value, spanOf: (part) => partSpan(item, part) });
}

/** Tables from names to values (https://python-poetry.org/docs/pyproject/). */
const POETRY_TABLES: readonly (readonly string[])[] = [
  ['dependencies'],
  ['dev-dependencies'],
  ['group', '*', 'dependencies'],
  ['requires-plugins'],
];

function addPoetry(draft: ManifestBuilder, root: Node | undefined): void {
  const urls = indexUrls(root, 'tool', 'poetry', 'source');
  for (const path of POETRY_TABLES) {
    for (const table of select(root, 'tool', 'poetry', ...path)) addPythonTable(draft, table, urls);
  }
}

function addOverrides(draft: ManifestBuilder, root: Node | undefined): void {
  for (const { key, value } of entriesAt(root, 'tool', 'pdm', 'resolution', 'overrides')) {
    for (const source of sourcesOf(value, new Map())) {
      if (source.kind === 'foreign') addNamed(draft, key, { source, optional: false });
    }
  }
}

/** What an index of each tool serves, by its table. */
const INDEXES: readonly { readonly path: readonly string[]; readonly lineOf: (index: Node) => IndexLine }[] =
  [
    { path: ['tool', 'poetry', 'source', '[]'], lineOf: poetryIndex },
    { path: ['tool', 'pdm', 'source', '[]'], lineOf: pdmIndex },
    // https://rye.astral.sh/guide/sources/
    { path: ['tool', 'rye', 'sources', '[]'], lineOf: (index) => indexUnlessNamed(index, 'default') },
  ];

/**
 * Variables of pip and uv, which environments of Hatch may set (https://pip.pypa.io/en/stable/topics/configuration/,
 * https://docs.astral.sh/uv/reference/environment/, https://hatch.pypa.io/latest/config/environment/overview/#environment-variables).
 */
const INDEX_VARIABLES: readonly (readonly [name: string, line: IndexLine])[] = [
  ['PIP_INDEX_URL', INDEX],
  ['UV_INDEX_URL', INDEX],
  ['UV_DEFAULT_INDEX', INDEX],
  ['PIP_EXTRA_INDEX_URL', EXTRA_INDEX],
  ['UV_EXTRA_INDEX_URL', EXTRA_INDEX],
  ['UV_INDEX', EXTRA_INDEX],
  ['PIP_FIND_LINKS', LINKS],
  ['UV_FIND_LINKS', LINKS],
];

function addIndexes(draft: ManifestBuilder, root: Node | undefined): void {
  for (const { path, lineOf } of INDEXES) {
    for (const index of select(root, ...path)) {
      for (const url of textsAt(index, 'url')) addIndexNode(draft, lineOf(index), url);
    }
  }
  for (const [name, line] of INDEX_VARIABLES)
    for (const url of textsAt(root, 'tool', 'hatch', 'envs', '*', 'env-vars', name))
      addIndexNode(draft, line, url);
  // PyPI may be named without its address.
  for (const index of select(root, 'tool', 'poetry', 'source', '[]')) {
    const { use } = poetryIndex(index);
    if (nameOf(index)?.toLowerCase() === 'pypi' && use !== undefined && textsAt(index, 'url').length === 0)
      draft.usualRegistries.push(use);
  }
}

/** https://python-poetry.org/docs/repositories/#project-configuration */
function poetryIndex(index: Node): IndexLine {
  const [priority] = textsAt(index, 'priority');
  if (priority?.value === 'explicit') return explicitIndex(nameOf(index));
  const isSecond = ['supplemental', 'secondary'].includes(priority?.value ?? '') || isSet(index, 'secondary');
  return isSecond ? SECOND_INDEX : INDEX;
}

/**
 * A package that `include_packages` does not name is asked for at the index all the same, unless `exclude_packages` takes
 * every one away (https://pdm-project.org/latest/usage/config/#specify-index-for-individual-packages).
 */
function pdmIndex(index: Node): IndexLine {
  const isExclusive = textsAt(index, 'exclude_packages').some(({ value }) => value === '*');
  return isExclusive ? explicitIndex(nameOf(index)) : indexUnlessNamed(index, 'pypi');
}

function indexUnlessNamed(index: Node, name: string): IndexLine {
  return nameOf(index) === name ? INDEX : SECOND_INDEX;
}

/** PDM binds packages to an index by patterns of their names; the first index that names one serves it. */
function bindToIndexes(draft: ManifestBuilder, root: Node | undefined): void {
  const bindings = select(root, 'tool', 'pdm', 'source', '[]').flatMap((index) => {
    const [url] = textsAt(index, 'url');
    const patterns = textsAt(index, 'include_packages').map(({ value }) => namePattern(value));
    return url === undefined ? [] : [{ patterns, source: indexSource(url.value, new Map()) }];
  });
  for (const [at, dependency] of draft.dependencies.entries()) {
    const { name } = dependency;
    if (name === null || dependency.source.kind !== 'registry') continue;
    const binding = bindings.find(({ patterns }) => patterns.some((pattern) => pattern.test(name)));
    if (binding !== undefined) draft.dependencies[at] = { ...dependency, source: binding.source };
  }
}

/** As `fnmatch` reads it, without its sets of letters. */
function namePattern(pattern: string): RegExp {
  const parts = pypi.canonical(pattern).split(/([*?])/);
  const source = parts.map((part) => ({ '*': '.*', '?': '.' })[part] ?? part.replace(/[^a-z0-9-]/g, '\\$&'));
  return new RegExp(`^${source.join('')}$`);
}
