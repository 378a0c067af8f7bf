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
  // Those of a feature come before the workspace's own (https://pixi.sh/latest/reference/pixi_manifest/#the-feature-table).
  for (const place of [['feature', '*'], ['project'], ['workspace']])
    for (const list of select(root, ...place, 'channels')) addChannels(draft, list);
  for (const place of [['project'], ['workspace']]) addOptions(draft, root, [...place, 'pypi-options']);
}

/** A greater number is a higher priority; without one it is 0. */
function addChannels(draft: ManifestBuilder, list: Node): void {
  const channels = select(list, '[]').flatMap((item) => {
    const [channel] = item.kind === 'text' ? [item] : textsAt(item, 'channel');
    const [priority] = select(item, 'priority');
    const rank = priority?.kind === 'other' ? Number(priority.raw) : 0;
    return channel === undefined ? [] : [{ channel, rank }];
  });
  for (const { channel } of channels.toSorted((left, right) => right.rank - left.rank))
    addChannel(draft, channel);
}

function addCondaTable(draft: ManifestBuilder, root: Node, path: readonly string[]): void {
  for (const { key, value } of entriesAt(root, ...path)) {
    const [channel] = textsAt(value, 'channel');
    for (const source of sourcesOf(value, new Map())) {
      const actual = source.kind === 'registry' ? channelSource(channel?.value) : source;
      addConda(draft, {
        name: key.value,
        span: key.span,
        source: actual,
        isConda: source.kind === 'registry',
      });
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
