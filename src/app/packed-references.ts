import type { ListedPackage, ListedReference } from '../model/inventory.ts';
import { purl, type Package } from '../model/package.ts';
import {
  entryOf,
  type ApprovalStatus,
  type PackageStatus,
  type ReferenceWithStatus,
} from '../model/status.ts';

/** A reference of a file, with the number of what was decided about its package; -1 where it leads to none. */
type Row = readonly [
  line: number,
  column: number,
  cell: number | null,
  language: string,
  kind: ListedReference['kind'],
  specifier: string,
  names: readonly string[],
  origin: ListedReference['origin'],
  optional: boolean,
  decision: number,
];

/** What was decided about a package, for references that have it in common. */
interface Decision {
  readonly package: Package;
  status: ApprovalStatus;
  places: number;
  /** The first of these references in the order of files, and of lines in a file. */
  first: readonly [file: number, row: number];
}

/**
 * The references of a whole project in little memory: of each file one text, from which its rows are made when they are asked
 * for. 160,000 references take 20 MB so, as objects five times as much.
 */
export class PackedReferences {
  /** By file, the rows as JSON. */
  readonly #texts = new Map<string, string>();
  readonly #decisions: Decision[] = [];
  readonly #numbers = new Map<string, number>();

  /**
   * @param file A file that was not added before.
   * @param position Where it stands among all files.
   * @param references Those of the file, in any order.
   */
  add(file: string, position: number, references: readonly ReferenceWithStatus[]): void {
    if (references.length === 0) return;
    const rows = references.toSorted(byPlace).map((item, row): Row => {
      const { reference, language, judged: packageStatus } = item;
      const { kind, place, specifier, names, origin, optional } = reference;
      const decision = packageStatus === null ? -1 : this.#decisionOf(file, packageStatus, [position, row]);
      const { line, column, cell } = place;
      return [line, column, cell, language, kind, specifier, names, origin.kind, optional, decision];
    });
    this.#texts.set(file, JSON.stringify(rows));
  }

  /** Says of a package that nobody decided about what it is to a file after all. */
  decide(file: string, { package: subject, status }: PackageStatus): void {
    const number = this.#numbers.get(keyOf(file, { package: subject, status: undecided }));
    const decision = number === undefined ? undefined : this.#decisions[number];
    if (decision !== undefined) decision.status = status;
  }

  /** @returns What was decided about each package, as often as it was decided about differently. */
  decisions(): readonly ListedPackage[] {
    return this.#decisions
      .toSorted(({ first: left }, { first: right }) => left[0] - right[0] || left[1] - right[1])
      .map(({ package: subject, status, places }) => ({ package: subject, status, places }));
  }

  /** Every reference, in the order of files and places. */
  *[Symbol.iterator](): Generator<ListedReference> {
    for (const file of [...this.#texts.keys()].sort()) {
      for (const row of rowsOf(this.#texts.get(file) ?? '[]')) yield this.#reference(file, row);
    }
  }

  #reference(file: string, row: Row): ListedReference {
    const [line, column, cell, language, kind, specifier, names, origin, optional, number] = row;
    const decision = this.#decisions[number];
    const packageStatus =
      decision === undefined ? null : { package: decision.package, status: decision.status.kind };
    return { file, line, column, cell, language, kind, specifier, names, origin, optional, packageStatus };
  }

  #decisionOf(file: string, packageStatus: PackageStatus, place: Decision['first']): number {
    const key = keyOf(file, packageStatus);
    const number = this.#numbers.get(key) ?? this.#decisions.length;
    const decision = this.#decisions[number];
    if (decision === undefined) {
      this.#numbers.set(key, number);
      this.#decisions.push({ ...packageStatus, places: 1, first: place });
      return number;
    }
    decision.places += 1;
    const [position, row] = decision.first;
    if (place[0] < position || (place[0] === position && place[1] < row)) decision.first = place;
    return number;
  }
}

function rowsOf(text: string): readonly Row[] {
  const rows: unknown = JSON.parse(text);
  if (!isRows(rows)) throw new Error('a packed text holds no rows');
  return rows;
}

/** Nobody but this class writes such texts. */
function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value);
}

const undecided: ApprovalStatus = { kind: 'unapproved', requested: null };

/** What nobody decided about is told of file by file: one may have used it before. */
function keyOf(file: string, { package: subject, status }: PackageStatus): string {
  const label = purl(subject);
  if (status.kind === 'unapproved')
    return `${label}\0${status.provides === undefined ? 'unapproved' : 'missing'}\0${file}`;
  const at = 'at' in status ? status.at : entryOf(status);
  return `${label}\0${status.kind}\0${at?.file ?? ''}:${String(at?.line)}`;
}

function byPlace(
  { reference: { place: left } }: ReferenceWithStatus,
  { reference }: ReferenceWithStatus,
): number {
  const { place: right } = reference;
  return (left.cell ?? 0) - (right.cell ?? 0) || left.line - right.line || left.column - right.column;
}
