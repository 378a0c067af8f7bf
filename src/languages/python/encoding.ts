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

/** A comment in line 1, or in line 2 behind a comment or an empty line, that declares an encoding (PEP 263). The first one counts. */
const declaration =
  /^\ufeff?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))??[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/;

/**
 * @param text Of a file, read as UTF-8: what declares the encoding is ASCII.
 * @returns The label in the Encoding Standard of the encoding that a program declares (PEP 263), where the file read as UTF-8
 *   may show another program; undefined where it shows the same one, or nothing here decodes it.
 */
export function declaredEncoding(text: string): string | undefined {
  const name = declaredName(text);
  return name === undefined ? undefined : labelOf(name);
}

/**
 * @returns The name of the encoding that a file declares (PEP 263) if reading it as this tool does may show another program
 *   than CPython runs, else undefined.
 */
export function foreignEncoding(text: string): string | undefined {
  const name = declaredName(text);
  if (name === undefined || labelOf(name) !== undefined) return undefined;
  return asciiCompatible.test(comparable(name)) ? undefined : name;
}

function declaredName(text: string): string | undefined {
  return declaration.exec(text)?.[1];
}

function labelOf(name: string): string | undefined {
  return multibyte.find(([pattern]) => pattern.test(comparable(name)))?.[1];
}

function comparable(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, '');
}
