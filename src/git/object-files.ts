import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { isFileError, type Git } from './git.ts';
import { bytesIfThere } from './if-there.ts';
import { commonFolder, type Repository } from './repository.ts';

/** What git has under an object id. */
export interface StoredObject {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Reads objects from git's own files. */
export interface ObjectFiles {
  /** @returns null where git has to be asked: also where the object is not found, is large, or looks damaged. */
  readonly read: (id: string) => StoredObject | null;
  readonly close: () => void;
}

/** They say that objects stand elsewhere (https://git-scm.com/docs/git#_environment_variables). */
const VARIABLES = ['GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES'];

/** So many are looked through: git remembers where it found what, and has one index for many. */
const MOST_PACKS = 16;

/** Bytes; what is larger is git's. */
const LARGEST = 1024 * 1024;

/** Deltas of deltas are followed this far; git writes chains of 50. */
const DEPTH = 64;

/**
 * Where a few objects are wanted, reading them takes less time than git takes to start. As git does, packs are looked through
 * before loose objects, and nobody compares what is read with its id.
 *
 * @returns null where objects stand elsewhere, or in more packs than are looked through.
 */
export function objectFiles(repository: Repository, env: Git['env']): ObjectFiles | null {
  if (VARIABLES.some((name) => env[name] !== undefined)) return null;
  const folder = join(commonFolder(repository), 'objects');
  const packs: Pack[] = [];
  const close = () => {
    for (const pack of packs.splice(0)) pack.close();
  };
  const read = (id: string) => {
    if (!/^[0-9a-f]{40}$/.test(id)) return null;
    for (const pack of packs) {
      const object = pack.read(id, 0);
      if (object !== undefined) return object;
    }
    return looseObject(join(folder, id.slice(0, 2), id.slice(2)));
  };
  try {
    const names = readdirSync(join(folder, 'pack')).filter((name) => /^pack-[0-9a-f]+\.idx$/.test(name));
    if (names.length > MOST_PACKS) return null;
    for (const name of names) packs.push(new Pack(join(folder, 'pack', name)));
    return { read: (id) => unlessDamaged(() => read(id)), close };
  } catch (error) {
    close();
    return nothing(error);
  }
}

/** git says what is wrong with what can't be read here. */
function unlessDamaged<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    return nothing(error);
  }
}

/** @throws the error itself where it tells of no file: then it is a bug. */
function nothing(error: unknown): null {
  if (error instanceof RangeError || isFileError(error)) return null;
  throw error;
}

/** `<type> <size>\0` and the content, compressed together. */
function looseObject(file: string): StoredObject | null {
  const compressed = bytesIfThere(file);
  if (compressed === undefined || compressed.length > LARGEST) return null;
  const bytes = inflateSync(compressed, { maxOutputLength: LARGEST });
  const end = bytes.indexOf(0);
  const [, type, size] = /^(blob|tree|commit|tag) (\d+)$/.exec(bytes.toString('latin1', 0, end)) ?? [];
  const content = bytes.subarray(end + 1);
  return type === undefined || content.length !== Number(size) ? null : { type, bytes: content };
}

const INDEX_START = 0xff744f63;
const INDEX_VERSION = 2;
const PACK_START = 0x5041434b;
/** Bytes of the start and the version of an index, and of its table: how many ids begin with at most this byte. */
const START_LENGTH = 8;
const TABLE_LENGTH = 256 * 4;
const ID_LENGTH = 20;
/** In an offset: the number leads to a larger table, which packs of 2 GB need. */
const FAR = 0x80000000;

