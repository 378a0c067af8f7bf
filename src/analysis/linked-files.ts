import { formatOf, type ManifestFormats } from '../declarations/read.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import type { Change, Link, Scope, Snapshot } from '../model/snapshot.ts';
import { isWithin } from '../text/paths.ts';
import { kindOf, languageOfScript, type SourceKinds } from './source-kinds.ts';
import { decodeText } from '../text/decode.ts';

/** What of a scope's links may matter. */
export interface LinkedFileKinds {
  readonly kinds: SourceKinds;
  readonly manifests: ManifestFormats;
  /** Paths that nobody reads. */
  readonly ignores: (path: string) => boolean;
  /** In which format the lines of a file count in the judged state, whatever its name is. */
  readonly formatAt: (path: string) => Promise<ManifestFormat | undefined>;
  /** Whether the lines of a file count there in a folder that nobody reads. */
  readonly isConnected: (path: string) => Promise<boolean>;
}

/** The changes that come in by links, and what is said of links that lead to no file of the project. */
export interface LinkedFiles {
  readonly changes: readonly Change[];
  /** Paths at which settings may stand that say where specifiers lead, as far as these change. */
  readonly settings: readonly string[];
  readonly notes: readonly string[];
}

/** A path along a link, and the file that stands at its end. */
export interface Alias {
  readonly path: string;
  readonly end: string;
}

/**
 * A program or a manifest that is a symbolic link is what stands at its end, and changes with that. Nothing is to be done
 * where the end is read for the same under its own name.
 */
export async function linkedFiles(scope: Scope, searched: LinkedFileKinds): Promise<LinkedFiles> {
  const links = await scope.head.links();
  if (links.length === 0) return { changes: [], settings: [], notes: [] };
  const changes: Change[] = [];
  const settings: string[] = [];
  const changedPaths = new Set(scope.changes.map(({ path }) => path));
  for (const alias of aliasesOf(links, await endsOf(scope, links))) {
    const { path, end } = alias;
    const isIgnored = searched.ignores(path);
    // Folders of others may hold many links.
    if (isIgnored && scope.links.length === 0 && !changedPaths.has(end)) continue;
    if (!scope.holds(path) || !mayBeRead(path, searched) || (await isUnchanged(path, scope))) continue;
    if (isIgnored && !(await searched.isConnected(path))) continue;
    if (mapsNames(path, searched) && !isIgnored) settings.push(path);
    if (!(await isReadOtherwise(alias, scope.head, searched))) continue;
    changes.push({ path, previous: await previousOf(path, scope) });
  }
  return { changes, settings, notes: lostLinks(links, scope, searched) };
}

/** @returns The paths at which links show one of these files. */
export function* aliasesOf(links: readonly Link[], files: Iterable<string>): Generator<Alias> {
  const folders = links.filter(({ end }) => end?.kind === 'folder');
  const aliases = links.flatMap(({ path, end }) => (end?.kind === 'file' ? [{ path, end: end.path }] : []));
  yield* aliases;
  if (folders.length === 0) return;
  for (const file of files) yield* aliasesBelow(folders, { path: file, end: file });
  for (const alias of aliases) yield* aliasesBelow(folders, alias);
}

/** The paths at which links to folders show what stands at a path. */
function* aliasesBelow(folders: readonly Link[], alias: Alias): Generator<Alias> {
  for (const { path, end } of folders)
    if (end !== null && isWithin(end.path, alias.path) && !isWithin(path, alias.path))
      yield { path: `${path}${alias.path.slice(end.path.length).replace(/^\/?/, '/')}`, end: alias.end };
}

/** Below a link to a folder, what the change edits; where the change edits a link, all that may be there. */
async function endsOf(
  { changes, links: edited, head }: Scope,
  links: readonly Link[],
): Promise<readonly string[]> {
  const isEdited = edited.length > 0 && links.some(({ end }) => end?.kind === 'folder');
  return isEdited ? head.list() : changes.map(({ path }) => path);
}

/** Told by the name alone. */
function mayBeRead(path: string, searched: LinkedFileKinds): boolean {
  const { kinds, manifests, ignores } = searched;
  if (manifests.mayHoldLines(path) || formatOf(path, manifests.formats) !== undefined) return true;
  return !ignores(path) && (kindOf(path, kinds) !== undefined || mapsNames(path, searched));
}

function mapsNames(path: string, { kinds }: LinkedFileKinds): boolean {
  return kinds.languages.some((language) => language.mapsNames(path));
}

async function isReadOtherwise(
  { path, end }: Alias,
  head: Snapshot,
  { kinds, ignores, formatAt }: LinkedFileKinds,
): Promise<boolean> {
  const isUnread = ignores(end);
  const format = await formatAt(path);
  if (format !== undefined && (isUnread || (await formatAt(end)) !== format)) return true;
  const [kind, endKind] = [kindOf(path, kinds), kindOf(end, kinds)];
  if (kind === undefined || isUnread) return kind !== undefined;
  if (kind.kind !== 'script' || endKind?.kind !== 'language') return readerOf(kind) !== readerOf(endKind);
  const read = await head.read(end);
  const language = read.kind === 'bytes' ? languageOfScript(decodeText(read.bytes), kinds) : undefined;
  return language !== undefined && language !== endKind.language;
}

function readerOf(kind: ReturnType<typeof kindOf>): unknown {
  if (kind?.kind === 'language') return kind.language;
  return kind?.kind === 'container' ? kind.format : kind?.kind;
}

async function isUnchanged(path: string, { head, bases }: Scope): Promise<boolean> {
  for (const base of bases) if (await isSame(path, head, base)) return true;
  return false;
}

async function isSame(path: string, head: Snapshot, base: Snapshot): Promise<boolean> {
  const [ids, baseIds] = await Promise.all([head.contentIds([path]), base.contentIds([path])]);
  if (ids !== null && baseIds !== null) return ids.get(path) === baseIds.get(path);
  const [read, baseRead] = await Promise.all([head.read(path), base.read(path)]);
  return (
    read.kind === 'bytes' && baseRead.kind === 'bytes' && Buffer.compare(read.bytes, baseRead.bytes) === 0
  );
}

async function previousOf(path: string, { bases }: Scope): Promise<Change['previous']> {
  const present = await Promise.all(bases.map((base) => base.having([path])));
  return present.map((paths) => [...paths]);
}

/** Of a link that leads out of the repository or nowhere, nobody who reads the change sees what it stands for. */
function lostLinks(
  links: readonly Link[],
  { links: edited, bases, holds }: Scope,
  { kinds, manifests, ignores }: LinkedFileKinds,
): readonly string[] {
  const isConcerned = ({ path, end }: Link) =>
    end === null && holds(path) && !ignores(path) && (bases.length === 0 || edited.includes(path));
  return links.filter(isConcerned).flatMap(({ path }) => {
    const isManifest = formatOf(path, manifests.formats) !== undefined;
    // Without an ending, it may as well be a folder.
    if (!isManifest && ['script', undefined].includes(kindOf(path, kinds)?.kind)) return [];
    const what = isManifest ? 'dependency lines' : 'imports';
    return [`${path}: the link leads to no file that git tracks here, so its ${what} were not checked`];
  });
}
