import { hasPlaceholder } from '../../../text/placeholder.ts';
import { npm } from '../names.ts';
import type { Dependency } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { npmTarget } from './npm-source.ts';
import type { Entry, Node } from '../../../documents/document.ts';
import { partSpan } from '../../../documents/document.ts';

/**
 * Adds the dependencies of a table from names to values, as `dependencies` in package.json.
 *
 * @param isOptional Tells, by name, whether the project works without it.
 */
export function addTable(draft: ManifestBuilder, table: Node, isOptional: (name: string) => boolean): void {
  for (const { key, value } of tableEntries(draft, table)) {
    const specifier = key.value;
    // npm ignores the empty name; keys with `//` are a common way of writing comments in JSON. A template's name is none yet.
    if (specifier === '' || specifier.startsWith('//') || hasPlaceholder(specifier)) continue;
    const range = value.kind === 'text' ? value.value : '';
    addDependency(draft, { specifier, value: range, span: key.span, optional: isOptional(specifier) });
  }
}

/**
 * Adds one dependency.
 *
 * @param line Its name, and its value as package.json would write it.
 */
export function addDependency(
  draft: ManifestBuilder,
  { value, ...line }: Omit<Dependency, 'ecosystem' | 'name' | 'source'> & { readonly value: string },
): void {
  const target = npmTarget(line.specifier, value);
  // A protocol says more than a range: `catalog:` has its own line, and `npm:^1` is never linked.
  const isRange = target.source.kind === 'registry' && !value.includes(':');
  draft.dependencies.push({ ecosystem: npm.id, ...target, ...(isRange && { range: value }), ...line });
}

/**
 * Adds the entries of `overrides` and `resolutions` that take a package from elsewhere. Their keys also
 * name versions and dependents: `foo@1`, `parent>foo`, `parent/foo`, and `.` within the package's own table
 * (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#overrides, https://pnpm.io/settings#overrides,
 * https://yarnpkg.com/configuration/manifest#resolutions).
 */
export function addOverrides(draft: ManifestBuilder, table: Node): void {
  const open: { readonly inner: Node; readonly parent: Entry['key'] | undefined }[] = [
    { inner: table, parent: undefined },
  ];
  // What is added to a list while it is walked is walked too.
  for (const { inner, parent } of open) {
    for (const { key, value } of tableEntries(draft, inner)) {
      const named = key.value === '.' ? parent : key;
      if (named === undefined) continue;
      if (value.kind === 'table') open.push({ inner: value, parent: named });
      else if (value.kind === 'text') addOverride(draft, named, value.value);
    }
  }
}

/** Adds what `packageExtensions` gives to other packages (https://pnpm.io/settings#packageextensions). */
export function addExtensions(draft: ManifestBuilder, table: Node): void {
  for (const extended of tableEntries(draft, table)) {
    for (const { key, value } of tableEntries(draft, extended.value)) {
      if (key.value.endsWith('ependencies'))
        addTable(draft, value, () => key.value === 'optionalDependencies');
    }
  }
}

/** @returns The entries of a table; anything else but null and an empty list is a mistake. */
export function tableEntries(draft: ManifestBuilder, node: Node): readonly Entry[] {
  if (node.kind === 'table') return node.entries;
  const isNothing =
    node.kind === 'list' ? node.items.length === 0 : node.kind === 'other' && isNull(node.raw);
  if (!isNothing) draft.broken.push({ message: 'expected names with values', offset: node.span.start });
  return [];
}

/** `null` in JSON; YAML has nothing or `~` too. */
function isNull(raw: string): boolean {
  return raw === 'null' || raw === '' || raw === '~';
}

function addOverride(draft: ManifestBuilder, key: Entry['key'], value: string): void {
  const part = overridden(key.value);
  const specifier = key.value.slice(part.start, part.end);
  // `$name` is the project's own dependency of that name; `-` removes the package.
  if (specifier === '' || value.startsWith('$') || value === '-') return;
  const { name, source } = npmTarget(specifier, value);
  if (source.kind !== 'foreign') return;
  draft.dependencies.push({
    ecosystem: npm.id,
    name,
    specifier,
    source,
    span: partSpan(key, part),
    optional: false,
  });
}

/**
 * The part of a key that names the overridden package: what follows the last `>` that is no comparison, and
 * in a path of names the last one. A version may follow every name; one with a protocol may hold slashes.
 */
function overridden(key: string): Span {
  const dependent = [...key.matchAll(/[^ |@]>/g)].at(-1);
  const start = dependent === undefined ? 0 : dependent.index + dependent[0].length;
  let last: Span = { start, end: start };
  for (const match of key.slice(start).matchAll(/((?:@[^/@]*\/)?[^/@]+)(?:@([^/]*))?\/?/g)) {
    const [, name = '', version = ''] = match;
    last = { start: start + match.index, end: start + match.index + name.length };
    if (/^(?!npm:)[a-z+]+:/i.test(version)) break;
  }
  return last;
}
