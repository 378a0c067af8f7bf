import { pypi } from '../names.ts';
import type { DependencySource, ManifestContents } from '../../../model/manifest.ts';
import { addChannel, addChannelOfBuild, addConda, channelSource } from './conda.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { pythonSource } from '../../shared/source-location.ts';
import { addIndexNode, addNamed, EXTRA_INDEX, INDEX, LINKS } from './python-dependencies.ts';
import { addPythonTable, isOwnFolder, isSet, sourcesOf } from './python-tables.ts';
import { readToml } from '../../../documents/toml.ts';
import type { Entry, Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';

/** Reads pixi's manifest (https://pixi.sh/latest/reference/pixi_manifest/). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  if (root !== undefined) addPixi(draft, root);
  return normalise(draft);
}

/** Where the tables of dependencies stand: in the manifest, its features, environments and package, in all for one platform. */
const PLACES: readonly (readonly string[])[] = [
  [],
  ['feature', '*'],
  ['environments', '*'],
  ['package'],
].flatMap((place) => [place, [...place, 'target', '*']]);

const CONDA_TABLES: readonly (readonly string[])[] = [
  ['dependencies'],
  ['host-dependencies'],
  ['build-dependencies'],
  ['run-dependencies'],
  ['extra-dependencies', '*'],
  ['run-exports', 'weak'],
  ['run-exports', 'strong'],
  ['run-exports', 'noarch'],
  ['dev'],
];

/** What other tables take over by a name: https://pixi.sh/latest/build/workspace_dependencies/ */
const POOL = ['workspace', 'dependencies'];

/** Where a package of conda comes from: its channels, or a place that the line names. */
interface CondaSource {
  readonly source: DependencySource;
  readonly isConda: boolean;
}

/** What a pool says, by the names of packages in lower case, as conda compares them. */
type Pool = ReadonlyMap<string, readonly CondaSource[]>;

/** Adds what pixi's tables declare: those of a pixi.toml, or `tool.pixi` of a pyproject.toml. */
export function addPixi(draft: ManifestBuilder, root: Node): void {
  const shared = entriesAt(root, ...POOL);
  const pool: Pool = new Map(shared.map(({ key, value }) => [key.value.toLowerCase(), sourcesIn(value)]));
  addCondaTable(draft, shared, pool);
  for (const place of PLACES) {
    for (const table of CONDA_TABLES) addCondaTable(draft, entriesAt(root, ...place, ...table), pool);
    for (const table of select(root, ...place, 'pypi-dependencies')) addPythonTable(draft, table, new Map());
    addOptions(draft, root, [...place, 'pypi-options']);
  }
  // Those of an environment and of a feature come before the workspace's own (https://pixi.sh/latest/reference/pixi_manifest/#the-feature-table).
  for (const place of [['environments', '*'], ['feature', '*'], ['project'], ['workspace']])
    for (const list of select(root, ...place, 'channels')) addChannels(draft, list);
  for (const place of [['project'], ['workspace']]) addOptions(draft, root, [...place, 'pypi-options']);
  for (const build of select(root, 'package', 'build')) addBuild(draft, build, pool);
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

/**
 * Adds a table from names to specifications. A table in it holds what one condition asks for
 * (https://pixi.sh/latest/build/dependency_types/#conditional-dependencies).
 */
function addCondaTable(draft: ManifestBuilder, entries: readonly Entry[], pool: Pool): void {
  for (const { key, value } of entries) {
    if (/^\s*if\(/.test(key.value)) addCondaTable(draft, entriesAt(value), pool);
    else if (!isOwnFolder(value)) addSpecification(draft, { key, value }, pool);
  }
}

function addSpecification(draft: ManifestBuilder, { key, value }: Entry, pool: Pool): void {
  const { value: name, span } = key;
  for (const from of isSet(value, 'workspace') ? inherited(name, value, pool) : sourcesIn(value))
    addConda(draft, { name, span, ...from });
}

function sourcesIn(value: Node): readonly CondaSource[] {
  const [channel] = textsAt(value, 'channel');
  return sourcesOf(value, new Map()).map((source) =>
    source.kind === 'registry'
      ? { source: channelSource(channel?.value), isConda: true }
      : { source, isConda: false },
  );
}

/** A line may choose another channel than the pool. The pool of another manifest declares its packages there. */
function inherited(name: string, value: Node, pool: Pool): readonly CondaSource[] {
  const [channel] = textsAt(value, 'channel');
  if (channel !== undefined) return [{ source: channelSource(channel.value), isConda: true }];
  return pool.get(name.toLowerCase()) ?? [];
}

/** Adds the program that builds the package, the channels that it comes from, and a source elsewhere that it builds. */
function addBuild(draft: ManifestBuilder, build: Node, pool: Pool): void {
  for (const value of select(build, 'backend'))
    for (const key of textsAt(value, 'name')) addSpecification(draft, { key, value }, pool);
  for (const place of [[], ['backend']]) {
    addCondaTable(draft, entriesAt(build, ...place, 'additional-dependencies'), pool);
    for (const channel of textsAt(build, ...place, 'channels')) addChannelOfBuild(draft, channel);
  }
  for (const { value: specifier, span } of textsAt(build, 'source', 'git')) {
    const source = pythonSource(`git+${specifier}`);
    draft.dependencies.push({ ecosystem: pypi.id, name: null, specifier, source, span, optional: false });
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
  addOverrides(draft, entriesAt(root, ...path, 'dependency-overrides'));
}

/** An override declares something only where it changes the source (https://pixi.sh/latest/advanced/override/). */
function addOverrides(draft: ManifestBuilder, entries: readonly Entry[]): void {
  for (const { key, value } of entries) {
    for (const source of sourcesOf(value, new Map()))
      if (source.kind === 'foreign') addNamed(draft, key, { source, optional: false });
  }
}
