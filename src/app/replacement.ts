import { languages } from '../languages/index.ts';
import { packageLabel } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import type { Place } from '../model/text.ts';
import { applySplices } from '../text/text-edit.ts';
import { editableText, isUseOf, referencesIn, type FileText } from './file-references.ts';
import {
  manualChange,
  type Exchange,
  type ManualChange,
  type SpecifierEdit,
  type TextReplacement,
} from './exchange.ts';
import { manifestReplacement } from './manifest-replacement.ts';
import { checkedEdits, type Circumstances, type WholeProject, type ReadText } from './replacement-check.ts';
import { packagePartOf } from './replacement-targets.ts';
import { editKey, TextParts, type TextPart } from './text-parts.ts';

/** How a file of the work tree is changed. `edited` is null where nothing of it is. */
export interface FileReplacement {
  readonly file: string;
  readonly edited: TextChange | null;
  readonly manual: readonly ManualChange[];
}

/** The texts of a file before and after it is edited. */
export interface TextChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Looks up where a file of the work tree uses a package at this moment, and works out how each place is changed.
 *
 * @returns Neither an edit nor anything to be done by hand where the file does not use the package, or is gone.
 */
export async function replacementInFile(
  file: string,
  exchange: Exchange,
  project: WholeProject,
): Promise<FileReplacement> {
  const read = await editableText(project.scope.head, file);
  if (read.kind === 'absent') return { file, edited: null, manual: [] };
  if (read.kind === 'unreadable') return { file, edited: null, manual: [manualChange(null, read.reason)] };
  const { edits, manual } = await replacementIn({ path: file, text: read.text }, exchange, project);
  if (edits.length === 0) return { file, edited: null, manual };
  const newText = applySplices(read.text, edits);
  return { file, edited: { file, before: read.mark + read.text, after: read.mark + newText }, manual };
}

/**
 * Replaces a package by another one in a text: in program text the part of each specifier that names the package, in a
 * manifest the lines that declare it, and nothing else. What the program does with the module stays for people to look at.
 * The edited text is read again: whatever would not lead to the other package then is left to people as well.
 */
export async function replacementIn(
  file: FileText,
  exchange: Exchange,
  project: WholeProject,
): Promise<TextReplacement> {
  const { replaced, isMeant = () => true } = exchange;
  const contents = await referencesIn(file, project);
  const meant = contents.references.filter((item) => isUseOf(item, replaced) && isMeant(item.reference));
  if (meant.length === 0 && contents.isBroken)
    return { edits: [], manual: [manualChange(null, 'the file can’t be parsed')] };
  const text = { file, contents, parts: new TextParts(file) };
  const program = meant.filter(({ reference }) => reference.kind !== 'dependency');
  const { edits, manual } = await programChanges(program, text, { exchange, project });
  const declared = meant.map(({ reference }) => reference).filter(({ kind }) => kind === 'dependency');
  const lines = await manifestReplacement(file, declared, exchange);
  return { edits: [...edits, ...lines.edits], manual: [...manual, ...lines.manual] };
}

async function programChanges(
  references: readonly ReferenceWithStatus[],
  text: ReadText,
  circumstances: Circumstances,
): Promise<TextReplacement> {
  const plans = await Promise.all(references.map((item) => planFor(item, text, circumstances)));
  const edits = distinct(plans.filter((plan) => plan.kind === 'edit'));
  const { sure, refused } = await checkedEdits(edits, text, circumstances);
  return { edits: sure, manual: [...plans.filter((plan) => plan.kind === 'manual'), ...refused] };
}

async function planFor(
  item: ReferenceWithStatus,
  text: ReadText,
  circumstances: Circumstances,
): Promise<SpecifierEdit | ManualChange> {
  const { reference } = item;
  const { place, form, approximate } = reference;
  const part = text.parts.at(place);
  if (part === undefined) return manualChange(place, 'it is in a cell of a notebook');
  if (approximate)
    return manualChange(place, 'the file can’t be parsed, so it is unknown whether this is code');
  if (form === 'package') return planForPackage(reference, { part, contents: text.contents }, circumstances);
  const plan = await planForModule(reference, part, circumstances);
  return plan.kind === 'edit' ? withBoundName(plan, item, text) : plan;
}

