import type { Inventory, ListedPackage, ListedReference } from '../model/inventory.ts';
import { purl } from '../model/package.ts';
import { entryOf } from '../model/status.ts';
import { jsonText } from '../text/escape.ts';
import { faultData } from './json.ts';

/** What is written as data: sentences are for people. */
type Listed = Omit<Inventory, 'notes'>;

/** In UTF-16 code units: enough rows that few writes are needed, few enough that they take no memory. */
const PART = 2 ** 16;

/**
 * Writes what `list --format json` prints, in flat rows; `schema/list.schema.json` describes it.
 *
 * @param write Takes one part of the text after the other.
 */
export function writeListJson({ packages, references, faults }: Listed, write: (part: string) => void): void {
  // No string of JSON holds a line end, so the first line of this text is the one that is looked for.
  const [start, end] = splitAt(`${jsonText(dataOf(packages, [], faults))}\n`, '\n  "references": []');
  let part = `${start}\n  "references": [`;
  let separator = '';
  for (const reference of references) {
    part += `${separator}\n    ${jsonText(row(reference)).replaceAll('\n', '\n    ')}`;
    separator = ',';
    if (part.length < PART) continue;
    write(part);
    part = '';
  }
  write(`${part}${separator === '' ? ']' : '\n  ]'}${end}`);
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

/** @returns An inventory as data. */
export function listData({ packages, references, faults }: Listed) {
  return dataOf(packages, [...references], faults);
}

function dataOf(
  packages: Listed['packages'],
  references: readonly ListedReference[],
  faults: Listed['faults'],
) {
  return {
    schemaVersion: 1,
    packages: packages.map(packageRow),
    references: references.map(row),
    faults: faults.map(faultData),
  } as const;
}

function packageRow({ package: listed, status, places }: ListedPackage) {
  const entry = entryOf(status);
  return {
    package: purl(listed),
    status: status.kind,
    by: entry?.by ?? null,
    reason: entry?.reason ?? null,
    date: entry?.date ?? null,
    expires: entry?.expires ?? null,
    places,
  };
}

function row(reference: ListedReference) {
  const { file, line, column, cell, language, kind, specifier, names, origin, optional, packageStatus } =
    reference;
  return {
    file,
    line,
    column,
    cell,
    language,
    kind,
    specifier,
    names,
    origin,
    package: packageStatus && purl(packageStatus.package),
    status: packageStatus?.status ?? null,
    optional,
  };
}
