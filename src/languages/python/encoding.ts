/**
 * Encodings in which every byte below 0x80 stands for its ASCII character, so that a file read as UTF-8
 * shows the same program, but for non-ASCII letters. Written without `-` and `_`. In the others (`utf-7`,
 * `unicode_escape`, EBCDIC, …) text that looks harmless may be an import.
 */
const asciiCompatible =
  /^(?:utf8(?:sig|unix|dos|mac)?|u8|ascii|usascii|646|iso646us|latin\d{0,2}|l\d|iso8859(?:\d{1,3})?|8859|cp(?:125\d|437|720|737|775|85\d|86\d|874|932|936|949|950|65001)|windows(?:125\d|31j|874|932)|win125\d|koi8[rtu]|kz1048|mac\w*|gbk|gb2312|euccn|gb18030|big5(?:hkscs)?|euc(?:jp|kr|tw)|eucjis\w*|ujis|shiftjis\w*|sjis|mskanji|johab|tis620|hproman8|ptcp154|cp154)$/;

/**
 * @returns The name of the encoding that a file declares (PEP 263: a comment in line 1 or 2) if reading the
 *   file as UTF-8 may show another program than CPython runs, else undefined.
 */
export function foreignEncoding(text: string): string | undefined {
  const declared =
    /^\ufeff?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/.exec(text);
  const name = declared?.[1];
  if (name === undefined) return undefined;
  return asciiCompatible.test(name.toLowerCase().replace(/[-_.]/g, '')) ? undefined : name;
}