/** Script metadata and commands that install name the package itself. */
function planForPackage(
  { place, specifier }: Reference,
  { part, contents }: Pick<ReadText, 'contents'> & { readonly part: TextPart },
  { exchange: { replaced, target } }: Circumstances,
): SpecifierEdit | ManualChange {
  const label = packageLabel(target.package);
  if (target.isBuiltin) return manualChange(place, `remove it, because ${label} is built in`);
  if (target.package.ecosystem !== replaced.ecosystem)
    return manualChange(place, `${label} belongs to another ecosystem than ${packageLabel(replaced)}`);
  const isThere = contents.references.some(
    (item) => item.reference.form === 'package' && isUseOf(item, target.package),
  );
  if (isThere) return manualChange(place, `remove it, because the file names ${label} already`);
  return editAt(place, { part: specifier, suffix: '', name: target.package.name }, part);
}

async function planForModule(
  { place, specifier }: Reference,
  text: TextPart,
  { exchange: { replaced, target }, project }: Circumstances,
): Promise<SpecifierEdit | ManualChange> {
  const { module } = target;
  if (module.kind === 'unknown') return manualChange(place, module.reason);
  const part = await packagePartOf(specifier, replaced, project.policy.whitelist.entries);
  if (part === null)
    return manualChange(
      place,
      `“${specifier}” does not begin with a name of ${packageLabel(replaced)} that could be replaced`,
    );
  if (part === module.name)
    return manualChange(place, `${packageLabel(target.package)} provides “${part}” as well, so it stays`);
  const suffix = specifier.slice(part.length);
  if (suffix !== '' && !target.keepsSuffix)
    return manualChange(
      place,
      `it is unknown whether ${packageLabel(target.package)} has “${suffix}” as well`,
    );
  return editAt(place, { part, suffix, name: module.name }, text);
}

/** A name that the import binds, because it is the module’s own, stays bound where the program uses it. */
async function withBoundName(
  edit: SpecifierEdit,
  { reference, language: id }: ReferenceWithStatus,
  { parts }: ReadText,
): Promise<SpecifierEdit | ManualChange> {
  const language = languages.find((candidate) => candidate.id === id);
  const ownNames = await language?.ownNames?.();
  const { place, specifier } = reference;
  const part = parts.at(place);
  if (ownNames === undefined || part === undefined) return edit;
  const { end } = part.lines.spanOf(place);
  const name = ownNames.boundName(reference, part.text.slice(end, end + LONGEST_ALIAS));
  const newName = ownNames.boundName({ ...reference, specifier: edit.specifier }, '');
  if (name === null || name === newName) return edit;
  if (!parts.programAt(place).some((text) => ownNames.isUsed(text, name))) return edit;
  return specifier === name
    ? { ...edit, text: ownNames.renamed(edit.text, name) }
    : manualChange(
        place,
        `the program uses the name “${name}”, which importing ${edit.specifier} would not bind`,
      );
}

/** Longer than what stands between a module and the name that a statement gives to it. */
const LONGEST_ALIAS = 400;

/** Only what stands there letter by letter is replaced; how the rest of a specifier is written does not matter. */
function editAt(
  place: Place,
  { part, suffix, name }: { readonly part: string; readonly suffix: string; readonly name: string },
  { text, lines }: TextPart,
): SpecifierEdit | ManualChange {
  const { start } = lines.spanOf(place);
  const end = start + part.length;
  if (text.slice(start, end) !== part) return manualChange(place, `the text there is not exactly “${part}”`);
  return { kind: 'edit', start, end, text: name, place, specifier: name + suffix };
}

/** One specifier can be several references: the names that a statement imports lead to different packages. */
function distinct(edits: readonly SpecifierEdit[]): readonly SpecifierEdit[] {
  return [...new Map(edits.map((edit) => [editKey(edit), edit])).values()];
}

/** @returns The lines that differ, as a diff shows them; an edit never moves lines between others. */
export function diffLines({ file, before: oldText, after: newText }: TextChange): string[] {
  const [old, next] = [linesOf(oldText), linesOf(newText)];
  let start = 0;
  while (start < old.length && old[start] === next[start]) start++;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end))
    end++;
  const [removedLines, addedLines] = [
    old.slice(start, old.length - end),
    next.slice(start, next.length - end),
  ];
  if (removedLines.length !== addedLines.length)
    return [
      `${file}:${start + 1}`,
      ...removedLines.map((line) => `- ${line}`),
      ...addedLines.map((line) => `+ ${line}`),
    ];
  return removedLines.flatMap((line, at) =>
    line === addedLines[at] ? [] : [`${file}:${start + at + 1}`, `- ${line}`, `+ ${addedLines[at] ?? ''}`],
  );
}

/** A byte-order mark is no part of the first line, and behind the last line break there is none. */
function linesOf(text: string): readonly string[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
