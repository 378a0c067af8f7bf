import { isUseOf, referencesIn, type FileText } from '../app/file-references.ts';
import { replacementIn } from '../app/replacement.ts';
import { replacementTargets, type ReplacementTarget } from '../app/replacement-targets.ts';
import type { OpenedProject } from '../app/project.ts';
import type { Package } from '../model/package.ts';
import type { MissingModule, Reference } from '../model/reference.ts';
import type { Place } from '../model/text.ts';
import { positionText, topSuggestions } from '../reporters/words.ts';
import type { Finding } from '../../rules/index.ts';
import { TextParts } from '../app/text-parts.ts';

/** What can be put in the place of a package, and the edits that do it. */
export interface Replacement {
  /** What stands there afterwards. */
  readonly name: string;
  /** A person named it, in the denial of the package. */
  readonly isDecided: boolean;
  /** How many places of the program use the package, where some of them are written otherwise and stay; null elsewhere. */
  readonly places: number | null;
  /** The lines of the package go, because what is meant is declared beside them. */
  readonly isRemoval: boolean;
  readonly edits: readonly { readonly place: Place; readonly text: string }[];
}

/**
 * Works out what may take the place of a finding’s package in an open text: at every place that is written like its
 * first one.
 *
 * @param project Of the open text; compared with no base.
 */
export async function replacementsFor(
  file: FileText,
  finding: Finding & { readonly package: Package },
  project: OpenedProject,
): Promise<readonly Replacement[]> {
  const { references } = await referencesIn(file, project);
  const packageReferences = references.filter((item) => isUseOf(item, finding.package));
  const isMeant = ({ reference }: (typeof packageReferences)[number]) =>
    finding.places.some((place) => isAt(reference, place));
  const first = packageReferences.find(isMeant);
  if (!first?.judged) return [];
  const { status } = first.judged;
  const replaced = {
    package: finding.package,
    status,
    suggestions: topSuggestions(finding),
    file: file.path,
  };
  const targets = await replacementTargets(replaced, project);
  const replacements = targets.map((target) =>
    replacementOf(file, { replaced: finding.package, target }, { project, first: first.reference }),
  );
  const meant = packageReferences.filter(isMeant).map(({ reference: { place } }) => place);
  const places = new Set(meant.map(positionText));
  return (await Promise.all(replacements))
    .filter(({ edits }) => edits.length > 0)
    .map((replacement) => {
      const isWhole = first.reference.kind === 'dependency' || replacement.edits.length >= places.size;
      return { ...replacement, places: isWhole ? null : places.size };
    });
}

/** @returns What is spelled nearest in place of a module that is not there, wherever the text holds the same specifier. */
export function replacementOfModule(
  file: FileText,
  { specifier, places }: Finding,
  { nearest }: MissingModule,
): readonly Replacement[] {
  if (nearest === null) return [];
  const parts = new TextParts(file);
  const literalPlaces = places.filter((place) => {
    const part = parts.at(place);
    const span = part?.lines.spanOf(place);
    return part?.text.slice(span?.start, span?.end) === specifier;
  });
  if (literalPlaces.length === 0) return [];
  const count = literalPlaces.length < places.length ? places.length : null;
  return [
    {
      name: nearest,
      isDecided: false,
      places: count,
      isRemoval: false,
      edits: literalPlaces.map((place) => ({ place, text: nearest })),
    },
  ];
}

function isAt({ place: { line, column, cell } }: Reference, place: Place): boolean {
  return cell === place.cell && line === place.line && column === place.column;
}

function isWrittenLike({ kind, form, specifier }: Reference): (reference: Reference) => boolean {
  return (reference) =>
    reference.form === form &&
    reference.specifier === specifier &&
    (reference.kind === 'dependency') === (kind === 'dependency');
}

async function replacementOf(
  file: FileText,
  exchange: { readonly replaced: Package; readonly target: ReplacementTarget },
  { project, first }: { readonly project: OpenedProject; readonly first: Reference },
): Promise<Omit<Replacement, 'places'>> {
  const { edits } = await replacementIn(file, { ...exchange, isMeant: isWrittenLike(first) }, project);
  const parts = new TextParts(file);
  return {
    name: edits[0]?.specifier ?? '',
    isDecided: exchange.target.isSubstitute,
    isRemoval: edits.every(({ text }) => text === ''),
    edits: edits.flatMap(({ place, start, end, text }) => {
      const lines = parts.at(place)?.lines;
      return lines === undefined ? [] : [{ place: lines.place({ start, end }, place.cell), text }];
    }),
  };
}
