import { byHand, type LineEdits, type ManifestEditor, type NewDependency } from '../model/manifest-editor.ts';
import type { Dependency, Inclusion, ManifestContents, ManifestFormat } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { LONGEST_DATA, tooLong } from '../text/longest.ts';
import { applySplices } from '../text/text-edit.ts';
import { packageOf } from './index.ts';

/** A manifest as its format reads it. */
export interface ReadManifest {
  readonly path: string;
  readonly text: string;
  readonly format: ManifestFormat;
  readonly contents: ManifestContents;
}

/** Reads a manifest whose lines are to be changed. */
export async function readManifest(
  path: string,
  text: string,
  format: ManifestFormat,
): Promise<ReadManifest> {
  return { path, text, format, contents: await format.read(path, text) };
}

/** What one edit does to the lines of a manifest, which are numbered in the order of the text. */
type LineChange =
  | { readonly kind: 'add'; readonly package: Package }
  | { readonly kind: 'rename'; readonly at: number; readonly package: Package }
  | { readonly kind: 'remove'; readonly at: number };

/** @returns The edits that declare a package in a manifest, or why there are none. */
export async function lineAdded(manifest: ReadManifest, dependency: NewDependency): Promise<LineEdits> {
  const { package: added } = dependency;
  return changed(manifest, { kind: 'add', package: added }, (editor) =>
    editor.add(manifest.text, dependency),
  );
}

/**
 * Works out how one line declares another package of the same ecosystem. Where a line of the same list or table declares
 * that already, for the same purpose and under the same condition, the line goes.
 *
 * @param line One of the lines of the manifest.
 */
export async function lineReplaced(
  manifest: ReadManifest,
  line: Dependency,
  target: Package,
): Promise<LineEdits> {
  if (line.isOfExtra === true)
    return byHand('an extra of the package in that line asks for it: take the extra out');
  const twin = await twinOf(manifest, line, target);
  if (twin === 'other')
    return byHand(`its list has ${target.name} under another condition or from another place: choose one`);
  if (twin === 'same') return lineRemoved(manifest, line);
  if (line.source.kind !== 'registry' || line.specifier === '')
    return byHand(`it comes from elsewhere than the registry: write where ${target.name} comes from`);
  const at = manifest.contents.dependencies.indexOf(line);
  return changed(manifest, { kind: 'rename', at, package: target }, (editor) =>
    editor.rename(manifest.text, line, target.name),
  );
}

/** @returns The edits that take one line of a manifest out, or why there are none. */
export async function lineRemoved(manifest: ReadManifest, line: Dependency): Promise<LineEdits> {
  if (line.isOfExtra === true)
    return byHand('an extra of the package in that line asks for it: take the extra out');
  const at = manifest.contents.dependencies.indexOf(line);
  return changed(manifest, { kind: 'remove', at }, (editor) => editor.remove(manifest.text, line));
}

/** @returns Whether the list or table of a line declares a package already: in its place, or in some cases alone. */
async function twinOf(
  { text, format, contents }: ReadManifest,
  line: Dependency,
  target: Package,
): Promise<'none' | 'same' | 'other'> {
  if (format.editing.kind === 'byHand') return 'none';
  const editor = await format.editing.load();
  const place = await editor.placeOf(text, line);
  let twin: 'none' | 'other' = 'none';
  for (const twinLine of contents.dependencies.filter((dependency) => declares(dependency, target))) {
    const twinPlace = await editor.placeOf(text, twinLine);
    // Whether two lines that can't be placed belong together is for people to say.
    if (place !== null && twinPlace !== null && twinPlace.group !== place.group) continue;
    const isInPlace =
      twinLine.source.kind === 'registry' &&
      twinLine.optional === line.optional &&
      place !== null &&
      twinPlace !== null &&
      ['', place.condition].includes(twinPlace.condition);
    if (isInPlace) return 'same';
    twin = 'other';
  }
  return twin;
}