/** Types of entries by their numbers. */
const TYPES: readonly (string | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFFSET_DELTA = 6;
const ID_DELTA = 7;

/** A pack and its index (https://git-scm.com/docs/gitformat-pack). */
class Pack {
  readonly #index: number;
  readonly #pack: number;
  readonly #packLength: number;
  readonly #counts: Buffer;

  /** @throws where one of the files can't be opened, or is of another form. */
  constructor(index: string) {
    this.#index = openSync(index, 'r');
    this.#pack = openSync(index.replace(/idx$/, 'pack'), 'r');
    this.#packLength = fstatSync(this.#pack).size;
    const start = bytesAt(this.#index, { at: 0, length: START_LENGTH + TABLE_LENGTH });
    this.#counts = start.subarray(START_LENGTH);
    const packStart = bytesAt(this.#pack, { at: 0, length: START_LENGTH });
    const isKnown =
      start.readUInt32BE(0) === INDEX_START &&
      start.readUInt32BE(4) === INDEX_VERSION &&
      packStart.readUInt32BE(0) === PACK_START &&
      packStart.readUInt32BE(4) === 2;
    if (!isKnown) throw new RangeError(`${index} is of another form`);
  }

  close(): void {
    closeSync(this.#index);
    closeSync(this.#pack);
  }

  /** @returns undefined where the pack lacks the object; null where git has to be asked. */
  read(id: string, depth: number): StoredObject | null | undefined {
    const offset = this.#offsetOf(Buffer.from(id, 'hex'));
    return offset === undefined ? undefined : offset === null ? null : this.#objectAt(offset, depth);
  }

  /** @returns undefined where the pack lacks the object; null where it lies too far in it. */
  #offsetOf(id: Buffer): number | null | undefined {
    const [first = 0] = id;
    let low = first === 0 ? 0 : this.#counts.readUInt32BE((first - 1) * 4);
    let high = this.#counts.readUInt32BE(first * 4);
    const total = this.#counts.readUInt32BE(255 * 4);
    const ids = START_LENGTH + TABLE_LENGTH;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = id.compare(bytesAt(this.#index, { at: ids + middle * ID_LENGTH, length: ID_LENGTH }));
      if (order === 0) {
        // A checksum for each object stands before the offsets.
        const at = ids + total * (ID_LENGTH + 4) + middle * 4;
        const offset = bytesAt(this.#index, { at, length: 4 }).readUInt32BE(0);
        return offset >= FAR ? null : offset;
      }
      if (order < 0) high = middle;
      else low = middle + 1;
    }
    return undefined;
  }

  #objectAt(offset: number, depth: number): StoredObject | null {
    if (depth > DEPTH) return null;
    // The head of an entry takes ten bytes at most, the reference of a delta twenty.
    const head = this.#part(offset, 32);
    const { type, size, end } = entryHead(head);
    if (size > LARGEST) return null;
    if (type === OFFSET_DELTA) {
      const distance = offsetAt(head, end);
      const base = this.#objectAt(offset - distance.value, depth + 1);
      return base && this.#changed(base, offset + distance.end, size);
    }
    if (type === ID_DELTA) {
      const base = this.read(head.toString('hex', end, end + ID_LENGTH), depth + 1) ?? null;
      return base && this.#changed(base, offset + end + ID_LENGTH, size);
    }
    const name = TYPES[type];
    return name === undefined ? null : { type: name, bytes: this.#inflated(offset + end, size) };
  }

  #changed({ type, bytes }: StoredObject, at: number, size: number): StoredObject {
    return { type, bytes: withDelta(bytes, this.#inflated(at, size)) };
  }

  /** What does not get smaller gets a little larger (https://www.zlib.net/zlib_tech.html). */
  #inflated(at: number, size: number): Buffer {
    const bytes = inflateSync(this.#part(at, size + (size >> 9) + 64), { maxOutputLength: size + 1 });
    if (bytes.length !== size) throw new RangeError('an object has another size than its pack says');
    return bytes;
  }

  /** At the end of the file, what is left of it. */
  #part(at: number, length: number): Buffer {
    return bytesAt(this.#pack, { at, length: Math.max(0, Math.min(length, this.#packLength - at)) });
  }
}

/** @throws RangeError where the file ends before. */
function bytesAt(file: number, { at, length }: { readonly at: number; readonly length: number }): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, at) !== length) throw new RangeError('a file of git ends early');
  return bytes;
}

interface NumberRead {
  readonly value: number;
  /** Where the next one begins. */
  readonly end: number;
}

/** The type stands in three bits between the first four and all further ones of the size. */
function entryHead(bytes: Buffer): { readonly type: number; readonly size: number; readonly end: number } {
  const first = bytes.readUInt8(0);
  const type = (first >> 4) & 7;
  if ((first & 0x80) === 0) return { type, size: first & 0x0f, end: 1 };
  const { value, end } = sizeAt(bytes, 1);
  return { type, size: (first & 0x0f) + value * 16, end };
}

/** Seven bits of each byte, the lowest first; the last byte is below 0x80. */
function sizeAt(bytes: Buffer, at: number): NumberRead {
  let value = 0;
  let factor = 1;
  for (let end = at; ; end++) {
    const byte = bytes.readUInt8(end);
    value += (byte & 0x7f) * factor;
    if ((byte & 0x80) === 0) return { value, end: end + 1 };
    factor *= 128;
  }
}

/** How far before the entry its base begins: the highest bits first, and one more for each further byte. */
function offsetAt(bytes: Buffer, at: number): NumberRead {
  let byte = bytes.readUInt8(at);
  let value = byte & 0x7f;
  let end = at + 1;
  while ((byte & 0x80) !== 0) {
    byte = bytes.readUInt8(end++);
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, end };
}

/**
 * Puts an object together from parts of another one and from what the delta brings.
 *
 * @throws RangeError where the delta was made for another object, makes a large one, or is damaged. A delta of some kilobytes may
 *   copy gigabytes.
 */
function withDelta(base: Buffer, delta: Buffer): Buffer {
  const baseSize = sizeAt(delta, 0);
  const size = sizeAt(delta, baseSize.end);
  if (base.length !== baseSize.value || size.value > LARGEST)
    throw new RangeError('a delta belongs to another object, or to a large one');
  const bytes = Buffer.alloc(size.value);
  let [at, length] = [size.end, 0];
  const add = (part: Buffer) => {
    if (length + part.length > bytes.length) throw new RangeError('a delta makes more than it says');
    length += part.copy(bytes, length);
  };
  while (at < delta.length) {
    const order = delta.readUInt8(at++);
    if (order === 0) throw new RangeError('a delta has an unknown order');
    if ((order & 0x80) === 0) {
      add(delta.subarray(at, at + order));
      at += order;
      continue;
    }
    const numbers = [0, 0];
    // Each of seven bits says that a byte follows: four of the place, three of the length.
    for (let bit = 0; bit < 7; bit++) {
      if ((order & (1 << bit)) === 0) continue;
      const [kind, byte] = bit < 4 ? [0, bit] : [1, bit - 4];
      numbers[kind] = (numbers[kind] ?? 0) + delta.readUInt8(at++) * 256 ** byte;
    }
    const [start = 0, count = 0] = numbers;
    add(base.subarray(start, start + (count === 0 ? 0x10000 : count)));
  }
  if (length !== bytes.length) throw new RangeError('a delta makes less than it says');
  return bytes;
}
