import type { EcosystemNames } from '../../model/ecosystem.ts';
import type { LockfileFormat } from '../../model/lockfile.ts';
import { fileName, isInstalled } from '../../text/file-names.ts';
import { LONGEST_LOCKFILE } from '../../text/longest.ts';

/** A package that comes from the registry, and where it stands: an offset, or the text that first stands there. */
export interface LockedEntry {
  readonly name: string;
  readonly at: number | string;
}

/** A format as the list of its ecosystem describes it. */
interface LockfileDescription {
  readonly ecosystem: EcosystemNames;
  /** The first is the format's id. */
  readonly fileNames: readonly [string, ...string[]];
  /** Matches more than the usual names. */
  readonly matches?: RegExp;
  /** The entries of a text without a byte-order mark, in its order; null where it can't be read. */
  readonly read: (text: string) => Iterable<LockedEntry> | null;
}

/**
 * @returns The format: its files are not those of installed packages, none is read beyond a length or with a merge left
 *   undone, and no name is in it that its registry could not hold.
 */
export function lockfileFormat({ ecosystem, fileNames, matches, read }: LockfileDescription): LockfileFormat {
  return {
    id: fileNames[0],
    ecosystem: ecosystem.id,
    matches(path) {
      const name = fileName(path);
      return (fileNames.includes(name) || matches?.test(name) === true) && !isInstalled(path);
    },
    read(text) {
      if (text.length > LONGEST_LOCKFILE || text.includes('\n<<<<<<< ')) return null;
      const bare = text.startsWith(MARK) ? text.slice(MARK.length) : text;
      const entries = read(bare);
      if (entries === null) return null;
      const places = placesOf(entries, ecosystem);
      return {
        names: new Set(places.keys()),
        offsetOf: (name) => text.length - bare.length + offsetOf(places.get(name) ?? 0, bare),
      };
    },
  };
}

/** Some editors put it before a text, and `JSON.parse` refuses it. */
const MARK = '\uFEFF';

function placesOf(
  entries: Iterable<LockedEntry>,
  ecosystem: EcosystemNames,
): ReadonlyMap<string, LockedEntry['at']> {
  const places = new Map<string, LockedEntry['at']>();
  for (const { name, at } of entries) {
    const canonical = ecosystem.canonical(name);
    if (ecosystem.valid(name) && !places.has(canonical)) places.set(canonical, at);
  }
  return places;
}

function offsetOf(at: LockedEntry['at'], text: string): number {
  return typeof at === 'number' ? at : Math.max(0, text.indexOf(at));
}
