import { packageOf } from '../ecosystems/index.ts';
import { toldFormat as formatOfText } from '../declarations/unnamed-manifests.ts';
import { contentFormats, formatOf, includeFormat } from '../ecosystems/manifest-formats.ts';
import type { Dependency, ManifestContents, ManifestFormat } from '../model/manifest.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import { LineIndex } from '../text/lines.ts';
import { applySplices } from '../text/text-edit.ts';
import type { FileText } from './file-references.ts';
import type { Exchange, ManualChange } from './exchange.ts';

/** A manifest as it was read. */
interface ReadManifest {
  readonly file: FileText;
  readonly format: ManifestFormat;
  readonly contents: ManifestContents;
  readonly lines: LineIndex;
}

/**
 * Says how people should change the lines of a manifest that declare a package: no line is edited here, because a line
 * can hold more than one dependency, and a dependency more than one line.
 *
 * @param references Those of the manifest that use the package.
 */
export async function manifestChanges(
  file: FileText,
  references: readonly Reference[],
  exchange: Exchange,
): Promise<readonly ManualChange[]> {
  if (references.length === 0) return [];
  const toldFormat = await formatOfText(file.path, file.text, { content: contentFormats });
  const format = formatOf(file.path) ?? toldFormat ?? includeFormat;
  const contents = await format.read(file.path, file.text);
  const manifest = { file, format, contents, lines: new LineIndex(file.text) };
  return Promise.all(references.map((reference) => changeOf(reference, manifest, exchange)));
}

async function changeOf(
  { place }: Reference,
  manifest: ReadManifest,
  { replaced, target }: Exchange,
): Promise<ManualChange> {
  const text = manifest.lines.excerpt(place.line);
  const change = (reason: string, correction: string | null = null): ManualChange => {
    return { kind: 'manual', place, reason, line: text === null ? null : { text, correction } };
  };
  const [old, label] = [packageLabel(replaced), packageLabel(target.package)];
  if (target.isBuiltin) return change(`remove ${old}, because ${label} is built in`);
  if (target.package.ecosystem !== replaced.ecosystem)
    return change(`${label} belongs to another ecosystem than ${old}`);
  const twin = lineDeclaring(target.package, manifest);
  if (twin !== null)
    return change(
      `line ${String(twin)} declares ${label} already: remove ${old}, or rename it if the two belong to different groups`,
    );
  const renamed = await renamedText(manifest.lines.spanOf(place).start, manifest, target.package);
  return renamed === null
    ? change(`replace ${old} with ${label} and choose the versions`)
    : change('choose the versions as well', new LineIndex(renamed).excerpt(place.line));
}

/** @returns The number of the first line that declares a package; null where none does. */
function lineDeclaring(target: Package, { contents, lines }: ReadManifest): number | null {
  const twin = contents.dependencies.find((dependency) => declares(dependency, target));
  return twin ? lines.locate(twin.span.start).line : null;
}

/** @returns The text in which one name is another one; null where that would change more, or less, than one dependency. */
async function renamedText(
  start: number,
  { file: { path, text }, format, contents }: ReadManifest,
  target: Package,
): Promise<string | null> {
  const at = contents.dependencies.findIndex(({ span }) => span.start === start);
  const dependency = contents.dependencies[at];
  if (dependency === undefined) return null;
  if (text.slice(start, dependency.span.end) !== dependency.specifier) return null;
  const renamed = applySplices(text, [{ ...dependency.span, text: target.name }]);
  const { dependencies, broken } = await format.read(path, renamed);
  const isRenamed = dependencies.every((dependencyNow, index) => {
    const old = contents.dependencies[index];
    return index === at ? declares(dependencyNow, target) : old !== undefined && isSame(dependencyNow, old);
  });
  const isWhole = dependencies.length === contents.dependencies.length && broken.length === 0;
  return isWhole && isRenamed ? renamed : null;
}

function declares(
  { ecosystem, name, specifier }: Dependency,
  { ecosystem: id, name: targetName }: Package,
): boolean {
  return ecosystem === id && packageOf(ecosystem, name ?? specifier).name === targetName;
}

function isSame(left: Dependency, right: Dependency): boolean {
  const keyOf = ({ ecosystem, name, specifier, source, optional }: Dependency) =>
    JSON.stringify([ecosystem, name, specifier, source, optional]);
  return keyOf(left) === keyOf(right);
}
