import type { ManifestContents } from '../../../model/manifest.ts';
import { addChannel, addConda, channelSource } from './conda.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode, EXTRA_INDEX, INDEX, LINKS } from './python-dependencies.ts';
import { addPythonTable, sourcesOf } from './python-tables.ts';
import { readToml } from '../../../documents/toml.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';

/** Reads pixi's manifest (https://pixi.sh/latest/reference/pixi_manifest/). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  if (root !== undefined) addPixi(draft, root);
  return normalise(draft);
}

/** Where the tables of dependencies stand: in the manifest, in its features, in both for one platform. */
const PLACES: readonly (readonly string[])[] = [
  [],
  ['target', '*'],
  ['feature', '*'],
  ['feature', '*', 'target', '*'],
  ['package'],
];

const CONDA_TABLES = ['dependencies', 'host-dependencies', 'build-dependencies', 'run-dependencies'];

/** Adds what pixi's tables declare: those of a pixi.toml, or `tool.pixi` of a pyproject.toml. */
export function addPixi(draft: ManifestBuilder, root: Node): void {
  for (const place of PLACES) {
    for (const table of CONDA_TABLES) addCondaTable(draft, root, [...place, table]);
    for (const table of select(root, ...place, 'pypi-dependencies')) addPythonTable(draft, table, new Map());
    addOptions(draft, root, [...place, 'pypi-options']);
  }
  for (const place of [['project'], ['workspace'], ['feature', '*']]) {
    for (const channel of textsAt(root, ...place, 'channels')) addChannel(draft, channel);
    for (const channel of textsAt(root, ...place, 'channels', '[]', 'channel')) addChannel(draft, channel);
  }
  for (const place of [['project'], ['workspace']]) addOptions(draft, root, [...place, 'pypi-options']);
}

function addCondaTable(draft: ManifestBuilder, root: Node, path: readonly string[]): void {
  for (const { key, value } of entriesAt(root, ...path)) {
    const [channel] = textsAt(value, 'channel');
    for (const source of sourcesOf(value, new Map())) {
      const actual = source.kind === 'registry' ? channelSource(channel?.value) : source;
      addConda(draft, { name: key.value, span: key.span, source: actual });
    }
  }
}

function addOptions(draft: ManifestBuilder, root: Node, path: readonly string[]): void {
  for (const url of textsAt(root, ...path, 'index-url')) addIndexNode(draft, INDEX, url);
  for (const url of textsAt(root, ...path, 'extra-index-urls')) addIndexNode(draft, EXTRA_INDEX, url);
  for (const kind of ['path', 'url']) {
    for (const links of textsAt(root, ...path, 'find-links', '[]', kind)) {
      addIndexNode(draft, LINKS, links);
    }
  }
}
