import type { Snapshot } from '../model/snapshot.ts';

/** @returns A snapshot in which one of its files holds another text. */
export function withText(snapshot: Snapshot, path: string, text: string): Snapshot {
  return {
    label: snapshot.label,
    read: (file) =>
      file === path
        ? Promise.resolve({ kind: 'bytes', bytes: Buffer.from(text, 'utf8') })
        : snapshot.read(file),
    having: async (paths) => {
      const present = await snapshot.having(paths);
      return paths.includes(path) ? new Set([...present, path]) : present;
    },
    list: () => snapshot.list(),
    links: () => snapshot.links(),
    contentIds: () => Promise.resolve(null),
    search: () => Promise.resolve(null),
  };
}
