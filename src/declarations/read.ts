import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import type {
  Dependency,
  Generation,
  ManifestContents,
  ManifestFormat,
  RangeLinking,
  RegistryLine,
  RegistryUse,
  TableSources,
} from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/status.ts';
import { LineIndex } from '../text/lines.ts';
import { DeclaredLines } from './declared-lines.ts';

/**
 * The formats that manifests are read in; `included` is that of files which others include by any name, `lists` that of
 * programs which others import lists from.
 */
export interface ManifestFormats {
  readonly formats: readonly ManifestFormat[];
  readonly included: ManifestFormat;
  readonly lists: ManifestFormat;
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
}

/**
 * Reads the manifest at a path. An included file has no format of its own: it is read as the manifest that
 * includes it.
 *
 * @returns What it says: nothing where there is no such file.
 */
export async function readManifest(
  path: string,
  files: Files,
  formats: ManifestFormats,
): Promise<ReadManifest> {
  const format = formatOf(path, formats.formats) ?? includedFormat(path, formats);
  const text = await files.text(path);
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
    includes: contents.includes
      .map((include) => fromRoot(path, include))
      .filter((include) => mayBeIncluded(include) || formats.lists.matches(include)),
    constraints: contents.constraints.map((list) => fromRoot(path, list)),
  };
}

/** @returns The format that claims a path; undefined where the name is not that of a manifest. */
export function formatOf(path: string, formats: readonly ManifestFormat[]): ManifestFormat | undefined {
  return formats.find((format) => format.matches(path));
}

/**
 * pip includes files of any name; only those that are named like lists are followed, so that a change of any
 * other file needs no look at the manifests to know that it declares nothing.
 */
export function mayBeIncluded(path: string): boolean {
  return /(?:^|\/)[^/.]*(?:req|dep|pip|pack)[^/.]*$|\.(?:txt|in|pip|list|lst|reqs?|requirements)$/i.test(
    path,
  );
}

/** @returns The format of a file that others include, and no format claims. */
export function includedFormat(path: string, { included, lists }: ManifestFormats): ManifestFormat {
  return lists.matches(path) ? lists : included;
}

/** @returns A path that a manifest names relative to its own folder, relative to the root. */
function fromRoot(manifest: string, path: string): string {
  return posix.normalize(posix.join(posix.dirname(manifest), path));
}
