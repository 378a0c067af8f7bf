import { ecosystems } from '../ecosystems/index.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { EcosystemId } from '../model/package.ts';
import { quoteForMessage } from '../documents/problems.ts';
import type { RepositoryPath } from '../text/repository-path.ts';
import { coverableWords } from './coverable-words.ts';
import { indexEntries, type Whitelist } from './decide.ts';
import type { WhitelistState } from './diff.ts';
import { whitelistPath, type CoveredWord, type Extension, type WhitelistFile } from './file.ts';
import { readWhitelist } from './read.ts';

/** The whitelist of one snapshot: its file and the files that it, or the config, is extended by. */
export interface LoadedWhitelist extends WhitelistState {
  readonly file: RepositoryPath;
  /** There is no main file; one that can't be read is there, and a fault. */
  readonly isMissing: boolean;
  readonly whitelist: Whitelist;
  /** The ecosystems and places for which the file is the authority, by the words for them. */
  readonly covers: ReadonlySet<string>;
  /** Words of `covers` that this version does not know: what they cover, it can't check. */
  readonly unknownCovers: readonly CoveredWord[];
  /** The paths that were looked at, whether there is a file or not; the main one first. */
  readonly files: readonly RepositoryPath[];
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/** Where the config says that the whitelist is: `configured` are the `extends` of the config. */
export interface WhitelistPaths {
  readonly file: RepositoryPath;
  readonly configured: readonly NamedExtension[];
}

/** A further file, with its path as snapshots know it. */
export interface ExtensionFile extends Extension {
  readonly path: RepositoryPath;
}

/** A further file, and the file that names it. */
interface NamedExtension {
  readonly file: string;
  readonly extension: ExtensionFile;
}

/**
 * Reads the whitelist and the files that extend it, one level deep.
 *
 * @returns The joined entries; a file that is named and not there, or extends further, is a fault.
 */
export async function loadWhitelist(files: Files, paths: WhitelistPaths): Promise<LoadedWhitelist> {
  const text = await files.text(paths.file);
  const main = text === undefined ? undefined : await readOnce(files, paths.file, text);
  const named = [...paths.configured, ...(main === undefined ? [] : extensionsOf(main))];
  const visitedPaths = new Set([paths.file]);
  const read: WhitelistFile[] = main === undefined ? [] : [main];
  const faults: Fault[] = [];
  // One that can't be read (a partial clone may lack it) is not the same as none: without one, manifests approve.
  const isThere = main !== undefined || (await files.existing([paths.file])).has(paths.file);
  if (main === undefined && isThere) faults.push(unreadable(paths.file));
  for (const { file, extension } of named) {
    if (visitedPaths.has(extension.path)) continue;
    visitedPaths.add(extension.path);
    const more = await files.text(extension.path);
    if (more === undefined) faults.push(missing(file, extension));
    else read.push(withoutExtends(await readOnce(files, extension.path, more), faults));
  }
  const entries = read.flatMap((whitelistFile) => whitelistFile.entries);
  const whitelist = indexEntries(entries);
  return {
    file: paths.file,
    exists: main !== undefined,
    isMissing: !isThere,
    entries,
    files: [...visitedPaths],
    whitelist,
    ...coveredBy(main),
    faults: [...read.flatMap((whitelistFile) => whitelistFile.faults), ...faults],
    warnings: [...read.flatMap((whitelistFile) => whitelistFile.warnings), ...whitelist.warnings],
  };
}

/** What was read last of each file of a state. */
const reads = new WeakMap<
  Files,
  Map<string, { readonly text: string; readonly file: Promise<WhitelistFile> }>
>();

/** One state is asked for its policy several times, and hundreds of lines are read in milliseconds. */
function readOnce(files: Files, path: string, text: string): Promise<WhitelistFile> {
  const readsOfState = reads.get(files) ?? new Map<string, { text: string; file: Promise<WhitelistFile> }>();
  reads.set(files, readsOfState);
  const last = readsOfState.get(path);
  if (last?.text === text) return last.file;
  const file = readWhitelist(path, text);
  readsOfState.set(path, { text, file });
  return file;
}

/** A file without `covers` is the authority for the ecosystems that there were before the key. */
function coveredBy(main: WhitelistFile | undefined): Pick<LoadedWhitelist, 'covers' | 'unknownCovers'> {
  if (!main?.covers) return { covers: coveredByDefault, unknownCovers: [] };
  const words = main.covers.map(({ word }) => word);
  return {
    covers: new Set(words.filter(isKnown)),
    unknownCovers: main.covers.filter(({ word }) => !isKnown(word)),
  };
}

function isKnown(word: string): boolean {
  return coverableWords.includes(word);
}

const coveredByDefault: ReadonlySet<EcosystemId> = new Set(
  ecosystems.filter(({ isCoveredByDefault }) => isCoveredByDefault).map(({ id }) => id),
);

/** @returns The files that a whitelist names; of a path that is none, its reader has said what is wrong. */
function extensionsOf({ file, extends: extensions }: WhitelistFile): readonly NamedExtension[] {
  return extensions.flatMap((extension) => {
    const reading = whitelistPath(extension.path);
    return reading.kind === 'path' ? { file, extension: { ...extension, path: reading.path } } : [];
  });
}

function unreadable(file: string): Fault {
  const message = 'the whitelist exists but can’t be read';
  const next = 'Make sure that it is a text file of a few megabytes at most, and that git has its content.';
  return { kind: 'whitelist', file, line: null, column: null, message, next };
}

function missing(file: string, { path, line, column }: Extension): Fault {
  const message = `extends ${quoteForMessage(path)}, which does not exist or can’t be read`;
  const next = 'Add the file, or remove its path from extends.';
  return { kind: 'whitelist', file, line, column, message, next };
}

function withoutExtends(whitelistFile: WhitelistFile, faults: Fault[]): WhitelistFile {
  const [first] = whitelistFile.extends;
  if (first !== undefined) {
    const { line, column } = first;
    const message = 'a file that extends the whitelist can’t extend further';
    const next = 'Name the file in the whitelist itself.';
    faults.push({ kind: 'whitelist', file: whitelistFile.file, line, column, message, next });
  }
  return whitelistFile;
}
