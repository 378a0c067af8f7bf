import type { ManifestContents, TableSources } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import {
  addIndexNode,
  addNamed,
  addRequirement,
  explicitIndex,
  EXTRA_INDEX,
  HOST,
  INDEX,
  indexSource,
  LINKS,
  PLAIN,
  SECOND_INDEX,
  type IndexLine,
} from './python-dependencies.ts';
import { indexUrls, isSet, nameOf, sourcesOf } from './python-tables.ts';
import { uvSources } from './uv-sources.ts';
import { readToml } from '../../../documents/toml.ts';
import type { Node, TextNode } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';

/** Reads uv.toml, which holds what may also stand in `tool.uv` of a pyproject.toml. */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  addUv(draft, root);
  return normalise(draft);
}

/** Where uv's settings name indexes (https://docs.astral.sh/uv/reference/settings/). */
const places: readonly { readonly path: readonly string[]; readonly line: IndexLine }[] = [
  { path: ['index-url'], line: INDEX },
  { path: ['extra-index-url'], line: EXTRA_INDEX },
  { path: ['find-links'], line: LINKS },
  { path: ['allow-insecure-host'], line: HOST },
  { path: ['pip', 'index-url'], line: INDEX },
  { path: ['pip', 'extra-index-url'], line: EXTRA_INDEX },
  { path: ['pip', 'find-links'], line: LINKS },
  { path: ['pip', 'allow-insecure-host'], line: HOST },
];

/** Lists that bring packages in: what a build needs, and what a package is said to depend on. */
const lists: readonly (readonly string[])[] = [
  ['extra-build-dependencies', '*'],
  ['extra-build-dependencies', '*', '[]', 'requirement'],
  ['dependency-metadata', '[]', 'requires-dist'],
];

/**
 * Adds what uv's settings say about packages and where they come from.
 *
 * @param parentPath The keys that lead to the settings.
 */
export function addUv(
  draft: ManifestBuilder,
  root: Node | undefined,
  ...parentPath: readonly string[]
): void {
  for (const { path, line } of places) {
    for (const node of textsAt(root, ...parentPath, ...path)) addIndexNode(draft, replaceable(line), node);
  }
  for (const path of [[], ['pip']]) {
    const tables = select(root, ...parentPath, ...path);
    if (tables.some((table) => isSet(table, 'no-index'))) draft.withoutIndex.push({ hiddenBy: SETTINGS });
  }
  for (const index of select(root, ...parentPath, 'index', '[]')) {
    for (const url of textsAt(index, 'url')) addIndexNode(draft, replaceable(uvIndex(index)), url);
  }
  const context = { ...PLAIN, sources: uvSources(root, parentPath) };
  for (const path of lists) {
    for (const item of textsAt(root, ...parentPath, ...path)) addRequirement(draft, item, context);
  }
  for (const key of ['override', 'constraint', 'build-constraint']) {
    for (const item of textsAt(root, ...parentPath, `${key}-dependencies`)) addOverride(draft, item);
  }
  // The lines that give a package a foreign source count too: a change may touch nothing else.
  const urls = indexUrls(root, ...parentPath, 'index');
  for (const { key, value } of entriesAt(root, ...parentPath, 'sources')) {
    for (const source of sourcesOf(value, urls)) {
      if (source.kind === 'foreign') addNamed(draft, key, { source, optional: false });
    }
  }
}

/** Where it exists, it is read in place of `tool.uv` (https://docs.astral.sh/uv/concepts/configuration-files/). */
const SETTINGS = 'uv.toml';

function replaceable(line: IndexLine): IndexLine {
  const { use } = line;
  if (use?.kind !== 'all' && use?.kind !== 'more') return line;
  return { ...line, use: { ...use, hiddenBy: SETTINGS } };
}

/** PyPI is asked too, unless an index is the default one (https://docs.astral.sh/uv/concepts/indexes/). */
function uvIndex(index: Node): IndexLine {
  if (isSet(index, 'explicit')) return explicitIndex(nameOf(index));
  return isSet(index, 'default') ? INDEX : SECOND_INDEX;
}

/** @returns What the tables of a pyproject.toml share with the members of its workspace. */
export function uvTables(root: Node | undefined): TableSources {
  const urls = indexUrls(root, 'tool', 'uv', 'index');
  const [workspace] = select(root, 'tool', 'uv', 'workspace');
  const members = textsAt(workspace, 'members').map(({ value }) => value);
  const exclusions = textsAt(workspace, 'exclude').map(({ value }) => `!${value}`);
  return {
    sources: uvSources(root, ['tool', 'uv']),
    indexes: new Map([...urls.keys()].map((name) => [name, indexSource(name, urls)])),
    members: workspace === undefined ? null : [...members, ...exclusions],
  };
}

/** An override or constraint declares something only where it changes the source. */
function addOverride(draft: ManifestBuilder, item: TextNode): void {
  const read = newManifest();
  addRequirement(read, item, { optional: false, ownName: undefined, sources: new Map() });
  for (const dependency of read.dependencies)
    if (dependency.source.kind === 'foreign') draft.dependencies.push(dependency);
}
