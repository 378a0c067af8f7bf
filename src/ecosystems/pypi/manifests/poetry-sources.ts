import { pypi } from '../names.ts';
import type { DependencySource } from '../../../model/manifest.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, select } from '../../../documents/document.ts';
import { indexUrls, sourcesOf } from './python-tables.ts';

/** Sources by the canonical names of packages. */
export type SourcesByName = ReadonlyMap<string, DependencySource>;

/** @returns The sources that Poetry's main table gives to packages that the lists of `project` name. */
export function mainSources(root: Node | undefined): SourcesByName {
  return sourcesIn(select(root, 'tool', 'poetry', 'dependencies'), root);
}

/** @returns The sources that the table of a group gives to packages that `dependency-groups` names in that group. */
export function groupSources(root: Node | undefined, group: string): SourcesByName {
  const groups = entriesAt(root, 'tool', 'poetry', 'group').filter(
    ({ key }) => pypi.canonical(key.value) === pypi.canonical(group),
  );
  return sourcesIn(
    groups.flatMap(({ value }) => select(value, 'dependencies')),
    root,
  );
}

/**
 * Poetry takes a package of a standard list from where its own table says
 * (https://python-poetry.org/docs/dependency-specification/#projectdependencies-and-toolpoetrydependencies), but what a
 * table says of some environments alone leaves the others to the registry.
 */
function sourcesIn(tables: readonly Node[], root: Node | undefined): SourcesByName {
  const urls = indexUrls(root, 'tool', 'poetry', 'source');
  const sources = new Map<string, DependencySource>();
  for (const { key, value } of tables.flatMap((table) => entriesAt(table))) {
    const choices = sourcesOf(value, urls);
    const [source] = choices;
    if (source !== undefined && choices.length === 1 && holdsEverywhere(value))
      sources.set(pypi.canonical(key.value), source);
  }
  return sources;
}

/** https://python-poetry.org/docs/dependency-specification/#multiple-constraints-dependencies */
function holdsEverywhere(value: Node): boolean {
  const items = value.kind === 'list' ? value.items : [value];
  return items.some((item) =>
    ['markers', 'platform', 'python'].every((key) => select(item, key).length === 0),
  );
}
