/**
 * Encodings in which every byte below 0x80 stands for its ASCII character and no other byte for one, so that a file read
 * as UTF-8 shows the same program, but for non-ASCII letters. Written without `-`, `_` and `.`. In the others (`utf-7`,
 * `unicode_escape`, EBCDIC, …) text that looks harmless may be an import: `shift_jis_2004` has a yen sign where others have
 * the backslash, `cp864` another percent sign, and `mac_arabic` and `mac_farsi` a second byte for each quote
 * (https://docs.python.org/3/library/codecs.html#standard-encodings, 2026-11).
 */
const asciiCompatible =
  /^(?:utf8(?:sig|unix|dos|mac)?|u8|ascii|usascii|646|iso646us|latin\d{0,2}|l\d|iso8859(?:\d{1,3})?|8859|cp(?:125\d|437|720|737|775|85\d|86[0-35-9]|874|65001)|windows(?:125\d|874)|win125\d|koi8[rtu]|kz1048|mac(?!arabic|farsi)\w*|gb2312|euccn|euc(?:jp|kr|tw)|eucjis\w*|ujis|tis620|hproman8|ptcp154|cp154)$/;

/**
 * Encodings whose characters may end with a byte of ASCII, a backslash among them: read as UTF-8, a string would end
 * elsewhere. By their names in Python, without `-`, `_` and `.`, with those that the Encoding Standard has for them
 * (https://docs.python.org/3/library/codecs.html#standard-encodings, https://encoding.spec.whatwg.org/#names-and-labels).
 */
const multibyte: readonly (readonly [python: RegExp, label: string])[] = [
  [/^(?:(?:cs)?shiftjis|sjis|mskanji|cp932|932|ms932|windows31j)$/, 'shift_jis'],
  [/^(?:gbk|936|cp936|ms936|gb18030(?:2000)?)$/, 'gb18030'],
  [/^(?:(?:cs)?big5|big5tw|big5hkscs|hkscs|cp950|950|ms950)$/, 'big5'],
  [/^(?:cp949|949|ms949|uhc)$/, 'euc-kr'],
];

/**
 * What a text in an encoding looks like when it is read as UTF-8: the same but for letters beyond ASCII, another text,
 * which the Encoding Standard's decoder of a label shows, or another one that nothing here decodes.
 */
export type EncodingKind =
  | { readonly kind: 'same' }
  | { readonly kind: 'decodable'; readonly label: string }
  | { readonly kind: 'unknown' };

/** @param name As Python has it, in any spelling: `latin-1`, `cp1252`, `Shift_JIS`. */
export function encodingKind(name: string): EncodingKind {
  const comparable = name.toLowerCase().replace(/[-_.]/g, '');
  const label = multibyte.find(([pattern]) => pattern.test(comparable))?.[1];
  if (label !== undefined) return { kind: 'decodable', label };
  return asciiCompatible.test(comparable) ? { kind: 'same' } : { kind: 'unknown' };
}
