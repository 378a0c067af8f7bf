import type { Fault } from '../model/fault.ts';
import { purl } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { jsonText } from '../text/escape.ts';
import { faultData } from './json.ts';

/** @returns What `list --format json` prints: every reference in one flat row; `schema/list.schema.json` describes it. */
export function listJson(references: readonly ReferenceWithStatus[], faults: readonly Fault[]): string {
  return `${jsonText(listData(references, faults))}\n`;
}

/** @returns An inventory as data. */
export function listData(references: readonly ReferenceWithStatus[], faults: readonly Fault[]) {
  return { schemaVersion: 1, references: references.map(row), faults: faults.map(faultData) } as const;
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
