import { join, resolve } from 'node:path';
import type { Git } from './git.ts';
import { bytesIfThere } from './if-there.ts';
import { listLinks } from './listing.ts';
import { decodePath, encodePath } from './paths.ts';
import type { Repository } from './repository.ts';

/**
 * Every commit asks for the symbolic links of the index, and most have none: reading git's own file takes a tenth of the
 * time that git takes to start.
 *
 * @returns The paths of the symbolic links in the index, as its file has them (https://git-scm.com/docs/index-format); as git
 *   lists them where the file is of a form that is not read here.
 */
export async function indexLinks(git: Git, repository: Repository): Promise<readonly string[]> {
  const bytes = indexBytes(git, repository);
  return entriesIn(bytes, { type: LINK, lengths: null }) ?? listLinks(git);
}

/** Paths of an index; null where its file is of a form that is not read here. */
export interface IndexPaths {
  /** @returns Those of the paths that are regular files. */
  readonly files: (paths: readonly string[]) => ReadonlySet<string> | null;
  /** @returns All symbolic links. */
  readonly links: () => readonly string[] | null;
}

/**
 * Where few paths are asked for, a list of all would cost two processes.
 *
 * @returns What stands in the index, as it is when something is first asked.
 */
export function indexPaths(git: Git, repository: Repository): IndexPaths {
  let index: { readonly bytes: Buffer | undefined } | null = null;
  const entries = (selection: Selection) => {
    index ??= { bytes: indexBytes(git, repository) };
    return entriesIn(index.bytes, selection) ?? null;
  };
  return {
    files: (paths) => {
      const lengths = new Set(paths.map((path) => encodePath(path).length));
      const files = entries({ type: FILE, lengths });
      if (files === null) return null;
      const tracked = new Set(files);
      return new Set(paths.filter((path) => tracked.has(path)));
    },
    links: () => entries({ type: LINK, lengths: null }),
  };
}

function indexBytes(git: Git, { root, gitDir }: Repository): Buffer | undefined {
  const named = git.env['GIT_INDEX_FILE'];
  return bytesIfThere(named === undefined || named === '' ? join(gitDir, 'index') : resolve(root, named));
}

/** What is wanted of an index. */
interface Selection {
  readonly type: number;
  /** How many bytes the paths have; null: any number. */
  readonly lengths: ReadonlySet<number> | null;
}

/** @param bytes undefined: there is no index. @returns undefined where the file is of another form. */
function entriesIn(bytes: Buffer | undefined, selection: Selection): readonly string[] | undefined {
  if (bytes === undefined) return [];
  return entriesWithIds(bytes, SHA1, selection) ?? entriesWithIds(bytes, SHA256, selection);
}

/** Bytes of an object id. */
const SHA1 = 20;
const SHA256 = 32;

const HEADER = 12;
/** Where in an entry the byte stands that says what it is, and where the object id begins. */
const TYPE = 26;
const OBJECT_ID = 40;
/** Values of that byte: the modes 120000, 100644, 100664 and 100755, and 160000. */
const LINK = 0xa0;
const FILE = 0x81;
const SUBMODULE = 0xe0;
/** Of an entry's flags, two bytes: two more of them follow; what of the first belongs to the length of the name. */
const EXTENDED = 0x40;
const LENGTH = 0x0f;
/** The length that stands for all longer ones, too. */
const LONGEST = 0xfff;

/**
 * All entries are gone over at every commit, before V8 has compiled anything: bytes are read as they stand, and nothing is
 * made of an entry that nobody wants.
 *
 * @returns undefined where the file is none with such ids, or holds only a part of the index: the rest stands elsewhere.
 */
function entriesWithIds(
  bytes: Buffer,
  idLength: number,
  { type: selectedType, lengths }: Selection,
): readonly string[] | undefined {
  const version =
    bytes.length < HEADER || bytes.toString('latin1', 0, 4) !== 'DIRC' ? 0 : bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const paths = new Set<string>();
  const flagsAt = OBJECT_ID + idLength;
  const lastStart = bytes.length - flagsAt - 4;
  let start = HEADER;
  let previous: Buffer = Buffer.alloc(0);
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    if (start > lastStart) return undefined;
    const type = bytes[start + TYPE];
    if (type !== FILE && type !== LINK && type !== SUBMODULE) return undefined;
    const flags = bytes[start + flagsAt] ?? 0;
    const name = start + flagsAt + ((flags & EXTENDED) === 0 ? 2 : 4);
    const length = ((flags & LENGTH) << 8) | (bytes[start + flagsAt + 1] ?? 0);
    const isWanted = type === selectedType && (lengths === null || length === LONGEST || lengths.has(length));
    if (version === 4) {
      const entry = shortened(bytes, name, previous);
      if (entry === undefined) return undefined;
      previous = entry.path;
      if (isWanted) paths.add(decodePath(entry.path));
      start = entry.end;
    } else {
      const end = length === LONGEST ? bytes.indexOf(0, name + length) : name + length;
      if (end <= name || bytes[end] !== 0) return undefined;
      if (isWanted) paths.add(decodePath(bytes.subarray(name, end)));
      // As many null bytes follow a name as fill the entry up to a multiple of eight, and at least one.
      start += (end - start + 8) & ~7;
    }
  }
  return isWhole(bytes, start, idLength) ? [...paths] : undefined;
}

interface NamedEntry {
  readonly path: Buffer;
  /** Where the next entry begins. */
  readonly end: number;
}

/** A number says how many bytes of the name before are left out at its end, and what follows is added. */
function shortened(bytes: Buffer, at: number, previous: Buffer): NamedEntry | undefined {
  let position = at;
  let byte = bytes[position++] ?? 0;
  let removed = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes[position++] ?? 0;
    removed = ((removed + 1) << 7) + (byte & 0x7f);
  }
  const end = bytes.indexOf(0, position);
  if (end < position || removed > previous.length) return undefined;
  const prefix = previous.subarray(0, previous.length - removed);
  return { path: Buffer.concat([prefix, bytes.subarray(position, end)]), end: end + 1 };
}

/** Extensions stand up to the checksum. One in small letters has to be understood: of a split index, another file has a part. */
function isWhole(bytes: Buffer, start: number, idLength: number): boolean {
  let position = start;
  while (position + 8 <= bytes.length - idLength) {
    if (!/^[A-Z][\w]{3}$/.test(bytes.toString('latin1', position, position + 4))) return false;
    position += 8 + bytes.readUInt32BE(position + 4);
  }
  return position === bytes.length - idLength;
}
