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
  /** The names that it needs from the registry, read when somebody asks. Left out where the format does not say. */
  readonly needs?: () => Iterable<string>;
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
    fileNames,
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
      let requirers: ReadonlyMap<string, readonly string[]> | undefined;
      return {
        names: new Set(packages.keys()),
        versionsOf: (name) => [...(packages.get(name)?.versions ?? [])],
        requirersOf: (name) => (requirers ??= requirersIn(packages, ecosystem)).get(name) ?? [],
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
  readonly versions: Set<string>;
  readonly needs: NonNullable<LockedEntry['needs']>[];
}

function packagesOf(
  entries: Iterable<LockedEntry>,
  ecosystem: EcosystemNames,
): ReadonlyMap<string, LockedPackage> {
  const packages = new Map<string, LockedPackage>();
  for (const { name, at, version, needs } of entries) {
    if (!ecosystem.valid(name)) continue;
    const canonical = ecosystem.canonical(name);
    const entry: LockedPackage = packages.get(canonical) ?? { at, versions: new Set(), needs: [] };
    packages.set(canonical, entry);
    if (version !== undefined) entry.versions.add(version);
    if (needs !== undefined) entry.needs.push(needs);
  }
  return packages;
}

/** @returns By the name of a package, those of the same file that need it; nobody needs itself. */
function requirersIn(
  packages: ReadonlyMap<string, LockedPackage>,
  ecosystem: EcosystemNames,
): ReadonlyMap<string, readonly string[]> {
  const requirers = new Map<string, string[]>();
  for (const [requirer, { needs }] of packages) {
    const names = new Set(needs.flatMap((read) => [...read()].map((name) => ecosystem.canonical(name))));
    for (const name of names) {
      if (name === requirer || !packages.has(name)) continue;
      const requirersOfName = requirers.get(name) ?? [];
      requirersOfName.push(requirer);
      requirers.set(name, requirersOfName);
    }
  }
  return requirers;
}

function offsetOf(at: LockedEntry['at'], text: string): number {
  return typeof at === 'number' ? at : Math.max(0, text.indexOf(at));
}
