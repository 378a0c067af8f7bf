import { inflateRawSync } from 'node:zlib';
/** Where a zip archive's list of files stands, in bytes from the archive's start. */
export interface Directory {
  readonly offset: number;
  readonly size: number;
}

/**
 * The end record of a zip archive (APPNOTE 4.3.16), which tells where its central directory stands.
 *
 * @param tail The archive's last bytes.
 * @returns undefined where there is no such record, or the archive needs ZIP64.
 */
export function findDirectory(tail: Uint8Array): Directory | undefined {
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const size = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    return size === 0xffffffff || offset === 0xffffffff ? undefined : { offset, size };
  }
  return undefined;
}

/** A file of a zip archive. Sizes and offsets are in bytes. */
export interface ZipEntry {
  readonly name: string;
  /** How it is stored (APPNOTE 4.4.5): 0 as it is, 8 deflated. */
  readonly method: number;
  readonly packedSize: number;
  /** Of its local header, from the archive's start. */
  readonly offset: number;
}

/** The files of a central directory (APPNOTE 4.3.12); reading stops where a record is broken. */
export function entriesOf(directory: Uint8Array): readonly ZipEntry[] {
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.length && view.getUint32(at, true) === 0x02014b50) {
    const end = at + 46 + view.getUint16(at + 28, true);
    if (end > directory.length) break;
    entries.push({
      name: new TextDecoder().decode(directory.subarray(at + 46, end)),
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at = end + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * Unpacks a file of an archive.
 *
 * @param local The archive's bytes from the file's local header (APPNOTE 4.3.7) on.
 * @param cap The most bytes of content, unpacked.
 * @returns null where it is longer, cut off, broken, or stored in another way.
 */
export function contentOf(
  { method, packedSize }: ZipEntry,
  local: Uint8Array,
  cap: number,
): Uint8Array | null {
  const view = viewOf(local);
  if (local.length < 30 || view.getUint32(0, true) !== 0x04034b50) return null;
  const start = 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const packed = local.subarray(start, start + packedSize);
  if (packed.length < packedSize) return null;
  if (method === 8) return inflated(packed, cap);
  return method === 0 && packedSize <= cap ? packed : null;
}

/** Stops at the cap: a few bytes can stand for very many. */
function inflated(packed: Uint8Array, cap: number): Uint8Array | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: cap });
  } catch (error) {
    // What is no deflated text, and what is longer than the cap, is an error with a code (https://nodejs.org/api/zlib.html).
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
