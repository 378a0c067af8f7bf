import type { Snapshot } from '../model/snapshot.ts';

/**
 * @param paths Of regular files, whatever either state has there.
 * @returns A snapshot in which some files are those of another one, or missing where that lacks them.
 */
export function withFilesOf(snapshot: Snapshot, source: Snapshot, paths: readonly string[]): Snapshot {
  const sourcePaths = new Set(paths);
  const part = (candidates: readonly string[], isTaken: boolean) =>
    candidates.filter((path) => sourcePaths.has(path) === isTaken);
  return {
    label: snapshot.label,
    read: (path) => (sourcePaths.has(path) ? source : snapshot).read(path),
    having: async (candidates) => {
      const [ownPaths, otherPaths] = await Promise.all([
        snapshot.having(part(candidates, false)),
        source.having(part(candidates, true)),
      ]);
      return new Set([...ownPaths, ...otherPaths]);
    },
    list: async () => {
      const [ownPaths, otherPaths] = await Promise.all([snapshot.list(), source.having(paths)]);
      return [...part(ownPaths, false), ...otherPaths];
    },
    links: () => snapshot.links(),
    contentIds: async (candidates) => {
      const [ownPaths, otherPaths] = await Promise.all([
        snapshot.contentIds(part(candidates, false)),
        source.contentIds(part(candidates, true)),
      ]);
      return ownPaths === null || otherPaths === null ? null : new Map([...ownPaths, ...otherPaths]);
    },
    // Files of the policy hold no programs, which alone are searched for.
    search: (words, within) => snapshot.search(words, within),
  };
}
