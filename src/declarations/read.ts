import type { Files } from '../model/language.ts';
import type {
  ContentFormat,
  Dependency,
  FurtherFile,
  Generation,
  Inclusion,
  ListNaming,
  ManifestContents,
  ManifestFormat,
  RangeLinking,
  RegistryLine,
  RegistryUse,
  TableSources,
} from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/status.ts';
import { fileEnding, fileName } from '../text/file-names.ts';
import { LineIndex } from '../text/lines.ts';
import { folderOf, joinPath } from '../text/paths.ts';
import { DeclaredLines } from './declared-lines.ts';

/** The formats that manifests are read in, and how those are told whose names say nothing. */
export interface ManifestFormats {
  readonly formats: readonly ManifestFormat[];
  /** Of files that others include by any name. */
  readonly included: ManifestFormat;
  /** Of files that others name as constraints, by any name. */
  readonly constrained: ManifestFormat;
  /** Of programs that others import lists from. */
  readonly lists: ManifestFormat;
  readonly content: readonly ContentFormat[];
  readonly naming: ListNaming;
  /** May a file that no format claims be a manifest? Those of which nobody looks at the text are none, nor are programs. */
  readonly mayHoldLines: (path: string) => boolean;
  /** May it be one where a command names it as a list? What may hold lines may. */
  readonly mayBeNamed: (path: string) => boolean;
}

/** A dependency line with the manifest that holds it. */
export interface DeclaredDependency {
  readonly dependency: Dependency;
  readonly at: DeclarationPlace;
}

/** The lines that a program wrote because other manifests ask for their packages, directly or by way of others. */
export interface LockedLines {
  /** The manifests that the program was told to read. */
  readonly sources: readonly string[];
  /** Those, those of the project's packages that the file says need a line, and what they include. */
  readonly manifests: readonly string[];
  readonly all: readonly DeclaredDependency[];
  /** The same lines, to look one up. */
  readonly lines: DeclaredLines;
  /** The names of which the file says why they stand in it, down to a line of these manifests. */
  readonly explained: ReadonlySet<string>;
  readonly requirers: Generation['requirers'];
  /** @returns The names, and those that packages of these names need as the file says, and so on, as far as `accepts` goes. */
  readonly neededBy: (names: Iterable<string>, accepts: (name: string) => boolean) => ReadonlySet<string>;
}

/** A further file that a manifest names. */
export interface ReadInclusion {
  /** From the root; the path as written where it leads out of the repository. */
  readonly path: string;
  readonly isConstraint: boolean;
  readonly line: number;
}

/** What one manifest says. Paths are relative to the root. */
export interface ReadManifest {
  /** The package that the manifest itself describes. */
  readonly defines: Package | null;
  readonly path: string;
  readonly format: ManifestFormat;
  /** Globs of the workspace's folders, relative to the manifest's own. */
  readonly members: readonly string[];
  readonly declared: readonly DeclaredDependency[];
  /** The same lines, to look one up. */
  readonly lines: DeclaredLines;
  /** Lines that declare nothing, as those of a lockfile; null where no program wrote it from manifests of the project. */
  readonly locked: LockedLines | null;
  readonly tables: TableSources | null;
  readonly linking?: RangeLinking;
  /** What it says of the program that wrote it. */
  readonly generation: Generation | null;
  readonly registries: readonly RegistryLine[];
  /** What the lines serve that name the ecosystem's own registry. */
  readonly usualRegistries: readonly RegistryUse[];
  readonly withoutIndex: ManifestContents['withoutIndex'];
  readonly channels: readonly string[];
  readonly includes: readonly string[];
  readonly constraints: readonly string[];
  /** Further settings, which are read in the manifest's own format, and import maps that are manifests. */
  readonly further: readonly string[];
  /** Where it names these files, and others that are not there. */
  readonly inclusions: readonly ReadInclusion[];
}

/** The files of a state, the formats that they are read in, and that of one file where others decide it. */
export interface ManifestReading {
  readonly files: Files;
  readonly formats: ManifestFormats;
  readonly format?: ManifestFormat;
}

