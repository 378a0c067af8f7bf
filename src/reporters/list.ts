import type { Inventory, ListedPackage } from '../model/inventory.ts';
import { purl } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import { entryOf, type ReferenceWithStatus } from '../model/status.ts';
import { jsonText } from '../text/escape.ts';
import { faultData } from './json.ts';

/** What is written as data: sentences are for people. */
type Listed = Omit<Inventory, 'notes'>;

/** @returns What `list --format json` prints, in flat rows; `schema/list.schema.json` describes it. */
export function listJson(inventory: Listed): string {
  return `${jsonText(listData(inventory))}\n`;
}

/** @returns An inventory as data. */
export function listData({ packages, references, faults }: Listed) {
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

function row({ file, language, reference, judged: packageStatus }: ReferenceWithStatus) {
  const { specifier, names, origin, optional, place } = reference;
  return {
    file,
    line: place.line,
    column: place.column,
    cell: place.cell,
    language,
    kind: listedKind(reference),
    specifier,
    names,
    origin: origin.kind,
    package: packageStatus && purl(packageStatus.package),
    status: packageStatus?.status.kind ?? null,
    optional,
  };
}

/** @returns The kind that an inventory tells: what names a package to have it installed is a dependency, as a manifest's line. */
export function listedKind({ form, kind }: Reference): Reference['kind'] {
  return form === 'package' ? 'dependency' : kind;
}
