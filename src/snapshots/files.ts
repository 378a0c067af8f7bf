import type { Files } from '../model/language.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';

const filesBySnapshot = new WeakMap<Snapshot, Files>();

/**
 * @returns A snapshot as a project's description asks for it, the same for everybody who asks: what one question has read, the
 *   next one finds there.
 */
export function filesOf(snapshot: Snapshot): Files {
  const files = filesBySnapshot.get(snapshot) ?? filesIn(snapshot);
  filesBySnapshot.set(snapshot, files);
  return files;
}

function filesIn(snapshot: Snapshot): Files {
  const searches = new Map<string, Promise<readonly string[] | null>>();
  return {
    existing: (paths) => snapshot.having(paths),
    list: () => snapshot.list(),
    listed: () => snapshot.listed?.() ?? null,
    holding(words) {
      const key = words.join('\0');
      const search = searches.get(key) ?? snapshot.search(words).then((result) => result?.paths ?? null);
      searches.set(key, search);
      return search;
    },
    links: async () => {
      const links = await snapshot.links();
      return new Map(links.flatMap(({ path, end }) => (end?.kind === 'file' ? [[path, end.path]] : [])));
    },
    text: textsOf(snapshot),
  };
}

/**
 * So many characters of texts are kept. The manifests and settings of most projects fit in, which are asked for again and again;
 * all other files of a large one are asked for once, and together they would fill the memory.
 */
const KEPT_CHARACTERS = 2 * 1024 * 1024;

/** @returns What reads the texts of a snapshot: each of them once, as long as it is among the last ones. */
function textsOf(snapshot: Snapshot): Files['text'] {
  const entries = new Map<string, { readonly text: Promise<string | undefined>; length: number }>();
  let characters = 0;
  return (path) => {
    const present = entries.get(path);
    if (present) return present.text;
    const entry = { text: readText(snapshot, path), length: 0 };
    entries.set(path, entry);
    const count = (text = '') => {
      if (entries.get(path) !== entry) return;
      entry.length = text.length;
      characters += text.length;
      for (const [oldest, { length }] of entries) {
        if (characters <= KEPT_CHARACTERS) return;
        entries.delete(oldest);
        characters -= length;
      }
    };
    entry.text.then(count, () => undefined);
    return entry.text;
  };
}

async function readText(snapshot: Snapshot, path: string): Promise<string | undefined> {
  const read = await snapshot.read(path);
  return read.kind === 'bytes' ? decodeText(read.bytes) : undefined;
}