/** @returns Whether a line takes a package, under whatever name. */
export function declares(
  { ecosystem, name, specifier }: Dependency,
  { ecosystem: id, name: target }: Package,
): boolean {
  return ecosystem === id && packageOf(ecosystem, name ?? specifier).name === target;
}

/** Whatever an editor plans, the changed text is read again: what it declares has to differ in that one line alone. */
async function changed(
  manifest: ReadManifest,
  change: LineChange,
  planOf: (editor: ManifestEditor) => Promise<LineEdits>,
): Promise<LineEdits> {
  const { path, text, format, contents } = manifest;
  if (format.editing.kind === 'byHand') return format.editing;
  if (text.length > LONGEST_DATA) return byHand(`${tooLong}: find the line and change it yourself`);
  if (contents.generation !== null) return byHand(generatedText(contents.generation.sources));
  const plan = await planOf(await format.editing.load());
  if (plan.kind === 'byHand') return plan;
  const newContents = await format.read(path, applySplices(text, plan.edits));
  return isExactly(change, contents, newContents) ? plan : byHand(MORE);
}

const MORE =
  'an edit of it would also change what other lines declare, or what else the manifest says: change them together';

function generatedText(sources: readonly string[]): string {
  const source = sources.length === 0 ? 'the manifest that it was compiled from' : sources.join(', ');
  return `a program wrote this file: change ${source}, and compile it again`;
}

/** Does a manifest say what it said before, but for one line? */
function isExactly(
  change: LineChange,
  { dependencies: old, ...oldContents }: ManifestContents,
  { dependencies, ...contents }: ManifestContents,
): boolean {
  if (!isEqual(otherTexts(oldContents), otherTexts(contents))) return false;
  const [oldLines, lines] = [old.map(lineText), dependencies.map(lineText)];
  if (change.kind === 'remove') return isEqual(oldLines.toSpliced(change.at, 1), lines);
  if (change.kind === 'rename') {
    const line = old[change.at];
    const { name } = change.package;
    return (
      line !== undefined &&
      isEqual(oldLines.with(change.at, lineText({ ...line, name, specifier: name })), lines)
    );
  }
  const added = dependencies.findIndex(
    (line, at) => isNew(line, change.package) && isEqual(lines.toSpliced(at, 1), oldLines),
  );
  return added !== -1;
}

function isNew({ ecosystem, name, specifier, source, optional }: Dependency, added: Package): boolean {
  const isNamed = ecosystem === added.ecosystem && name === added.name && specifier === added.name;
  return isNamed && source.kind === 'registry' && !optional;
}

/** All that a line says, but where it stands. */
function lineText(line: Dependency): string {
  const parts = Object.entries(line).filter(([key]) => key !== 'span');
  return JSON.stringify(parts.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What a manifest says besides its lines. */
function otherTexts(contents: Omit<ManifestContents, 'dependencies'>): readonly string[] {
  const { defines, members, linking, tables, includes, constraints, channels, withoutIndex } = contents;
  const isCompiled = contents.generation !== null;
  const tableEntries = tables && [[...tables.sources], [...tables.indexes], tables.members];
  return [
    withoutPlaces([
      defines,
      members,
      linking,
      tableEntries,
      pathsOf(includes),
      pathsOf(constraints),
      channels,
      withoutIndex,
      isCompiled,
    ]),
    ...contents.usualRegistries.map(withoutPlaces),
    ...contents.registries.map(withoutPlaces),
    ...contents.broken.map(({ message }) => message),
  ];
}

/** @returns The files that are named; a string of a program that could name one may be a requirement. */
function pathsOf(inclusions: readonly Inclusion[]): readonly string[] {
  return inclusions.flatMap(({ path, isPossible }) => (isPossible === true ? [] : [path]));
}

/** A text of a value in which nothing says where it stands. */
function withoutPlaces(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (key === 'span' ? undefined : inner));
}

function isEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, at) => text === right[at]);
}
