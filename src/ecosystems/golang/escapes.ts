/** https://go.dev/ref/spec#Rune_literals; `\'` is none in a string. */
const SIMPLE = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
]);

const ESCAPE =
  /\\(?:([abfnrtv\\"])|([0-3][0-7]{2})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|)|[^\\]+/gu;

/**
 * Reads what stands between the quotation marks of a string. Octal and hexadecimal escapes are bytes of UTF-8, the others
 * characters.
 *
 * @returns What it says; undefined where it has an escape that Go rejects.
 */
export function escapedText(inner: string): string | undefined {
  if (!inner.includes('\\')) return inner;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [piece, simple, octal, hex, short, long] of inner.matchAll(ESCAPE)) {
    const code = short ?? long;
    if (piece === '\\') return undefined;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else {
      const text = code === undefined ? (SIMPLE.get(simple ?? '') ?? piece) : character(code);
      if (text === undefined) return undefined;
      for (const byte of encoder.encode(text)) bytes.push(byte);
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** @returns A character by its number; undefined for what is none, as half of a surrogate pair. */
function character(code: string): string | undefined {
  const point = Number.parseInt(code, 16);
  return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? undefined : String.fromCodePoint(point);
}
