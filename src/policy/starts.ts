import type { PolicyChange } from '../model/policy.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { namesTool, placeOf } from '../starts/places.ts';
import { inEveryBase } from './every-base.ts';

/**
 * Every way in which a change loosens what starts this tool by itself: hooks, build servers, hooks of assistants. Only
 * files that the change touches, and that name the tool at the base, are read.
 */
export async function startChanges(scope: Scope): Promise<readonly PolicyChange[]> {
  const paths = await placesIn(scope);
  if (paths.length === 0) return [];
  const perBase = scope.bases.map((base, at) =>
    changesAgainst(base, { paths, added: addedTo(at, scope), next: scope.head }),
  );
  const changes = inEveryBase(await Promise.all(perBase));
  if (changes.length === 0) return changes;
  const { oncePerFile } = await import('../starts/compare.ts');
  return oncePerFile(changes);
}

/**
 * @returns The files of a change in which a line may start the tool, those that git does not track among them, and the
 *   links to files of the change.
 */
async function placesIn({ compared, changes, head }: Scope): Promise<readonly string[]> {
  if (compared === null) return [];
  const links = (await head.links()).filter(({ end }) => end?.kind === 'file' && compared.has(end.path));
  const paths = new Set([...compared, ...changes.map(({ path }) => path), ...links.map(({ path }) => path)]);
  return [...paths].filter((path) => placeOf(path) !== undefined);
}

/** @returns The files that a base does not have: nobody has to look for them there. */
function addedTo(base: number, { changes }: Scope): ReadonlySet<string> {
  return new Set(changes.flatMap(({ path, previous }) => (previous[base]?.length === 0 ? [path] : [])));
}

/** The texts of one file on both sides; undefined where it is not there. */
interface Versions {
  readonly path: string;
  readonly baseText: string | undefined;
  readonly headText: string | undefined;
}

/** What is compared with a base: paths that may start the tool, those that are new to it, and the state after the change. */
interface Compared {
  readonly paths: readonly string[];
  readonly added: ReadonlySet<string>;
  readonly next: Snapshot;
}

async function changesAgainst(
  base: Snapshot,
  { paths, added, next }: Compared,
): Promise<readonly PolicyChange[]> {
  const [old, head] = [filesOf(base), filesOf(next)];
  const read = async (path: string) => ({
    path,
    baseText: added.has(path) ? undefined : await old.text(path),
  });
  const texts = await Promise.all(paths.map(read));
  if (!texts.some(({ baseText }) => baseText !== undefined && namesTool(baseText))) return [];
  const versions = texts.map(async (text) => ({ ...text, headText: await head.text(text.path) }));
  const changed = (await Promise.all(versions)).filter(({ baseText, headText }) => baseText !== headText);
  return changed.some(mayLoosen) ? compare(changed) : [];
}

/** In a file without settings, only a line that names the tool can matter. */
function mayLoosen({ path, baseText = '', headText = '' }: Versions): boolean {
  if (!namesTool(baseText)) return false;
  const place = placeOf(path);
  return place?.format !== 'json' || place.keys !== undefined || naming(baseText) !== naming(headText);
}

function naming(text: string): string {
  return text.split('\n').filter(namesTool).join('\n');
}

async function compare(versions: readonly Versions[]): Promise<readonly PolicyChange[]> {
  const [{ loosenedStarts }, { startsIn }] = await Promise.all([
    import('../starts/compare.ts'),
    import('../starts/read.ts'),
  ]);
  const starts = async (file: string, text: string | undefined) => {
    const place = placeOf(file);
    return {
      file,
      starts: place && text !== undefined && namesTool(text) ? await startsIn(text, place) : [],
    };
  };
  const [baseFiles, headFiles] = await Promise.all([
    Promise.all(versions.map(({ path, baseText: text }) => starts(path, text))),
    Promise.all(versions.map(({ path, headText: text }) => starts(path, text))),
  ]);
  return loosenedStarts(baseFiles, headFiles);
}
