import type { ManifestContents } from '../../../model/manifest.ts';
import { isUsualChannel } from './channels.ts';
import { addChannel, addMatchSpec } from './conda.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRequirementLine } from './requirement-lines.ts';
import { isNamedEnvironment } from './environment-text.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, partSpan, select, textsAt } from '../../../documents/document.ts';
import { hasPlaceholder } from '../../../text/placeholder.ts';
import { readYaml } from '../../../documents/yaml.ts';

/** Reads a conda environment (https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text, { version: '1.1' });
  // Other tools have files of this name too, often templates: only one that lists dependencies is ours.
  const draft = newManifest(listsDependencies(text, root) ? [...broken, ...separatorsIn(text)] : []);
  for (const list of select(root, 'dependencies')) addDependencies(draft, list);
  for (const list of select(root, 'channels'))
    for (const channel of itemsOf(list)) if (channel.kind === 'text') addChannel(draft, channel);
  return normalise(draft);
}

function listsDependencies(text: string, root: Node | undefined): boolean {
  return /^dependencies[ \t]*:/m.test(text) || select(root, 'dependencies').length > 0;
}

/**
 * To PyYAML they end a line, to ruamel.yaml, which is conda's, a comment and no line, and to other readers nothing: what
 * such a file lists depends on who reads it.
 */
function separatorsIn(text: string): ManifestContents['broken'] {
  const offset = text.search(/[\x85\u2028\u2029]/);
  if (offset < 0) return [];
  const code = text.charCodeAt(offset).toString(16).padStart(4, '0').toUpperCase();
  return [{ message: `U+${code} ends a line to some readers of YAML and not to others: delete it`, offset }];
}

/**
 * conda goes through a list, and through a map and a set (`!!set`) in the same way: what counts of these are the keys
 * (`Dependencies` and `_expand_channels` in https://github.com/conda/conda/blob/main/conda/env/env.py, read on 2026-11-30).
 */
function itemsOf(list: Node): readonly Node[] {
  if (list.kind === 'list') return list.items;
  return list.kind === 'table' ? list.entries.map(({ key }) => key) : [list];
}

function addDependencies(draft: ManifestBuilder, list: Node): void {
  if (list.kind === 'text' && !hasPlaceholder(list.value))
    draft.broken.push({ message: 'expected a list of packages', offset: list.span.start });
  for (const item of list.kind === 'text' ? [] : itemsOf(list)) {
    if (item.kind === 'text')
      addMatchSpec(draft, { text: item.value, spanOf: (part) => partSpan(item, part) });
    for (const line of textsAt(item, 'pip')) {
      const text = line.value.replace(/(?<!\S)#.*$/s, '');
      addRequirementLine(draft, { text, spanOf: (part) => partSpan(line, part) });
    }
  }
}

/**
 * Tells an environment by what it holds: `dependencies` is a list of match specifications and of tables with `pip` alone.
 * Charts of Helm list tables with a name, packages of Dart have a table, and roles of Ansible list names like conda's. So
 * there has to be something that conda alone has: channels, a list for pip, Python itself or a version; or the file's name
 * says it. conda reads over keys that it does not know
 * (https://github.com/conda/conda/blob/main/conda/env/env.py, 2026-11).
 */
export async function isEnvironment(path: string, text: string): Promise<boolean> {
  const { root } = await readYaml(text);
  const lists = select(root, 'dependencies');
  const items = lists.flatMap(itemsOf);
  if (!arePackages(items)) return false;
  if (items.flatMap((item) => select(item, 'pip')).some(isTextList)) return true;
  const isSaid = isNamedEnvironment(path) || items.some(isOfConda);
  const channels = select(root, 'channels')
    .flatMap(itemsOf)
    .filter((item) => item.kind === 'text');
  const isPublic = channels.some(({ value }) => isUsualChannel(value));
  // Packages of many kinds have a table of versions.
  if (lists.some(({ kind }) => kind === 'table')) return isPublic;
  if (entriesAt(root).every(({ key }) => KEYS.has(key.value))) return isSaid || channels.length > 0;
  // Services have channels and dependencies, too: with keys that conda does not know, a public channel has to be among them.
  return channels.length > 0 && (isSaid || isPublic);
}

/** What environments hold besides, also those of conda-lock (https://conda.github.io/conda-lock/src_environment_yml/). */
const KEYS = new Set([
  'name',
  'channels',
  'dependencies',
  'prefix',
  'variables',
  'platforms',
  'category',
  'pip-repositories',
]);

/** @returns Whether a file is an environment if a command has conda install it: nothing else needs to say so. */
export async function listsPackages(text: string): Promise<boolean> {
  const { root } = await readYaml(text);
  return arePackages(select(root, 'dependencies').flatMap(itemsOf));
}

function arePackages(items: readonly Node[]): boolean {
  return items.length > 0 && items.every(isDependency);
}

/** A list for pip may be empty, and so may an item. */
function isDependency(item: Node): boolean {
  if (item.kind === 'text') return isMatchSpec(item.value);
  if (item.kind === 'other') return item.raw === '';
  return item.kind === 'table' && item.entries.every(({ key }) => key.value === 'pip');
}

function isTextList(node: Node): boolean {
  return node.kind === 'list' && node.items.length > 0 && node.items.every(({ kind }) => kind === 'text');
}

/** `channel::name=version=build`, `name >=1,<2`, `name 1.0`, `name[version='>=1']`, or the address of an archive. */
function isMatchSpec(text: string): boolean {
  const spec = text.trim();
  if (/^https?:\/\/\S+$/i.test(spec)) return true;
  const name = /^(?:[\w./:-]+:)?(?:[a-z0-9_][\w.-]*|\*(?=\[))/i.exec(spec)?.[0];
  return name !== undefined && /^(?:$|[<>=!~[]|\d|\*)/.test(spec.slice(name.length).trim());
}

function isOfConda(item: Node): boolean {
  return item.kind === 'text' && /^\s*(?:python|pip)\s*(?:$|[<>=!~])|::|[<>=!~]|\S\s+\d/i.test(item.value);
}
