const utf8 = new TextDecoder('utf-8');

/**
 * Decodes a file. A byte-order mark chooses UTF-16; everything else is UTF-8, where invalid bytes become
 * U+FFFD. The mark itself is dropped: no editor counts it as a column.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return utf8.decode(bytes);
}
