import type { Files } from '../model/language.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';

/** A snapshot as a project's description asks for it. Every file is read at most once. */
export function filesOf(snapshot: Snapshot): Files {
  const texts = new Map<string, Promise<string | undefined>>();
  return {
    existing: (paths) => snapshot.having(paths),
    list: () => snapshot.list(),
    listed: () => snapshot.listed?.() ?? null,
    holding: async (words) => (await snapshot.search(words))?.paths ?? null,
    links: async () => {
      const links = await snapshot.links();
      return new Map(links.flatMap(({ path, end }) => (end?.kind === 'file' ? [[path, end.path]] : [])));
    },
    text(path) {
      const cached = texts.get(path);
      if (cached) return cached;
      const text = readText(snapshot, path);
      texts.set(path, text);
      return text;
    },
  };
}

async function readText(snapshot: Snapshot, path: string): Promise<string | undefined> {
  const read = await snapshot.read(path);
  return read.kind === 'bytes' ? decodeText(read.bytes) : undefined;
}