/**
 * Reads the manifest at a path. An included file has no format of its own: it is read as the manifest that
 * includes it.
 *
 * @returns What it says: nothing where there is no such file.
 */
export async function readManifest(path: string, reading: ManifestReading): Promise<ReadManifest> {
  const { files, formats } = reading;
  const text = await files.text(path);
  const format =
    reading.format ??
    formatOf(path, formats.formats) ??
    (await (await import('./unnamed-manifests.ts')).toldFormat(path, text, formats)) ??
    includedFormat(path, formats);
  if (text === undefined) {
    const lines = new DeclaredLines([]);
    const nothing = {
      members: [],
      declared: [],
      lines,
      registries: [],
      usualRegistries: [],
      withoutIndex: [],
      channels: [],
      includes: [],
      constraints: [],
      further: [],
      inclusions: [],
    };
    return { defines: null, tables: null, locked: null, generation: null, path, format, ...nothing };
  }
  const contents = await format.read(path, text);
  const places = new LineIndex(text);
  const declared = contents.dependencies.map((dependency) => ({
    dependency,
    at: { file: path, line: places.locate(dependency.span.start).line },
  }));
  return {
    defines: contents.defines === null ? null : { ecosystem: format.ecosystem, name: contents.defines },
    path,
    format,
    members: contents.members,
    declared,
    lines: new DeclaredLines(declared),
    locked: null,
    tables: contents.tables,
    ...(contents.linking && { linking: contents.linking }),
    generation: contents.generation,
    registries: contents.registries,
    usualRegistries: contents.usualRegistries,
    withoutIndex: contents.withoutIndex,
    channels: contents.channels,
    ...(await inclusionsOf(path, contents, { ...reading, places })),
  };
}

/** A file that a program may read counts where it is a list that nothing else tells, and one that it may import as it is. */
async function inclusionsOf(
  path: string,
  { includes, constraints, further = [] }: Pick<ManifestContents, 'includes' | 'constraints' | 'further'>,
  { files, formats, places }: ManifestReading & { places: LineIndex },
): Promise<Pick<ReadManifest, 'includes' | 'constraints' | 'further' | 'inclusions'>> {
  const targetsOf = (list: readonly Inclusion[]) =>
    list.flatMap((inclusion) => targetOf(path, inclusion) ?? []);
  const possiblePaths = targetsOf(includes.filter(({ isPossible }) => isPossible === true));
  const present = await files.existing(possiblePaths);
  const isCounted = async (target: string) => {
    if (formats.lists.matches(target)) return true;
    if (!present.has(target) || !formats.mayHoldLines(target)) return false;
    if (formatOf(target, formats.formats) !== undefined) return false;
    return formats.naming.isList((await files.text(target)) ?? '');
  };
  const readLists = new Set<string>();
  for (const target of possiblePaths) if (await isCounted(target)) readLists.add(target);
  const namedFiles: readonly (readonly Inclusion[])[] = [[...includes, ...further], constraints];
  const inclusions = namedFiles.flatMap((list, at) =>
    list.flatMap((inclusion): ReadInclusion[] => {
      const target = targetOf(path, inclusion) ?? inclusion.path;
      if (inclusion.isPossible === true && !readLists.has(target)) return [];
      return [{ path: target, isConstraint: at === 1, line: places.locate(inclusion.span.start).line }];
    }),
  );
  const certainPaths = targetsOf(includes.filter(({ isPossible }) => isPossible !== true));
  const includedPaths = [...new Set([...certainPaths, ...readLists])];
  return {
    includes: includedPaths,
    constraints: targetsOf(constraints),
    further: further.flatMap((file) => furtherManifest(path, file, formats.formats)),
    inclusions,
  };
}

/** An import map is a manifest where its name says so; every other one is told as what says where names lead. */
function furtherManifest(
  manifest: string,
  file: FurtherFile,
  formats: readonly ManifestFormat[],
): readonly string[] {
  const target = targetOf(manifest, file);
  const isManifest =
    target !== undefined && (file.kind === 'settings' || formatOf(target, formats) !== undefined);
  return isManifest ? [target] : [];
}

