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

/**
 * Encodings whose characters may end with a byte of ASCII, a backslash among them: read as UTF-8, a string would end
 * elsewhere. By their names in Python, without `-` and `_`, with those that the Encoding Standard has for them
 * (https://docs.python.org/3/library/codecs.html#standard-encodings, https://encoding.spec.whatwg.org/#names-and-labels).
 */
const multibyte: readonly (readonly [python: RegExp, label: string])[] = [
  [/^(?:shiftjis\w*|sjis\w*|mskanji|cp932|932|windows31j|s?jis)$/, 'shift_jis'],
  [/^(?:gbk|936|cp936|ms936|gb18030\w*)$/, 'gb18030'],
  [/^(?:big5\w*|csbig5|cp950|950|hkscs)$/, 'big5'],
  [/^(?:cp949|949|ms949|uhc)$/, 'euc-kr'],
];

/** A comment in line 1 or 2 that declares an encoding (PEP 263), behind a comment or an empty line. */
const declaration = /^(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/;

/** Decodes a file that holds a program: one of Python in the encoding that it declares, as far as that matters. */
export function decodeProgram(path: string, bytes: Uint8Array): string {
  const label = /\.py[iw]?$/i.test(path) ? declaredLabel(bytes) : undefined;
  return label === undefined ? decodeText(bytes) : new TextDecoder(label).decode(bytes);
}

/** Longer first lines declare nothing that anybody reads. */
const LONGEST_HEAD = 1000;

function declaredLabel(bytes: Uint8Array): string | undefined {
  if (!/[#\s]/.test(String.fromCharCode(bytes[0] ?? 0))) return undefined;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, LONGEST_HEAD));
  const name = declaration.exec(head)?.[1]?.toLowerCase().replace(/[-_.]/g, '');
  return name === undefined ? undefined : multibyte.find(([pattern]) => pattern.test(name))?.[1];
}
