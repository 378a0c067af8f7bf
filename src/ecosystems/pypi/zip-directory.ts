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

/** The names of a central directory's files (APPNOTE 4.3.12); reading stops where a record is broken. */
export function fileNames(directory: Uint8Array): readonly string[] {
  const view = viewOf(directory);
  const names: string[] = [];
  let at = 0;
  while (at + 46 <= directory.length && view.getUint32(at, true) === 0x02014b50) {
    const length = view.getUint16(at + 28, true);
    const end = at + 46 + length;
    if (end > directory.length) break;
    names.push(new TextDecoder().decode(directory.subarray(at + 46, end)));
    at = end + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
