import type { EcosystemNames } from '../../model/ecosystem.ts';
import type { LockfileFormat } from '../../model/lockfile.ts';
import { fileName, isInstalled } from '../../text/file-names.ts';
import { LONGEST_LOCKFILE } from '../../text/longest.ts';

/** A package that comes from the registry, and where it stands: an offset, or the text that first stands there. */
export interface LockedEntry {
  readonly name: string;
  readonly at: number | string;
  /** Left out where nobody asks for it. */
  readonly version?: string | undefined;
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
      const packages = packagesOf(entries, ecosystem);
      return {
        names: new Set(packages.keys()),
        versionsOf: (name) => packages.get(name)?.versions ?? [],
        offsetOf: (name) => text.length - bare.length + offsetOf(packages.get(name)?.at ?? 0, bare),
      };
    },
  };
}

/** Some editors put it before a text, and `JSON.parse` refuses it. */
const MARK = '\uFEFF';

/** A package in all of its versions, and where it first stands. */
interface LockedPackage {
  readonly at: LockedEntry['at'];
  readonly versions: readonly string[];
}

function packagesOf(
  entries: Iterable<LockedEntry>,
  ecosystem: EcosystemNames,
): ReadonlyMap<string, LockedPackage> {
  const packages = new Map<string, LockedPackage>();
  for (const { name, at, version } of entries) {
    if (!ecosystem.valid(name)) continue;
    const canonical = ecosystem.canonical(name);
    const entry = packages.get(canonical) ?? { at, versions: [] };
    packages.set(canonical, version === undefined ? entry : withVersion(entry, version));
  }
  return packages;
}

function withVersion({ at, versions }: LockedPackage, version: string): LockedPackage {
  return { at, versions: versions.includes(version) ? versions : [...versions, version] };
}

function offsetOf(at: LockedEntry['at'], text: string): number {
  return typeof at === 'number' ? at : Math.max(0, text.indexOf(at));
}
