import { pypi } from '../names.ts';
import type { DependencySource } from '../../../model/manifest.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, textsAt } from '../../../documents/document.ts';
import { comparableMarker } from './markers.ts';
import { indexUrls, sourcesOf } from './python-tables.ts';

/** The list that names a package: that of an extra, that of a group, or another one. */
export interface ListName {
  readonly extra?: string;
  readonly group?: string;
}

/**
 * Reads `sources`, which gives sources to packages that the lists name
 * (https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources). One may hold under a marker, or for an
 * extra or a group alone: what no source holds for comes from where all packages do.
 *
 * @param parentPath The keys that lead to the settings.
 * @returns By the canonical names of packages; of several sources the first one that is foreign.
 */
export function uvSources(
  root: Node | undefined,
  parentPath: readonly string[],
  list: ListName = {},
): ReadonlyMap<string, DependencySource> {
  const urls = indexUrls(root, ...parentPath, 'index');
  const sources = new Map<string, DependencySource>();
  for (const { key, value } of entriesAt(root, ...parentPath, 'sources')) {
    const items = value.kind === 'list' ? value.items : [value];
    const choices = items.flatMap((item) =>
      sourcesOf(item, urls).map((source) => ({ source, ...conditionOf(item) })),
    );
    const source = chosen(choices, list);
    if (source !== undefined) sources.set(pypi.canonical(key.value), source);
  }
  return sources;
}

interface Choice extends ListName {
  readonly source: DependencySource;
  readonly marker: string;
}

function conditionOf(item: Node): Omit<Choice, 'source'> {
  const [marker, extra, group] = ['marker', 'extra', 'group'].map((key) => textsAt(item, key)[0]?.value);
  return {
    marker: comparableMarker(marker ?? ''),
    ...(extra !== undefined && { extra: pypi.canonical(extra) }),
    ...(group !== undefined && { group: pypi.canonical(group) }),
  };
}

function chosen(choices: readonly Choice[], list: ListName): DependencySource | undefined {
  const fitting = choices.filter(
    ({ extra, group }) =>
      (extra === undefined || extra === list.extra) && (group === undefined || group === list.group),
  );
  const counting = fitting.length > 0 ? fitting : choices;
  const foreign = counting.find(({ source }) => source.kind === 'foreign');
  const [first] = counting;
  if (foreign?.source.kind !== 'foreign') return first?.source;
  const isWhole = fitting.length > 0 && !hasRest(fitting);
  return isWhole ? foreign.source : { ...foreign.source, within: withinOf(counting) };
}

/** Markers that exclude each other and leave nothing out are told where they compare one variable with one value. */
function hasRest(choices: readonly Choice[]): boolean {
  if (choices.some(({ source }) => source.kind === 'registry')) return true;
  const markers = new Set(choices.map(({ marker }) => marker));
  return !markers.has('') && ![...markers].some((marker) => markers.has(opposite(marker) ?? ''));
}

const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
]);

function opposite(marker: string): string | undefined {
  const [, variable, operator = '', value] = /^([a-z_]+) ([=!<>]=?) ('[^']*')$/.exec(marker) ?? [];
  const opposed = OPPOSITES.get(operator);
  return variable === undefined || value === undefined || opposed === undefined
    ? undefined
    : `${variable} ${opposed} ${value}`;
}

function withinOf(choices: readonly Choice[]): string {
  const conditions = choices
    .filter(({ source }) => source.kind !== 'registry')
    .map(({ marker, extra, group }) => marker || `extra ${extra ?? ''} or group ${group ?? ''}`);
  return [...new Set(conditions)].join(' or ');
}
