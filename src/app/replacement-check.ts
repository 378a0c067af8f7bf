import { packageLabel } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { manualChange, type Exchange, type ManualChange, type SpecifierEdit } from './exchange.ts';
import { referencesIn, type FileReferences, type FileText } from './file-references.ts';
import type { OpenedProject } from './project.ts';
import type { ReplacementTarget } from './replacement-targets.ts';
import { editKey, type TextParts } from './text-parts.ts';

/** A project that is compared with no base, so that every reference of its files counts. */
export type WholeProject = Pick<OpenedProject, 'scope' | 'analysisOptions' | 'policy'>;

/** A text with what was read in it. */
export interface ReadText {
  readonly file: FileText;
  readonly contents: FileReferences;
  readonly parts: TextParts;
}

/** What is exchanged, and in which project. */
export interface Circumstances {
  readonly exchange: Exchange;
  readonly project: WholeProject;
}

/** Edits that do what they should, and places where they would not. */
export interface CheckedEdits {
  readonly sure: readonly SpecifierEdit[];
  readonly refused: readonly ManualChange[];
}

/** A reference before the edits and after them, with the edit of its specifier. */
interface ReferencePair {
  readonly original: Reference;
  readonly result: Reference | undefined;
  readonly edit: SpecifierEdit | undefined;
}

/**
 * Reads the edited text: each edited reference has to lead to the other package then, and all others where they led.
 *
 * @returns The edits of which that is so; all are refused where the text would be read in another way.
 */
export async function checkedEdits(
  edits: readonly SpecifierEdit[],
  text: ReadText,
  { exchange: { target }, project }: Circumstances,
): Promise<CheckedEdits> {
  if (edits.length === 0) return { sure: [], refused: [] };
  const { path } = text.file;
  const newContents = await referencesIn({ path, text: text.parts.edited(edits) }, project);
  const pairs = pairsOf(text, newContents.references, edits);
  const isUnchanged =
    newContents.references.length === pairs.length &&
    newContents.isBroken === text.contents.isBroken &&
    pairs.every(({ edit, ...pair }) => edit !== undefined || leadsAlike(pair));
  return isUnchanged
    ? withoutFailing(edits, pairs, target)
    : { sure: [], refused: edits.map(({ place }) => manualChange(place, readOtherwise)) };
}

function withoutFailing(
  edits: readonly SpecifierEdit[],
  pairs: readonly ReferencePair[],
  target: ReplacementTarget,
): CheckedEdits {
  const failing = new Map<SpecifierEdit, Reference>();
  for (const { edit, result } of pairs)
    if (edit && result && !leadsTo(result, target)) failing.set(edit, result);
  return {
    sure: edits.filter((edit) => !failing.has(edit)),
    refused: [...failing].map(([{ place }, reference]) => manualChange(place, elsewhereText(reference))),
  };
}

const readOtherwise = 'the file would be parsed differently afterwards';

/** An edit puts no reference before or behind another one. */
function pairsOf(
  { contents, parts }: ReadText,
  newReferences: readonly ReferenceWithStatus[],
  edits: readonly SpecifierEdit[],
): readonly ReferencePair[] {
  const editsByKey = new Map(edits.map((edit) => [editKey(edit), edit]));
  return contents.references.map(({ reference }, at) => {
    const { kind, place } = reference;
    const span = kind === 'dependency' ? undefined : parts.at(place)?.lines.spanOf(place);
    const edit = span && editsByKey.get(editKey({ place, start: span.start }));
    return { original: reference, result: newReferences[at]?.reference, edit };
  });
}

function leadsAlike({ original: left, result: right }: Omit<ReferencePair, 'edit'>): boolean {
  if (left.specifier !== right?.specifier) return false;
  return JSON.stringify(left.origin) === JSON.stringify(right.origin);
}

function leadsTo({ origin }: Reference, { package: target, isBuiltin }: ReplacementTarget): boolean {
  if (isBuiltin) return origin.kind === 'builtin';
  if (origin.kind !== 'package') return false;
  const label = packageLabel(target);
  return [origin.package, ...origin.alternatives].some((candidate) => packageLabel(candidate) === label);
}

function elsewhereText({ specifier, origin }: Reference): string {
  switch (origin.kind) {
    case 'local':
      return `“${specifier}” is ${origin.file ?? 'a module of the project’s own'} here`;
    case 'package':
      return `“${specifier}” leads to ${packageLabel(origin.package)} here`;
    case 'builtin':
    case 'ambient':
      return `“${specifier}” is provided by ${origin.host} here`;
    case 'missing':
      return `“${specifier}” leads to ${origin.module.path} here, which is not a file of the project`;
    case 'unknown':
      return `cannot determine where “${specifier}” leads: ${origin.reason}`;
  }
}