/**
 * @param manifest The path of the manifest that names a file.
 * @returns Where it leads, from the root; undefined where it leads out of the repository. Windows writes paths with backslashes.
 */
export function targetOf(manifest: string, { path }: Pick<Inclusion, 'path'>): string | undefined {
  const plainPath = path.replaceAll('\\', '/');
  const target = /^(?:\/|[a-z]:)/i.test(plainPath) ? undefined : joinPath(folderOf(manifest), plainPath);
  return target === '' ? undefined : target;
}

/** @returns The format that claims a path; undefined where the name is not that of a manifest. */
export function formatOf(path: string, formats: readonly ManifestFormat[]): ManifestFormat | undefined {
  return formatsNamed(fileName(path).toLowerCase(), formats).find((format) => format.matches(path));
}

/** @returns Whether a path is that of a manifest which counts in the folder of a package that the project connects. */
export function isOfPackage(path: string, formats: readonly ManifestFormat[]): boolean {
  const format = formatOf(path, formats);
  return format !== undefined && (format.makesPackage || format.isOfMember);
}

/** The formats of a list by the names that they have, without capitals, and by what further names of theirs end with. */
interface FormatsByName {
  readonly named: ReadonlyMap<string, readonly ManifestFormat[]>;
  readonly ending: ReadonlyMap<string, readonly ManifestFormat[]>;
}

const formatsByName = new WeakMap<readonly ManifestFormat[], FormatsByName>();

/**
 * Runs ask about every path of a repository, and few names are those of a format.
 *
 * @param name Of a file, without capitals.
 * @returns The formats that it may be of, in the list's order.
 */
function formatsNamed(name: string, formats: readonly ManifestFormat[]): readonly ManifestFormat[] {
  const byName = formatsByName.get(formats) ?? groupedByName(formats);
  formatsByName.set(formats, byName);
  const named = byName.named.get(name);
  const ending = byName.ending.get(fileEnding(name));
  if (named === undefined || ending === undefined) return named ?? ending ?? [];
  return formats.filter((format) => named.includes(format) || ending.includes(format));
}

/** One pass over the formats: nearly every run does this, and few ask for more than a handful of names. */
function groupedByName(formats: readonly ManifestFormat[]): FormatsByName {
  const [named, ending] = [new Map<string, ManifestFormat[]>(), new Map<string, ManifestFormat[]>()];
  for (const format of formats) {
    for (const name of format.fileNames) add(named, name.toLowerCase(), format);
    for (const path of format.paths) add(named, fileName(path).toLowerCase(), format);
    for (const end of format.furtherEndings) add(ending, end, format);
  }
  return { named, ending };
}

function add(groups: Map<string, ManifestFormat[]>, key: string, format: ManifestFormat): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [format]);
  else group.push(format);
}

/**
 * pip includes files of any name. One that is named like a list may be one although a line of it is broken; every other one
 * has to look like a list before anybody asks whether a manifest includes it.
 */
export function mayBeIncluded(path: string): boolean {
  const name = fileName(path);
  return name.includes('.') ? LIST_ENDINGS.has(fileEnding(name)) : /req|dep|pip|pack/i.test(name);
}

const LIST_ENDINGS = new Set(['txt', 'in', 'pip', 'list', 'lst', 'req', 'reqs', 'requirements']);

/**
 * @returns Whether a file may be a manifest, told by its name alone: a program that no format claims is none, and few other files
 *   are ruled out.
 */
export function mayBeManifest(path: string, { formats, lists, mayBeNamed }: ManifestFormats): boolean {
  return formatOf(path, formats) !== undefined || lists.matches(path) || mayBeNamed(path);
}

/** @returns Whether a file's name is that of a manifest, or of a list that a manifest may take in. */
export function hasManifestName(path: string, formats: readonly ManifestFormat[]): boolean {
  return formatOf(path, formats) !== undefined || mayBeIncluded(path);
}

/** @returns The format of a file that others include, and no format claims. */
export function includedFormat(path: string, { included, lists }: ManifestFormats): ManifestFormat {
  return lists.matches(path) ? lists : included;
}
