import type { Snapshot } from '../model/snapshot.ts';

/**
 * @param paths Of regular files, whatever either state has there.
 * @returns A snapshot in which some files are those of another one, or missing where that lacks them.
 */
export function withFilesOf(snapshot: Snapshot, other: Snapshot, paths: readonly string[]): Snapshot {
  const taken = new Set(paths);
  const part = (asked: readonly string[], isTaken: boolean) =>
    asked.filter((path) => taken.has(path) === isTaken);
  return {
    label: snapshot.label,
    read: (path) => (taken.has(path) ? other : snapshot).read(path),
    having: async (asked) => {
      const [own, foreign] = await Promise.all([
        snapshot.having(part(asked, false)),
        other.having(part(asked, true)),
      ]);
      return new Set([...own, ...foreign]);
    },
    list: async () => {
      const [own, foreign] = await Promise.all([snapshot.list(), other.having(paths)]);
      return [...part(own, false), ...foreign];
    },
    links: () => snapshot.links(),
    contentIds: async (asked) => {
      const [own, foreign] = await Promise.all([
        snapshot.contentIds(part(asked, false)),
        other.contentIds(part(asked, true)),
      ]);
      return own === null || foreign === null ? null : new Map([...own, ...foreign]);
    },
    // Files of the policy hold no programs, which alone are searched for.
    search: (words, within) => snapshot.search(words, within),
  };
}
