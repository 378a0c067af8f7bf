import type { DependencySource } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { foldersFromHere, pathSource, pythonSource } from '../../shared/source-location.ts';
import { addExtras, addNamed, indexSource } from './python-dependencies.ts';
import { exactVersion } from './requirement.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';

/**
 * Adds the dependencies of a table from names to versions or tables, as Poetry, Pipenv and pixi have them.
 * `python` is the interpreter and no package; a path to the manifest's own folder is the project itself.
 *
 * @param urls The URLs of the manifest's indexes by their names.
 */
export function addPythonTable(draft: ManifestBuilder, table: Node, urls: ReadonlyMap<string, string>): void {
  if (table.kind !== 'table') {
    draft.broken.push({ message: 'expected a table of dependencies', offset: table.span.start });
    return;
  }
  for (const { key, value } of table.entries) {
    if (key.value === '' || key.value.toLowerCase() === 'python') continue;
    if (isOwnFolder(value)) continue;
    const optional = select(value, 'optional').some(isTrue);
    const version = versionIn(value);
    for (const source of sourcesOf(value, urls)) addNamed(draft, key, { source, optional, version });
    addExtras(draft, { specifier: key.value, extras: extrasIn(value), span: key.span, optional });
  }
}

/** @returns Whether the value of a dependency is the manifest's own folder: `{ path = "." }`. */
export function isOwnFolder(value: Node): boolean {
  return textsAt(value, 'path').some((path) => /^\.\/?$/.test(path.value));
}

/** The `extras` of a table, or of those for different environments. */
function extrasIn(value: Node): readonly string[] {
  const texts = [...textsAt(value, 'extras'), ...textsAt(value, '[]', 'extras')];
  return [...new Set(texts.map(({ value: extra }) => extra))];
}

/** Poetry takes a bare version for that one alone (https://python-poetry.org/docs/dependency-specification/). */
function versionIn(value: Node): string | null {
  const [text] = value.kind === 'text' ? [value] : textsAt(value, 'version');
  const bare = /^\d[\w.!+-]*$/.test(text?.value ?? '');
  return exactVersion(`${bare ? '==' : ''}${text?.value ?? ''}`);
}

/**
 * The sources in a dependency's value: a version, a location, a table such as `{ git = "…", rev = "…" }`, or
 * a list of those for different environments. Without any, the registry.
 *
 * @returns At least one source, each once.
 */
export function sourcesOf(value: Node, urls: ReadonlyMap<string, string>): readonly DependencySource[] {
  const values = value.kind === 'list' ? value.items : [value];
  const sources = new Map<string, DependencySource>();
  for (const item of values) {
    const source = sourceOf(item, urls);
    sources.set(source.kind === 'foreign' ? `${source.what} ${source.value}` : source.kind, source);
  }
  return sources.size === 0 ? [{ kind: 'registry' }] : [...sources.values()];
}

/** @returns The URLs of a manifest's indexes by their names: tables with `name` and `url` at the path. */
export function indexUrls(root: Node | undefined, ...path: readonly string[]): ReadonlyMap<string, string> {
  const urls = new Map<string, string>();
  for (const index of select(root, ...path, '[]')) {
    const [name] = textsAt(index, 'name');
    const [url] = textsAt(index, 'url');
    if (name !== undefined && url !== undefined) urls.set(name.value, url.value);
  }
  return urls;
}

/** Keys of a table that name a location, with what they say about it. */
const LOCATIONS = new Map<string, (value: string) => DependencySource>([
  ['git', (value) => pythonSource(/^git\+/i.test(value) ? value : `git+${value}`)],
  ['hg', (value) => pythonSource(`hg+${value}`)],
  ['svn', (value) => pythonSource(`svn+${value}`)],
  ['url', pythonSource],
  ['path', (value) => pathSource(value, foldersFromHere(value))],
  ['file', pythonSource],
]);

function sourceOf(value: Node, urls: ReadonlyMap<string, string>): DependencySource {
  if (value.kind === 'text')
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(value.value) ? pythonSource(value.value) : { kind: 'registry' };
  for (const { key, value: location } of entriesAt(value)) {
    const read = LOCATIONS.get(key.value);
    if (read !== undefined && location.kind === 'text') return read(location.value);
    if (key.value === 'workspace' && isTrue(location)) return { kind: 'workspace' };
  }
  const [index] = [...textsAt(value, 'source'), ...textsAt(value, 'index')];
  return index === undefined ? { kind: 'registry' } : indexSource(index.value, urls);
}

/** @returns Whether a key of a table is `true`. */
export function isSet(table: Node, key: string): boolean {
  return select(table, key).some(isTrue);
}

/** @returns The `name` of a table; null where it has none. */
export function nameOf(table: Node): string | null {
  return textsAt(table, 'name')[0]?.value ?? null;
}

function isTrue(node: Node): boolean {
  return node.kind === 'other' && node.raw === 'true';
}
