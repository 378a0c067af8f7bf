const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes a path as git stores it. Paths are bytes: what is not UTF-8 stands as lone surrogates, as in
 * PEP 383, so that {@link encodePath} gives back the same bytes.
 */
export function decodePath(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return decodeWithEscapes(bytes);
  }
}

/** @returns Whether a path that {@link decodePath} decoded is UTF-8 in git, as most are. */
export function isUnicode(path: string): boolean {
  return !/[\udc80-\udcff]/.test(path);
}

/** @returns The bytes of a path that {@link decodePath} decoded. */
export function encodePath(path: string): Buffer {
  if (isUnicode(path)) return Buffer.from(path, 'utf8');
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    const escaped = code >= 0xdc80 && code <= 0xdcff;
    parts.push(escaped ? Buffer.from([code - 0xdc00]) : Buffer.from(character, 'utf8'));
  }
  return Buffer.concat(parts);
}

function decodeWithEscapes(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    text +=
      length === 0
        ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0))
        : strict.decode(bytes.subarray(at, at + length));
    at += length || 1;
  }
  return text;
}

/** @returns The length of the valid UTF-8 sequence that starts at an offset, 0 where none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return at + length <= bytes.length ? length : 0;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return 0;
  }
}
