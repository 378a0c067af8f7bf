import type { ManifestContents } from '../../../model/manifest.ts';
import { isUsualChannel } from './channels.ts';
import { addChannel, addMatchSpec } from './conda.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRequirementLine } from './requirement-lines.ts';
import { isNamedAfterConda, isNamedEnvironment } from './environment-text.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, linesOf, partSpan, select, textsAt } from '../../../documents/document.ts';
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
    addTable(draft, item);
  }
}

/**
 * A table in the list names programs that install: conda itself counts what stands under `conda`, and runs the one that is
 * called as any other key (`Dependencies.parse` in https://github.com/conda/conda/blob/main/conda/env/env.py, read on
 * 2026-11-30). An item of several lines is several requirements: conda writes all of them into one list for pip.
 */
function addTable(draft: ManifestBuilder, item: Node): void {
  for (const line of textsAt(item, 'pip').flatMap(linesOf)) {
    const text = line.value.replace(/(?<!\S)#.*$/, '');
    addRequirementLine(draft, { text, spanOf: (part) => partSpan(line, part) });
  }
  for (const spec of textsAt(item, 'conda'))
    addMatchSpec(draft, { text: spec.value, spanOf: (part) => partSpan(spec, part) });
  for (const { key } of entriesAt(item))
    if (!INSTALLERS.has(key.value) && !hasPlaceholder(key.value))
      draft.broken.push({
        message: `expected pip or conda, not ${key.value}: what it installs is not checked`,
        offset: key.span.start,
      });
}

const INSTALLERS = new Set(['pip', 'conda']);

/**
 * Tells an environment by what it holds: `dependencies` is a list of match specifications, or of tables with `pip` or
 * `conda`. Charts of Helm list tables with a name, packages of Dart have a table, and services and roles of Ansible list
 * names like conda's. So there has to be something that conda alone has: a public channel, a list for pip, Python with a
 * version, one that a single `=` gives, a build, a package with its channel, or the file's name; or Python itself beside a
 * platform of conda-lock (https://conda.github.io/conda-lock/src_environment_yml/) or in a file that is called environment.
 */
export async function isEnvironment(path: string, text: string): Promise<boolean> {
  const { root } = await readYaml(text);
  const lists = select(root, 'dependencies');
  const items = lists.flatMap(itemsOf);
  if (items.some(hasInstaller)) return true;
  if (!items.some(({ kind }) => kind === 'text') || items.some(isOtherTable)) return false;
  const wordsIn = (key: string) =>
    select(root, key)
      .flatMap(itemsOf)
      .flatMap((item) => (item.kind === 'text' ? [item.value] : []));
  if (wordsIn('channels').some(isUsualChannel)) return true;
  // Packages of many kinds have a table of versions.
  if (lists.some(({ kind }) => kind === 'table')) return false;
  const specs = items.flatMap((item) => (item.kind === 'text' ? [item.value] : []));
  if (!specs.every(isMatchSpec)) return false;
  if (specs.some(isOfConda) || isNamedAfterConda(path)) return true;
  return specs.some(isPython) && (isNamedEnvironment(path) || wordsIn('platforms').some(isPlatform));
}

/** @returns Whether a file is an environment if a command has conda install it: nothing else needs to say so. */
export async function listsPackages(text: string): Promise<boolean> {
  const { root } = await readYaml(text);
  const items = select(root, 'dependencies').flatMap(itemsOf);
  return items.some((item) => (item.kind === 'text' && isMatchSpec(item.value)) || hasInstaller(item));
}

/** Charts and roles list tables with a name. */
function hasInstaller(item: Node): boolean {
  const isNamed = ['name', 'role', 'src'].some((key) =>
    entriesAt(item).some((entry) => entry.key.value === key),
  );
  return !isNamed && [...INSTALLERS].some((key) => textsAt(item, key).length > 0);
}

/** `channel::name=version=build`, `name >=1,<2`, `name 1.0`, `name[version='>=1']`, the address or the path of an archive. */
function isMatchSpec(text: string): boolean {
  const spec = (text.split(/#| if |\(/, 1)[0] ?? '').trim();
  if (/^(?:(?:https?|file):\/\/|[~./\\])\S+$/i.test(spec)) return true;
  const name = /^(?:[\w./:-]+:)?(?:[a-z0-9_][\w.-]*|\*(?=\[))/i.exec(spec)?.[0];
  return name !== undefined && /^(?:$|[<>=!~[]|\d|\*)/.test(spec.slice(name.length).trim());
}

/** `python>=3`, `python 3.12`, `name=1.0`, `name 1.0 build`, `channel::name`: pip and services have other words for these. */
function isOfConda(spec: string): boolean {
  return /^python\s*[<>=!~\d]|::|^[\w.-]+\s*=\s*[\d*]|^[\w.-]+\s+\d\S*\s+\w/i.test(spec.trim());
}

/** As conda calls them (https://docs.conda.io/projects/conda-build/en/stable/resources/package-spec.html). */
function isPlatform(word: string): boolean {
  return /^(?:linux|osx|win)-(?:\d+|arm64|aarch64|ppc64le|s390x)$/.test(word);
}

/** A list for pip may be empty. */
function isOtherTable(item: Node): boolean {
  return item.kind === 'table' && !item.entries.some(({ key }) => INSTALLERS.has(key.value));
}

function isPython(spec: string): boolean {
  return /^\s*(?:python|pip)\s*$/i.test(spec);
}
