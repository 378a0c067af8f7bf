import { pypi } from '../names.ts';
import type { DependencySource, ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode, addNamed, addRequirement, PLAIN } from './python-dependencies.ts';
import { indexUrls, sourcesOf } from './python-tables.ts';
import { readToml } from '../../../documents/toml.ts';
import type { Node, TextNode } from '../../../documents/document.ts';
import { entriesAt, textsAt } from '../../../documents/document.ts';

/** Reads uv.toml, which holds what may also stand in `tool.uv` of a pyproject.toml. */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  addUv(draft, root);
  return normalise(draft);
}

/** Where uv's settings name indexes (https://docs.astral.sh/uv/reference/settings/). */
const places: readonly { readonly path: readonly string[]; readonly what: string }[] = [
  { path: ['index', '[]', 'url'], what: 'an index' },
  { path: ['index-url'], what: 'an index' },
  { path: ['extra-index-url'], what: 'an extra index' },
  { path: ['find-links'], what: 'a place of archives' },
  { path: ['allow-insecure-host'], what: 'a trusted host' },
  { path: ['pip', 'index-url'], what: 'an index' },
  { path: ['pip', 'extra-index-url'], what: 'an extra index' },
  { path: ['pip', 'find-links'], what: 'a place of archives' },
  { path: ['pip', 'allow-insecure-host'], what: 'a trusted host' },
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
  for (const { path, what } of places) {
    for (const node of textsAt(root, ...parentPath, ...path)) addIndexNode(draft, what, node);
  }
  const context = { ...PLAIN, sources: uvSources(root, ...parentPath) };
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

/**
 * `sources` gives sources to packages that the lists name
 * (https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources).
 */
export function uvSources(
  root: Node | undefined,
  ...parentPath: readonly string[]
): ReadonlyMap<string, DependencySource> {
  const urls = indexUrls(root, ...parentPath, 'index');
  const sources = new Map<string, DependencySource>();
  for (const { key, value } of entriesAt(root, ...parentPath, 'sources')) {
    for (const source of sourcesOf(value, urls)) {
      const name = pypi.canonical(key.value);
      const previousSource = sources.get(name);
      // Of several sources for different environments, one that is foreign is the one to know.
      if (previousSource?.kind !== 'foreign') sources.set(name, source);
    }
  }
  return sources;
}

/** An override or constraint declares something only where it changes the source. */
function addOverride(draft: ManifestBuilder, item: TextNode): void {
  const read = newManifest();
  addRequirement(read, item, { optional: false, ownName: undefined, sources: new Map() });
  for (const dependency of read.dependencies)
    if (dependency.source.kind === 'foreign') draft.dependencies.push(dependency);
}
