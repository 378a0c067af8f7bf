import { nameBeforeVersion, npm, npmNameOfJsr } from '../names.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { foreign, withoutFragment } from '../../shared/source-location.ts';
import { addTable, tableEntries } from './npm-dependencies.ts';
import { readJsonOrTemplate } from '../../../documents/json.ts';
import type { Entry, TextNode } from '../../../documents/document.ts';
import { select, textsAt } from '../../../documents/document.ts';

/**
 * Reads the import map of a Deno project or a JSR package, and the modules that its settings name
 * (https://docs.deno.com/runtime/fundamentals/configuration/#dependencies, https://jsr.io/docs/package-configuration).
 */
export async function read(text: string): Promise<ManifestContents> {
  // Deno takes a file without anything for one without settings.
  if (text.trim() === '') return newManifest();
  const { root, broken } = await readJsonOrTemplate(text);
  const draft = newManifest(broken);
  for (const path of [['imports'], ['scopes', '*']]) {
    for (const table of select(root, ...path)) {
      for (const entry of tableEntries(draft, table)) addMapping(draft, entry);
    }
  }
  for (const path of CATALOGS) for (const table of select(root, ...path)) addTable(draft, table, () => false);
  for (const path of LOADED) for (const text of textsAt(root, ...path)) addLoaded(draft, text);
  for (const text of textsAt(root, 'importMap')) addImportMap(draft, text);
  const members = MEMBERS.flatMap((path) => textsAt(root, ...path).map(({ value }) => value));
  if (members.length > 0) draft.tables = { sources: new Map(), indexes: new Map(), members };
  return normalise(draft);
}

/** Ranges of npm packages, which import maps and members take by the packages' names (`catalog` of Deno's config-file.v1.json). */
const CATALOGS: readonly (readonly string[])[] = [['catalog'], ['catalogs', '*']];

/**
 * Folders whose manifests Deno reads with its own: those of a workspace, and packages that stand in for others
 * (https://docs.deno.com/runtime/fundamentals/workspaces/, `links` and its former name `patch` of Deno's config-file.v1.json,
 * read on 2026-11-30).
 */
const MEMBERS: readonly (readonly string[])[] = [
  ['workspace'],
  ['workspace', 'members'],
  ['links'],
  ['patch'],
];

/** Settings by which Deno loads modules itself, without an import. */
const LOADED: readonly (readonly string[])[] = [
  ['importMap'],
  ['lint', 'plugins'],
  ['compilerOptions', 'types'],
  ['compilerOptions', 'jsxImportSource'],
  ['compilerOptions', 'jsxImportSourceTypes'],
];

/** One at an address is told as what Deno loads. */
function addImportMap(draft: ManifestBuilder, { value, span }: TextNode): void {
  const path = value.trim().replace(/^file:(?:\/\/)?/i, '');
  if (!/^[a-z][a-z+.-]+:/i.test(path)) (draft.further ??= []).push({ kind: 'importMap', path, span });
}

function addLoaded(draft: ManifestBuilder, value: TextNode): void {
  const [prefix = '', packagePath] = /^\s*npm:(.*)$/is.exec(value.value) ?? [];
  addMapping(draft, {
    key:
      packagePath === undefined
        ? value
        : part(value, packageOf(packagePath), prefix.length - packagePath.length),
    value,
  });
}

/** @returns A name in a text; with escapes in it, its letters can't be counted. */
function part(text: TextNode, name: string, from: number): TextNode {
  if (text.raw !== text.value) return { ...text, value: name };
  const start = text.span.start + text.value.indexOf(name, from);
  return { ...text, value: name, span: { start, end: start + name.length } };
}

/** A mapping to a file, a builtin module or inline data takes nothing from outside and declares nothing. */
function addMapping(draft: ManifestBuilder, { key, value }: Entry): void {
  if (value.kind !== 'text') return;
  const [, protocol = '', packagePath = ''] =
    /^(npm|jsr|https?|catalog):(.*)$/is.exec(value.value.trim()) ?? [];
  const line = { ecosystem: npm.id, specifier: key.value, span: key.span, optional: false };
  switch (protocol.toLowerCase()) {
    case 'npm': {
      const name = packageOf(packagePath);
      const renamed = npm.valid(packageOf(key.value)) && packageOf(key.value) !== name;
      const source = renamed
        ? foreign(`an alias of npm:${name}`, `npm:${name}`)
        : ({ kind: 'registry' } as const);
      draft.dependencies.push({ ...line, name, source });
      break;
    }
    case 'catalog': {
      const name = packageOf(key.value);
      if (npm.valid(name)) draft.dependencies.push({ ...line, name, source: { kind: 'registry' } });
      break;
    }
    case 'jsr': {
      const name = npmNameOfJsr(packageOf(packagePath)) || null;
      draft.dependencies.push({ ...line, name, source: foreign('JSR', `jsr:${packageOf(packagePath)}`) });
      break;
    }
    case 'http':
    case 'https': {
      const url = withoutFragment(value.value.trim());
      draft.dependencies.push({ ...line, name: null, source: foreign('a URL', url) });
      break;
    }
  }
}

/** The package in `/name@1/sub/path`; keys of an import map are written without the version. */
function packageOf(path: string): string {
  const [, name = ''] = /^\/?((?:@[^/@]*\/)?[^/]*)/.exec(path.trim()) ?? [];
  return nameBeforeVersion(name) ?? name;
}
