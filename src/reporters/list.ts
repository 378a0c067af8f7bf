import type { Fault } from '../model/fault.ts';
import { purl } from '../model/package.ts';
import type { JudgedReference } from '../model/status.ts';
import { jsonText } from '../text/escape.ts';
import { faultData } from './json.ts';

/** @returns What `list --format json` prints: every reference in one flat row; `schema/list.schema.json` describes it. */
export function listJson(references: readonly JudgedReference[], faults: readonly Fault[]): string {
  return `${jsonText(listData(references, faults))}\n`;
}

/** @returns An inventory as data. */
export function listData(references: readonly JudgedReference[], faults: readonly Fault[]) {
  return { schemaVersion: 1, references: references.map(row), faults: faults.map(faultData) } as const;
}

function row({ file, language, reference, judged }: JudgedReference) {
  const { kind, specifier, names, origin, optional, place } = reference;
  return {
    file,
    line: place.line,
    column: place.column,
    cell: place.cell,
    language,
    kind,
    specifier,
    names,
    origin: origin.kind,
    package: judged && purl(judged.package),
    standing: judged?.standing.kind ?? null,
    optional,
  };
}
